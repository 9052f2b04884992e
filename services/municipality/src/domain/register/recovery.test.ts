import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { CHANGE_REASONS, type ChangeReason } from '#core/domain/change-information.js';
import type { Change } from '#core/domain/fold-changes.js';
import { newRecord } from './person.js';
import { recoveredRecord } from './recovery.js';
import { HOUSEHOLDER } from './resident-record.js';

const identification = {
  ...{ name: '文京 太郎', birthDate: '1970-01-01', sex: 'MALE' as const, address: '東京都文京区春日一丁目16番21号' },
  residentRecordCode: '24727059608',
};

function change(reason: ChangeReason, more: Partial<Change['identification']> = {}): Change {
  return {
    ...{ changeId: 'a change', municipality: '131059', kind: CHANGE_REASONS[reason], reason, causeOn: '2016-05-20' },
    ...{ version: 12, previousCode: null, identification: { ...identification, ...more } },
  };
}

const present = newRecord(
  {
    ...{ name: identification.name, nameReading: 'ブンキョウ タロウ', birthDate: '1970-01-01', sex: 'MALE' },
    ...{ registeredDomicile: '東京都文京区春日一丁目', firstListedPerson: '文京 太郎' },
  },
  {
    ...{ recordId: 'record', householdId: 'household', relationship: '夫', address: identification.address },
    ...{ becameResidentOn: '2000-01-01', notifiedOn: '2000-01-02', previousAddress: null, municipalItems: '' },
    ...{ residentRecordCode: identification.residentRecordCode, changeVersion: 11 },
  },
);

const newId = () => randomUUID();

describe('A change comes back to a register that has lost it', () => {
  it('corrects what it says and leaves everything else of the record as it is', () => {
    const address = '東京都文京区本郷七丁目3番1号';
    expect(recoveredRecord(change('CHANGE_OF_ADDRESS', { address }), present, newId)).toEqual({
      ...present,
      ...{ address, changeVersion: 12 },
    });
  });

  it('deletes a record on the day and for the reason that it says', () => {
    expect(recoveredRecord(change('DEATH'), present, newId)).toMatchObject({
      ...{ recordId: 'record', deletedOn: '2016-05-20', deletionReason: 'DEATH', changeVersion: 12 },
    });
  });

  it('enters whoever is not here in a household of their own, without what no level above can know', () => {
    const entered = recoveredRecord(change('BIRTH'), undefined, newId);
    expect(entered).toMatchObject({ ...identification, relationship: HOUSEHOLDER, becameResidentOn: '2016-05-20' });
    expect(entered).toMatchObject({ nameReading: '', registeredDomicile: null, nationality: null, deletedOn: null });
    expect(entered.householdId).not.toBe(present.householdId);
  });

  it('brings a deleted record back where it is an entry', () => {
    const deleted = { ...present, deletedOn: '2016-05-10', deletionReason: 'MOVE_OUT' as const, destination: '新宿区' };
    expect(recoveredRecord(change('EX_OFFICIO_ENTRY'), deleted, newId)).toMatchObject({
      ...{ recordId: 'record', deletedOn: null, deletionReason: null, destination: null },
    });
  });
});
