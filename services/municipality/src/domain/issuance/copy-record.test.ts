import { describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '../register/resident-record.js';
import { type CopyRecord, copyRecordOf, holdsWhatWasAsked } from './copy-record.js';

const NEITHER = { household: false, residentRecordCode: false };
const HOUSEHOLD = { household: true, residentRecordCode: false };
const CODE = { household: false, residentRecordCode: true };
const BOTH = { household: true, residentRecordCode: true };

/** A record full of everything: what may not leave home says so. */
const RECORD: ResidentRecord = {
  recordId: 'STAYS-record',
  householdId: 'STAYS-household',
  name: '𠮷田 花子',
  nameReading: 'STAYS-reading',
  commonName: '吉田 はな',
  birthDate: '1980-04-01',
  sex: 'FEMALE',
  relationship: '妻',
  registeredDomicile: 'STAYS-5-domicile',
  firstListedPerson: 'STAYS-5-first-listed',
  nationality: 'STAYS-nationality',
  residenceStatus: 'STAYS-status',
  becameResidentOn: '2005-04-01',
  address: '東京都国立市東一丁目1番1号',
  movedWithinTownOn: '2010-10-01',
  notifiedOn: '2010-10-05',
  previousAddress: '東京都国立市中二丁目2番2号',
  municipalItems: 'STAYS-9-to-12',
  residentRecordCode: '24727059608',
  deletedOn: 'STAYS-deleted',
  deletionReason: 'MOVE_OUT',
  destination: null,
  changeVersion: 1,
};

const ALWAYS = {
  name: '𠮷田 花子',
  commonName: '吉田 はな',
  birthDate: '1980-04-01',
  sex: 'FEMALE',
  becameResidentOn: '2005-04-01',
  address: '東京都国立市東一丁目1番1号',
  movedWithinTownOn: '2010-10-01',
  notifiedOn: '2010-10-05',
  previousAddress: '東京都国立市中二丁目2番2号',
};
const ITEM_4 = { household: { householderName: '吉田 太郎', relationship: '妻' } };
const ITEM_13 = { residentRecordCode: '24727059608' };

const asked = (special: typeof NEITHER) => copyRecordOf(RECORD, '吉田 太郎', special);

describe('What leaves home of a resident record (MIN)', () => {
  it('is items 1, 2, 3, 6, 7 and 8 where nothing else was asked for', () => {
    expect(asked(NEITHER)).toEqual(ALWAYS);
  });

  it('is the householder and the relationship besides where item 4 was asked for', () => {
    expect(asked(HOUSEHOLD)).toEqual({ ...ALWAYS, ...ITEM_4 });
  });

  it('is the code besides where item 13 was asked for', () => {
    expect(asked(CODE)).toEqual({ ...ALWAYS, ...ITEM_13 });
  });

  it('is both where both were asked for', () => {
    expect(asked(BOTH)).toEqual({ ...ALWAYS, ...ITEM_4, ...ITEM_13 });
  });

  it.each([NEITHER, HOUSEHOLD, CODE, BOTH])('never is anything of items 5 and 9 to 12, with %j (NEVER)', (special) => {
    expect(JSON.stringify(asked(special))).not.toContain('STAYS');
  });

  it('never is what a later version of the register adds', () => {
    const later = { ...RECORD, individualNumber: 'STAYS-number', furigana: 'STAYS-furigana' };
    expect(copyRecordOf(later, '吉田 太郎', BOTH)).toEqual(asked(BOTH));
  });

  it('says what there is none of', () => {
    const bare = { ...RECORD, commonName: null, movedWithinTownOn: null, previousAddress: null };
    expect(copyRecordOf(bare, '', NEITHER)).toMatchObject({
      commonName: null,
      movedWithinTownOn: null,
      previousAddress: null,
    });
  });
});

describe('What came from home is printed only if it holds what was asked for, and nothing beyond (MIN)', () => {
  it.each([NEITHER, HOUSEHOLD, CODE, BOTH])('and so it does when home answers to %j', (special) => {
    expect(holdsWhatWasAsked(asked(special), special)).toBe(true);
  });

  it.each([
    ['more: the householder', asked(HOUSEHOLD), NEITHER],
    ['more: the code', asked(CODE), NEITHER],
    ['more: the code beside the householder', asked(BOTH), HOUSEHOLD],
    ['less: no householder', asked(NEITHER), HOUSEHOLD],
    ['less: no code', asked(NEITHER), CODE],
    ['one for the other', asked(CODE), HOUSEHOLD],
    ['one of the two', asked(HOUSEHOLD), BOTH],
  ] as [string, CopyRecord, typeof NEITHER][])('and so it does not when home sends %s', (_what, record, special) => {
    expect(holdsWhatWasAsked(record, special)).toBe(false);
  });
});
