import { describe, expect, it } from '@jest/globals';
import { citableByOffice, isCitableOn, lastDayOf } from './check-citation.js';
import type { Recipient } from './recipient.js';
import { appendedTables, ordinancePurposes } from './statutory-purpose.js';
import { tableCited } from './table-cited.js';

const [TOKYO, KANAGAWA, DAY] = ['130001', '140007', '2016-05-27'];
const BUNKYO: Recipient = { kind: 'municipality', code: '131059', classes: [] };
const ENDED = {
  table: 2 as const,
  item: '2',
  name: '条例',
  recipients: ['市町村長'],
  from: '2013-04-01',
  until: '2016-03-31',
};
const purposes = [...appendedTables, ...ordinancePurposes(TOKYO, [ENDED])];
const citable = citableByOffice(purposes, [2, 4], BUNKYO);
const person = { residentRecordCode: '24727059608' };
const cite = (statutoryPurpose: string, prefecture?: string, day = DAY) => {
  const inquiry = { statutoryPurpose, occasion: 'APPLICATION' as const, fields: ['NAME' as const] };
  return tableCited(citable, { inquiry, person, prefecture }, TOKYO, day);
};
const refusing = (reason: string, field: string) =>
  expect.objectContaining({ reason, details: expect.objectContaining({ field }) });

describe('The table that an office cites at its own counter', () => {
  it('is table 2, or an ordinance, for people of the prefecture', () => {
    expect(cite('TABLE_2_ITEM_4')).toBe(2);
    expect(cite('ORDINANCE_130001_ITEM_2', undefined, '2016-03-31')).toBe(2);
  });

  it('is table 4 for people of another', () => {
    expect(cite('TABLE_4_ITEM_3', KANAGAWA)).toBe(4);
  });

  it.each([
    ['the prefecture is missing', 'TABLE_4_ITEM_3', undefined],
    ['it is the office’s own', 'TABLE_4_ITEM_3', TOKYO],
    ['it is stated where its own people are asked about', 'TABLE_2_ITEM_4', KANAGAWA],
    ['it is stated there, though it is its own', 'TABLE_2_ITEM_4', TOKYO],
  ])('leads nowhere where %s', (_what, purpose, prefecture) => {
    expect(() => cite(purpose, prefecture)).toThrow(refusing('INVALID_REQUEST', 'prefecture'));
  });

  it('is not one that names others, whatever else is stated', () => {
    for (const purpose of ['TABLE_1_ITEM_41', 'TABLE_3_ITEM_2', 'TABLE_5_ITEM_2', 'TABLE_2_ITEM_1_2', 'TABLE_9_ITEM_1'])
      expect(() => cite(purpose, KANAGAWA)).toThrow(refusing('PURPOSE_NOT_ALLOWED', 'statutory_purpose'));
  });

  it('is not one that has ended, which is another thing than one that never was', () => {
    const refusal = refusing('PURPOSE_NOT_IN_FORCE', 'statutory_purpose');
    expect(() => cite('ORDINANCE_130001_ITEM_2', undefined, '2016-04-01')).toThrow(refusal);
  });
});

describe('What an office may cite', () => {
  it('covers for each purpose all of the identification information, until the purpose ends', () => {
    expect(new Set(citable.map(({ fields }) => fields.length))).toEqual(new Set([6]));
    const [ended] = citable.filter(({ purpose }) => purpose.prefecture === TOKYO);
    expect(ended && [isCitableOn(ended, '2016-03-31'), isCitableOn(ended, '2016-04-01')]).toEqual([true, false]);
    expect(citable.map(lastDayOf).filter((day) => day !== null)).toEqual(['2016-03-31']);
  });
});
