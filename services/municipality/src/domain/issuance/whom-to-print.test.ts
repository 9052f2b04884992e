import { describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '../register/resident-record.js';
import { recordsToPrint, type WhomToPrint } from './whom-to-print.js';

const TARO = person('髙橋 太郎', '世帯主');
const HANAKO = person('髙橋 花子', '妻');
const JIRO = person('髙橋 次郎', '子');
const MARIA = { ...person('GARCIA MARIA', '子の妻'), commonName: '髙橋 まりあ' };
const HOUSEHOLD = [TARO, HANAKO, JIRO, MARIA];

const printed = (whom: WhomToPrint, members = HOUSEHOLD) => recordsToPrint(HANAKO, members, whom);
const named = (...names: string[]): WhomToPrint => ({ kind: 'NAMED_MEMBERS', names });

describe('The records on a copy', () => {
  it("are the applicant's own, when that is what was asked for", () => {
    expect(printed({ kind: 'APPLICANT' })).toEqual([HANAKO]);
  });

  it('are those of the whole household, in its order', () => {
    expect(printed({ kind: 'WHOLE_HOUSEHOLD' })).toEqual(HOUSEHOLD);
  });

  it('are those of the members that were named, and need not include the applicant', () => {
    expect(printed(named('髙橋 次郎'))).toEqual([JIRO]);
  });

  it("come in the household's order, each once, however often and in whatever order they were named", () => {
    expect(printed(named('髙橋 次郎', '髙橋 太郎', '高橋次郎', '髙橋 花子'))).toEqual([TARO, HANAKO, JIRO]);
  });

  it('are found by another way of writing the name, and by a common name', () => {
    expect(printed(named('高橋　太郎', '高橋まりあ'))).toEqual([TARO, MARIA]);
    expect(printed(named('Garcia Maria'))).toEqual([MARIA]);
  });
});

describe('A copy is refused', () => {
  it('as NOT_SAME_HOUSEHOLD when somebody named is not a member, whoever else was named', () => {
    const refusal = expect.objectContaining({ reason: 'NOT_SAME_HOUSEHOLD', details: {} });
    expect(() => printed(named('田中 一郎'))).toThrow(refusal);
    expect(() => printed(named('髙橋 太郎', '田中 一郎'))).toThrow(refusal);
    expect(() => printed(named('髙橋'))).toThrow(refusal);
  });

  it('as AMBIGUOUS when a name fits two members', () => {
    const namesake = person('高橋 太郎', '子');
    const refusal = expect.objectContaining({ reason: 'AMBIGUOUS', details: {} });
    expect(() => printed(named('髙橋 太郎'), [...HOUSEHOLD, namesake])).toThrow(refusal);
  });
});

function person(name: string, relationship: string): ResidentRecord {
  return {
    ...{ recordId: name, householdId: 'household-1', name, nameReading: '', commonName: null },
    ...{ birthDate: '1980-04-01', sex: 'FEMALE', relationship, registeredDomicile: null, firstListedPerson: null },
    ...{ nationality: null, residenceStatus: null, becameResidentOn: '2005-04-01', address: '東京都国立市東一丁目' },
    ...{ movedWithinTownOn: null, notifiedOn: '2005-04-05', previousAddress: null, municipalItems: '' },
    ...{
      residentRecordCode: '24727059608',
      deletedOn: null,
      deletionReason: null,
      destination: null,
      changeVersion: 1,
    },
  };
}
