import { describe, expect, it } from '@jest/globals';
import { isReason, type Reason, Refusal, refusalOf } from './refusal.js';
import { GRPC, refusals } from './refusal-table.js';

const REASONS = Object.keys(refusals) as Reason[];

describe.each(REASONS)('The refusal %s', (reason) => {
  const { ja, en, http, grpc } = refusals[reason];

  it('has a title in Japanese and one in English', () => {
    expect(ja).toMatch(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u);
    expect(en).toMatch(/^[A-Z][ -~]+[^.]$/);
  });

  it('is an error in HTTP and in gRPC', () => {
    expect(http).toBeGreaterThanOrEqual(400);
    expect(http).toBeLessThan(600);
    expect(GRPC[grpc]).toBeGreaterThan(0);
  });

  it('is the fault of the other end in both or in neither', () => {
    const ours = ['UNAVAILABLE', 'INTERNAL', 'DEADLINE_EXCEEDED'].includes(grpc);
    expect(http >= 500).toBe(ours);
  });
});

describe('The reasons to refuse', () => {
  it('are those of wide-area issuance that the handbook names, and those of the line', () => {
    const handbook =
      'NOT_PARTICIPATING OUT_OF_HOURS HOME_UNAVAILABLE NOT_FOUND AMBIGUOUS RECORD_DELETED NOT_SAME_HOUSEHOLD ' +
      'ITEM_NOT_ALLOWED OWN_MUNICIPALITY ID_NOT_ACCEPTED ID_EXPIRED PIN_FAILED CARD_INVALID ' +
      'CONTACT_HOME_MUNICIPALITY RATE_LIMITED';
    expect(REASONS).toEqual(expect.arrayContaining(handbook.split(' ')));
  });

  it('have titles of their own, so that nobody mistakes one for another', () => {
    expect(new Set(REASONS.map((reason) => refusals[reason].ja)).size).toBe(REASONS.length);
    expect(new Set(REASONS.map((reason) => refusals[reason].en)).size).toBe(REASONS.length);
  });

  it('do not let a protective measure be guessed from the one answer to every restriction', () => {
    const { ja, en } = refusals.CONTACT_HOME_MUNICIPALITY;
    expect(ja).not.toMatch(/支援|措置|保護|制限|被害|暴力/);
    expect(en).not.toMatch(/protect|restrict|measure|victim|violen/i);
  });

  it('are known by their names only', () => {
    expect(REASONS.every(isReason)).toBe(true);
    for (const text of ['', 'REASON_NOT_FOUND', 'not_found', 'toString', '__proto__', 'constructor'])
      expect(isReason(text)).toBe(false);
  });
});

describe('A refusal', () => {
  it('says its title, and nothing of its details or its cause', () => {
    const cause = new Error('文京太郎 24727059608');
    const refusal = new Refusal('NOT_FOUND', { office: 'municipality/131059', field: 'code', cause });
    expect(refusal.message).toBe(refusals.NOT_FOUND.en);
    expect(refusal.cause).toBe(cause);
    expect(refusal.name).toBe('Refusal');
  });

  it('stays itself on its way out', () => {
    const refusal = new Refusal('OUT_OF_HOURS');
    expect(refusalOf(refusal)).toBe(refusal);
  });

  it.each([new Error('24727059608'), 'a text', undefined, null, 7])(
    'is what becomes of anything else thrown: %p',
    (e) => {
      const refusal = refusalOf(e);
      expect([refusal.reason, refusal.message, refusal.cause]).toEqual(['INTERNAL', refusals.INTERNAL.en, e]);
    },
  );
});
