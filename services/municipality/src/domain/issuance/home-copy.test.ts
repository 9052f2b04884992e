import { describe, expect, it } from '@jest/globals';
import { refusedAs } from '../../../../../test/support/households.js';
import { aCode, aRecord } from '../../../../../test/support/records.js';
import {
  checkRestrictionsAtHome,
  HomeCopyApplication,
  homeCopyRecordOf,
  homeItems,
  homeStatement,
} from './home-copy.js';

const record = aRecord({ relationship: '子' });
const items = ['name', 'commonName', 'birthDate', 'sex', 'becameResidentOn', 'address', 'movedWithinTownOn'];
const ALWAYS = [...items, 'notifiedOn', 'previousAddress'].sort();
const keysOf = (chosen: number[]) => Object.keys(homeCopyRecordOf(record, '文京 太郎', homeItems(chosen))).sort();

describe('A copy at home shows', () => {
  it('items 1, 2, 3, 6, 7 and 8 of everybody, chosen or not', () => {
    expect(keysOf([])).toEqual(ALWAYS);
    expect(keysOf([1, 2, 3, 6, 7, 8])).toEqual(ALWAYS);
  });

  it('householder and relationship where item 4 is chosen', () => {
    expect(homeCopyRecordOf(record, '文京 一郎', homeItems([4])).household).toEqual({
      ...{ householderName: '文京 一郎', relationship: '子' },
    });
  });

  it('the family register where item 5 is chosen, which no wide-area copy shows', () => {
    expect(homeCopyRecordOf(record, '文京 太郎', homeItems([5])).familyRegister).toEqual({
      ...{ registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: '文京 太郎' },
      ...{ nationality: null, residenceStatus: null },
    });
  });

  it('nationality and residence status of a foreign resident in the place of item 5', () => {
    const foreign = {
      registeredDomicile: null,
      firstListedPerson: null,
      nationality: 'ブラジル',
      residenceStatus: '永住者',
    };
    expect(homeCopyRecordOf(aRecord(foreign), '文京 太郎', homeItems([5])).familyRegister).toEqual(foreign);
  });

  it('the code where item 13 is chosen', () => {
    expect(homeCopyRecordOf(record, '文京 太郎', homeItems([13])).residentRecordCode).toBe(aCode(1));
  });

  it('each of the three where all are chosen, and only what was chosen else (MIN)', () => {
    expect(keysOf([4, 5, 13])).toEqual([...ALWAYS, 'familyRegister', 'household', 'residentRecordCode'].sort());
    expect(keysOf([5])).toEqual([...ALWAYS, 'familyRegister'].sort());
  });
});

describe('An item is refused as ITEM_NOT_ALLOWED', () => {
  it.each([9, 10, 11, 12, 14])('where it is %i, whatever else is chosen', (item) => {
    expect(() => homeItems([item])).toThrow(refusedAs('ITEM_NOT_ALLOWED'));
    expect(() => homeItems([4, 5, 13, item])).toThrow(refusedAs('ITEM_NOT_ALLOWED'));
  });

  it.each([0, 15, -5, 5.5])('where it is %d, which is none', (item) => {
    expect(() => homeItems([item])).toThrow(refusedAs('ITEM_NOT_ALLOWED'));
  });
});

describe('The statement under a copy at home', () => {
  it('says whether it shows the whole household, by whom and on which day', () => {
    expect(homeStatement(true, '文京区長', '2016-05-27')).toBe(
      'この写しは、世帯全員の住民票の原本と相違ないことを証明する。\n平成28年5月27日　文京区長',
    );
    expect(homeStatement(false, '文京区長', '2019-05-01')).toBe(
      'この写しは、世帯の一部の住民票の原本と相違ないことを証明する。\n令和元年5月1日　文京区長',
    );
  });
});

describe('Somebody protected, at their own counter', () => {
  const by = (recordId: string, measureId: string | null) => ({ recordId, measureId });
  const refusal = refusedAs('CONTACT_HOME_MUNICIPALITY');

  it('gets a copy of themselves, and of those whom their own measure covers', () => {
    expect(() => checkRestrictionsAtHome('hanako', [by('hanako', 'measure-1')])).not.toThrow();
    const covered = [by('hanako', 'measure-1'), by('jiro', 'measure-1')];
    expect(() => checkRestrictionsAtHome('hanako', covered)).not.toThrow();
  });

  it('gets none of anybody else who is restricted: an abuser in the household learns nothing of the victim', () => {
    expect(() => checkRestrictionsAtHome('taro', [by('hanako', 'measure-1')])).toThrow(refusal);
    expect(() => checkRestrictionsAtHome('hanako', [by('hanako', 'measure-1'), by('jiro', 'measure-2')])).toThrow(
      refusal,
    );
  });

  it('gets none where a restriction of another kind stands, on themselves or on others (SILENT)', () => {
    expect(() => checkRestrictionsAtHome('hanako', [by('hanako', null)])).toThrow(refusal);
    expect(() => checkRestrictionsAtHome('hanako', [by('hanako', 'measure-1'), by('hanako', null)])).toThrow(refusal);
    expect(() => checkRestrictionsAtHome('hanako', [by('hanako', 'measure-1'), by('jiro', null)])).toThrow(refusal);
  });

  it('gets one where nobody is restricted', () => {
    expect(() => checkRestrictionsAtHome('hanako', [])).not.toThrow();
  });
});

describe('An application for a copy at home', () => {
  const identityProof = { kind: 'CARD', cardNumber: 'AB0123456789', pin: '0000' };

  it('is for the applicant alone, without special items, where it says nothing else', () => {
    expect(HomeCopyApplication.parse({ identityProof })).toEqual({
      ...{ identityProof, whom: { kind: 'APPLICANT' }, items: [] },
    });
  });

  it('names no municipality: it is this one', () => {
    expect(HomeCopyApplication.safeParse({ identityProof, homeMunicipality: '131059' }).success).toBe(false);
  });
});
