import { describe, expect, it } from '@jest/globals';
import { Refusal } from './domain/refusal.js';
import { createLogger, faultOf } from './logger.js';

describe('What the technical log is told of a fault inside', () => {
  it('is the kind of error and where it was thrown, without its words', () => {
    const cause = new TypeError('青木 大輔 24727059608');
    const fault = faultOf(new Refusal('INTERNAL', { cause }));
    expect(fault).toMatchObject({
      type: 'TypeError',
      at: expect.arrayContaining([expect.stringContaining('logger.test')]),
    });
    expect(JSON.stringify(fault)).not.toMatch(/青木|24727059608/);
  });

  it('does not hold words that look like a line of the stack', () => {
    const cause = new Error('x\n    at 青木 大輔 24727059608:1:1');
    expect(JSON.stringify(faultOf(new Refusal('INTERNAL', { cause })))).not.toMatch(/青木|24727059608/);
  });

  it('does not hold words that were put in afterwards, nor names and codes that are none', () => {
    const words = 'x\n    at 青木 大輔 24727059608:1:1\n    at 青木 (file:///青木.js:1:1)';
    const changed = new Error(words);
    changed.stack = `${changed.stack}\nError: ${words}`;
    changed.message = 'another';
    const named = Object.assign(new Error('x'), { name: '青木 大輔', code: '24727059608' });
    for (const cause of [changed, named])
      expect(JSON.stringify(faultOf(new Refusal('INTERNAL', { cause })))).not.toMatch(/青木|24727059608/);
  });

  it('is nothing for a refusal that is no fault, nor for one without a cause', () => {
    expect(faultOf(new Refusal('NOT_FOUND', { cause: new Error('x') }))).toBeUndefined();
    expect(faultOf(new Refusal('INTERNAL'))).toBeUndefined();
  });
});

describe('A line of the technical log', () => {
  it('loses what is personal, should somebody put it there', () => {
    const lines: string[] = [];
    const logger = createLogger('national', 'info', { write: (line) => void lines.push(line) });
    const person = { name: '青木 大輔', birthDate: '1962-10-07', address: '文京区', residentRecordCode: '24727059608' };
    logger.info({ ...person, request: { ...person, card: { pin: '4561', cardNumber: 'JC7391410985' } } }, 'line');
    expect(lines.join()).not.toMatch(/青木|1962|文京区|24727059608|4561|JC7391410985/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ office: 'national', msg: 'line' });
  });

  it.each([
    'name',
    'applicantName',
    'memberNames',
    'commonName',
    'birthDate',
    'address',
    'previousAddress',
    'residentRecordCode',
    'cardNumber',
    'body',
    'password',
    'passwordHash',
    'pin',
    'key',
    'privateKey',
    'session',
    'token',
    'cookie',
    'set-cookie',
    'authorization',
    'proxy-authorization',
    'x-api-key',
    'juki-session',
    '__Host-juki-session',
  ])('loses %s at the top, inside and inside of that, and keeps what stands beside it', (key) => {
    const lines: string[] = [];
    const logger = createLogger('national', 'info', { write: (line) => void lines.push(line) });
    const one = { [key]: '秘密', outcome: 'OK' };
    logger.info({ ...one, request: { ...one, applicant: one } }, 'line');
    expect(lines).toHaveLength(1);
    expect(lines.join()).not.toContain('秘密');
    expect(lines.join()).not.toContain(`"${key}"`);
    const kept = { outcome: 'OK', request: { outcome: 'OK', applicant: { outcome: 'OK' } } };
    expect(JSON.parse(lines[0] ?? '')).toMatchObject(kept);
  });
});
