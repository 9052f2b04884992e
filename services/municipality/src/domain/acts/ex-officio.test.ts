import { describe, expect, it } from '@jest/globals';
import { aCode } from '../../../../../test/support/records.js';
import { ExOfficioAct } from './ex-officio.js';

const on = '2016-05-20';
const residentRecordCode = aCode(1);
const acts = {
  entry: {
    ...{ since: on, address: '東京都文京区春日一丁目16番21号', relationship: '世帯主' },
    person: {
      ...{ name: '文京 太郎', nameReading: 'ブンキョウ タロウ', birthDate: '1980-04-01', sex: 'MALE' },
      ...{ nationality: 'ブラジル', residenceStatus: '永住者' },
    },
  },
  deletion: { people: [residentRecordCode], on },
  correction: { residentRecordCode, on, name: '文京 一郎' },
  minorCorrection: { residentRecordCode, on, name: '文京 太郎' },
  codeCorrection: { residentRecordCode, on },
};
const isAct = (value: object) => ExOfficioAct.safeParse(value).success;

describe('An act ex officio (職権)', () => {
  it.each(Object.entries(acts))('is one of five: %s', (name, act) => {
    expect(isAct({ [name]: act })).toBe(true);
  });

  it('is not nothing, and not two at once', () => {
    expect(isAct({})).toBe(false);
    expect(isAct(acts)).toBe(false);
    expect(isAct({ deletion: acts.deletion, correction: acts.correction })).toBe(false);
    expect(isAct({ deletion: acts.deletion, correction: undefined })).toBe(true);
  });

  it.each([
    ['that deletes nobody', { deletion: { people: [], on } }],
    ['that deletes somebody twice', { deletion: { people: [residentRecordCode, residentRecordCode], on } }],
    ['that writes a code by hand', { correction: { ...acts.correction, correctCode: aCode(2) } }],
    ['that corrects a birth date as a minor matter', { minorCorrection: { ...acts.minorCorrection, birthDate: on } }],
    ['that corrects a code to none', { codeCorrection: { ...acts.codeCorrection, correctCode: '12345678901' } }],
    ['without the day of its cause', { codeCorrection: { residentRecordCode } }],
    [
      'that enters half a person',
      { entry: { ...acts.entry, person: { ...acts.entry.person, nationality: undefined } } },
    ],
    ['that is another', { merger: acts.deletion }],
  ])('is none %s', (_what, value) => expect(isAct(value)).toBe(false));
});
