import { describe, expect, it } from '@jest/globals';
import { givenBy } from './answer-inquiry.js';
import type { ProvisionAnswer } from './inquiry.js';
import { givenAbout, givenTogether, isGiven, peopleIn, peopleNamedIn, provisionOf } from './provision.js';

const CITED = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' } as const;

describe('What the log says of a provision', () => {
  const provision = provisionOf(CITED, ['NAME', 'NAME', 'NOTHING', 'NO_CHANGE', 'NAME']);

  it('is what was given in runs, in the order of the people', () => {
    expect(provision.given).toEqual([
      ['NAME', 2],
      ['NOTHING', 1],
      ['NO_CHANGE', 1],
      ['NAME', 1],
    ]);
    expect([peopleNamedIn(provision), peopleIn(provision)]).toEqual([5, 4]);
  });

  it('tells of each of the people what was given about them, and of nobody else', () => {
    const all = [0, 1, 2, 3, 4, 5].map((nth) => givenAbout(provision, nth));
    expect(all).toEqual(['NAME', 'NAME', 'NOTHING', 'NO_CHANGE', 'NAME', undefined]);
  });

  it('has no recipient but where it is another than who asked', () => {
    expect(Object.keys(provision)).not.toContain('recipient');
    expect(provisionOf(CITED, [], 'juki://municipality/131059').recipient).toBe('juki://municipality/131059');
  });
});

describe('The words for what was given', () => {
  const answers: ProvisionAnswer[] = [
    { outcome: 'IN_QUARANTINE' },
    { outcome: 'AS_STATED', deleted: false, provided: {} },
    { outcome: 'AS_STATED', deleted: true, provided: {} },
    { outcome: 'PROVIDED', deleted: true, provided: { residentRecordCode: '1', name: '文京 太郎', changes: [] } },
    { outcome: 'PROVIDED', deleted: false, provided: { sex: 'MALE', birthDate: '1970-01-01', address: '文京区' } },
  ];

  it('are known, whatever an answer gives', () => {
    const words = answers.map((answer) => givenBy(answer) ?? '');
    expect(words).toEqual([
      ...['NOTHING', 'NO_CHANGE', 'NO_CHANGE DELETED'],
      ...['NAME RESIDENT_RECORD_CODE CHANGE_INFORMATION DELETED', 'BIRTH_DATE SEX ADDRESS'],
    ]);
    expect(words.every(isGiven)).toBe(true);
  });

  it.each(['', 'DELETED', 'NAMES', 'ADDRESS NAME', 'NAME NAME', 'NAME NO_CHANGE', 'NOTHING DELETED', ' NAME', 'name'])(
    'are not %j',
    (what) => expect(isGiven(what)).toBe(false),
  );

  it.each([
    [['ADDRESS', 'NAME'], 'NAME ADDRESS'],
    [['NO_CHANGE', 'ADDRESS DELETED'], 'ADDRESS DELETED'],
    [['NO_CHANGE DELETED', 'NO_CHANGE DELETED'], 'NO_CHANGE DELETED'],
    [['NOTHING', 'NAME'], 'NAME'],
    [['NOTHING', 'NOTHING'], 'NOTHING'],
  ])('of %j together are %j', (given, together) => {
    expect(givenTogether(...given)).toBe(together);
  });
});
