import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addYears } from '#core/domain/calendar-date.js';
import type { CardKind } from '#core/domain/card-status.js';
import { refusedAs } from '../../../../../test/support/households.js';
import { checkIssued, expiryOf } from './issue.js';

const [JUKI, NUMBER] = ['JUKI_CARD', 'INDIVIDUAL_NUMBER_CARD'] as const;
const [JAPANESE, FOREIGN] = [{ nationality: null }, { nationality: '大韓民国' }] as const;

const refused = (fault: string) => refusedAs('CARD_NOT_ISSUED', { field: 'kind', fault });
const NOT_YET = refused('is not issued yet');
const NO_MORE = refused('is not issued any more: ask for an individual number card');
const FROM_2016 = refused('is issued from January 2016');

const issued = (kind: CardKind, whom: { nationality: string | null }, day: string) => {
  try {
    checkIssued(kind, whom, day);
    return 'ISSUED';
  } catch (error) {
    return error;
  }
};

describe('A card is issued', () => {
  it.each([
    ['a juki card to a Japanese, on the first day', JUKI, JAPANESE, '2003-08-25'],
    ['a juki card to a Japanese, on the last day', JUKI, JAPANESE, '2015-12-31'],
    ['a juki card to a foreign resident, on the first day', JUKI, FOREIGN, '2013-07-08'],
    ['a juki card to a foreign resident, on the last day', JUKI, FOREIGN, '2015-12-31'],
    ['an individual number card to a Japanese, on the first day', NUMBER, JAPANESE, '2016-01-01'],
    ['an individual number card to a foreign resident, on the first day', NUMBER, FOREIGN, '2016-01-01'],
  ] as const)('%s', (_what, kind, whom, day) => expect(issued(kind, whom, day)).toBe('ISSUED'));

  it.each([
    ['a juki card to a Japanese, the day before the first', JUKI, JAPANESE, '2003-08-24', NOT_YET],
    ['a juki card to a foreign resident, the day before the first', JUKI, FOREIGN, '2013-07-07', NOT_YET],
    ['a juki card to a Japanese, the day after the last', JUKI, JAPANESE, '2016-01-01', NO_MORE],
    ['a juki card to a foreign resident, the day after the last', JUKI, FOREIGN, '2016-01-01', NO_MORE],
    ['an individual number card, the day before the first', NUMBER, JAPANESE, '2015-12-31', FROM_2016],
  ] as const)('but not %s, with what is to be had instead', (_what, kind, whom, day, refusal) =>
    expect(issued(kind, whom, day)).toEqual(refusal),
  );
});

describe('The last day of a juki card', () => {
  it('is ten years after its issue, whatever its holder’s age', () => {
    expect(expiryOf(JUKI, { birthDate: '1950-01-01' }, '2015-12-31')).toBe('2025-12-31');
    expect(expiryOf(JUKI, { birthDate: '2015-01-01' }, '2015-12-31')).toBe('2025-12-31');
  });

  it('is 28 February for one of 29 February, since ten years later there is none', () => {
    expect(expiryOf(JUKI, { birthDate: '1950-01-01' }, '2012-02-29')).toBe('2022-02-28');
  });
});

describe('The last day of an individual number card', () => {
  const last = (birthDate: string, day: string) => expiryOf(NUMBER, { birthDate }, day);

  it('is an adult’s tenth birthday from its issue on', () => {
    expect(last('1980-06-01', '2016-05-27')).toBe('2025-06-01');
    expect(last('1980-05-01', '2016-05-27')).toBe('2026-05-01');
  });

  it('of one that is issued on a birthday, does not count that one', () => {
    expect(last('1980-05-27', '2016-05-27')).toBe('2026-05-27');
    expect(last('2000-05-27', '2016-05-27')).toBe('2021-05-27');
  });

  it('is the fifth birthday of whoever is under twenty, until the day before they are', () => {
    expect(last('1996-05-28', '2016-05-27')).toBe('2020-05-28');
    expect(last('1996-05-27', '2016-05-27')).toBe('2026-05-27');
    expect(last('2016-05-20', '2016-05-27')).toBe('2021-05-20');
  });

  it('of whoever was born on 29 February, is the 28th in a year that has no 29th', () => {
    expect(last('1980-02-29', '2016-05-27')).toBe('2026-02-28');
    expect(last('1980-02-29', '2016-02-28')).toBe('2025-02-28');
    expect(last('2012-02-29', '2019-03-01')).toBe('2024-02-29');
  });

  it('makes who was born on 29 February twenty on that day of a leap year, and not on the day before', () => {
    expect(last('1996-02-29', '2016-02-28')).toBe('2020-02-29');
    expect(last('1996-02-29', '2016-02-29')).toBe('2026-02-28');
  });

  it('is always more than nine and at most ten years away for adults, and four and five for others', () => {
    const days = fc
      .date({ min: new Date('2016-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(days, fc.constantFrom('2012-02-29', '1948-02-29', '1980-07-15', '1998-12-31'), (day, birthDate) => {
        const [least, most] = addYears(birthDate, 20) <= day ? [9, 10] : [4, 5];
        expect(last(birthDate, day) > addYears(day, least)).toBe(true);
        expect(last(birthDate, day) <= addYears(day, most)).toBe(true);
      }),
    );
  });
});
