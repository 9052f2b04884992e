import { describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '../register/resident-record.js';
import { identifyApplicant } from './identify-applicant.js';

const HANAKO: ResidentRecord = {
  ...{ recordId: 'hanako', householdId: 'household-1', name: '𠮷田 花子', nameReading: 'ヨシダ ハナコ' },
  ...{ commonName: null, birthDate: '1980-04-01', sex: 'FEMALE', relationship: '妻' },
  ...{ registeredDomicile: '東京都国立市', firstListedPerson: '𠮷田 太郎', nationality: null, residenceStatus: null },
  ...{ becameResidentOn: '2005-04-01', address: '東京都国立市東一丁目', movedWithinTownOn: null },
  ...{ notifiedOn: '2005-04-05', previousAddress: null, municipalItems: '', residentRecordCode: '24727059608' },
  ...{ deletedOn: null, deletionReason: null, destination: null, changeVersion: 1 },
};
const MOVED_OUT: ResidentRecord = {
  ...HANAKO,
  recordId: 'before',
  deletedOn: '2004-03-31',
  deletionReason: 'MOVE_OUT',
  destination: null,
  changeVersion: 1,
};
const MARIA: ResidentRecord = {
  ...HANAKO,
  recordId: 'maria',
  name: 'ＧＡＲＣＩＡ　ＭＡＲＩＡ',
  commonName: '田中 まりあ',
};

describe('The applicant, among the records that answer to a code or to birth date and sex', () => {
  it('is the one active record of that name', () => {
    expect(identifyApplicant([MARIA, HANAKO], '𠮷田 花子')).toBe(HANAKO);
  });

  it.each(['吉田花子', '吉田　花子', '𠮷\u{E0100}田 花子'])(
    'is found under %s, another way of writing the name',
    (name) => {
      expect(identifyApplicant([HANAKO], name)).toBe(HANAKO);
    },
  );

  it.each(['Garcia Maria', 'GARCIA MARIA', '田中まりあ'])('is found under %s, by name or by common name', (name) => {
    expect(identifyApplicant([HANAKO, MARIA], name)).toBe(MARIA);
  });

  it('is the active record where a deleted one answers too: somebody moved out and came back', () => {
    expect(identifyApplicant([MOVED_OUT, HANAKO], '吉田花子')).toBe(HANAKO);
    expect(identifyApplicant([HANAKO, MOVED_OUT], '吉田花子')).toBe(HANAKO);
  });
});

describe('An applicant is refused', () => {
  it.each([
    ['NOT_FOUND', 'when no record answers', [], '吉田花子'],
    ['NOT_FOUND', 'when a record answers under another name', [HANAKO], '吉田花代'],
    ['NOT_FOUND', 'when only a deleted record answers, under another name', [MOVED_OUT], '吉田花代'],
    ['NOT_FOUND', 'when only a part of the name is stated', [HANAKO], '吉田'],
    ['AMBIGUOUS', 'when two active records answer', [HANAKO, { ...HANAKO, recordId: 'other' }], '吉田花子'],
    ['RECORD_DELETED', 'when only a deleted record answers', [MOVED_OUT], '吉田花子'],
    ['RECORD_DELETED', 'when the person moved out twice', [MOVED_OUT, { ...MOVED_OUT, recordId: 'b' }], '吉田花子'],
  ] as [string, string, ResidentRecord[], string][])('as %s %s', (reason, _when, found, name) => {
    expect(() => identifyApplicant(found, name)).toThrow(expect.objectContaining({ reason, details: {} }));
  });
});
