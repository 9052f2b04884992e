import { describe, expect, it } from '@jest/globals';
import { BadLine, personIn } from './people-line.js';

const CODE = '47049137601';
const ITEMS = { name: '青木 大輔', birthDate: '1962-10-07', sex: 'MALE', address: '東京都文京区目白台二丁目8番19号' };

function read(value: unknown) {
  return personIn(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 17);
}

describe('A line of a file of people', () => {
  it.each([
    [{ residentRecordCode: CODE }],
    [{ residentRecordCode: CODE, known: { name: ITEMS.name } }],
    [{ fourItems: ITEMS }],
  ])('asks for somebody: %j', (person) => expect(read(person)).toEqual(person));

  it('may end as Windows ends it, and begin as its editors begin a file', () => {
    expect(read(`\uFEFF{"residentRecordCode":"${CODE}"}\r`)).toEqual({ residentRecordCode: CODE });
  });

  it.each([
    ['nothing', '', 'is no JSON in UTF-8'],
    ['half of one', '{"residentRecordCode":"4704', 'is no JSON in UTF-8'],
    ['a name alone', '青木 大輔', 'is no JSON in UTF-8'],
    ['no object', '[]', 'is asked for by a resident record code, or by name, birth date, sex and address'],
    ['a code that is none', { residentRecordCode: '47049137602' }, 'residentRecordCode is not a resident record code'],
    ['a code as a number', { residentRecordCode: 47049137601 }, 'residentRecordCode'],
    ['three items', { fourItems: { ...ITEMS, sex: undefined } }, 'fourItems.sex is not stated'],
    [
      'a day that is none',
      { fourItems: { ...ITEMS, birthDate: '1962-02-30' } },
      'birthDate is not a day of the calendar',
    ],
    ['an empty address', { fourItems: { ...ITEMS, address: '' } }, 'fourItems.address is missing'],
    ['both keys', { residentRecordCode: CODE, fourItems: ITEMS }, 'is asked for by a resident record code, or by name'],
    ['a key of nobody’s', { residentRecordCode: CODE, 青木: 1 }, 'has a key that the schema does not name'],
    [
      'something of the known',
      { residentRecordCode: CODE, known: { 大輔: 1 } },
      'has a key that the schema does not name',
    ],
  ])('is told by its number and its fault, and by nothing that stands in it: %s', (_what, line, fault) => {
    const refusal = thrownBy(() => read(line));
    expect(refusal).toBeInstanceOf(BadLine);
    expect(refusal.message).toMatch(/^line 17 /);
    expect(refusal.message).toContain(fault);
    expect(refusal.message).not.toMatch(/青木|大輔|4704|1962|目白台/);
  });

  it('is UTF-8 and nothing else', () => {
    expect(() => personIn(Buffer.from([0x90, 0xc2, 0x96, 0xd8]), 3)).toThrow('line 3 is no JSON in UTF-8');
  });
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
