import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';

/** A record of nobody in particular; `differing` says what a test needs of it. */
export function aRecord(differing: Partial<ResidentRecord> = {}): ResidentRecord {
  return {
    recordId: '131059-000001',
    householdId: '131059-H0001',
    name: '文京 太郎',
    nameReading: 'ブンキョウ タロウ',
    commonName: null,
    birthDate: '1980-04-01',
    sex: 'MALE',
    relationship: '世帯主',
    registeredDomicile: '東京都文京区春日一丁目1番地',
    firstListedPerson: '文京 太郎',
    nationality: null,
    residenceStatus: null,
    becameResidentOn: '2010-04-01',
    address: '東京都文京区春日一丁目16番21号',
    movedWithinTownOn: null,
    notifiedOn: '2010-04-02',
    previousAddress: '東京都新宿区歌舞伎町一丁目4番1号',
    municipalItems: '{"9":"登載"}',
    residentRecordCode: aCode(1),
    deletedOn: null,
    deletionReason: null,
    destination: null,
    changeVersion: 1,
    ...differing,
  };
}

/** The nth of a row of valid codes, ascending as the numbers do. */
export function aCode(nth: number): string {
  for (let body = nth * 100; ; body++) {
    const code = residentRecordCodeOf(String(body).padStart(10, '0'));
    if (code) return code;
  }
}
