import { describe, expect, it } from '@jest/globals';
import { aCode, aRecord } from '../../../../../test/support/records.js';
import { Person } from '../register/person.js';
import { certificateText, certifiedPersonOf } from './move-out-certificate.js';

const left = {
  deletedOn: '2016-06-10',
  deletionReason: 'MOVE_OUT' as const,
  destination: '東京都国立市東一丁目1番1号',
};
const taro = certifiedPersonOf(aRecord({ ...left, changeVersion: 41 }), '文京 太郎');
const maria = certifiedPersonOf(
  aRecord({
    ...{ ...left, name: 'GARCIA MARIA', commonName: '文京 まりあ', sex: 'FEMALE', relationship: '妻' },
    ...{ registeredDomicile: null, firstListedPerson: null, nationality: 'ブラジル', residenceStatus: '永住者' },
    residentRecordCode: aCode(2),
  }),
  '文京 太郎',
);

describe('What is certified of somebody who moves out', () => {
  it('is items 1 to 5 and 13, the items of the municipality, and the version to go on with', () => {
    expect(taro).toEqual({
      person: {
        ...{ name: '文京 太郎', nameReading: 'ブンキョウ タロウ', birthDate: '1980-04-01', sex: 'MALE' },
        ...{ registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: '文京 太郎' },
      },
      ...{ householderName: '文京 太郎', relationship: '世帯主', previousAddress: '東京都文京区春日一丁目16番21号' },
      ...{ municipalItems: '{"9":"登載"}', residentRecordCode: aCode(1), version: 42 },
    });
  });

  it('is nationality, residence status and common name of a foreign resident', () => {
    expect(maria.person).toEqual({
      ...{ name: 'GARCIA MARIA', nameReading: 'ブンキョウ タロウ', commonName: '文京 まりあ' },
      ...{ birthDate: '1980-04-01', sex: 'FEMALE', nationality: 'ブラジル', residenceStatus: '永住者' },
    });
  });

  it('is a person as the destination reads one', () => {
    for (const { person } of [taro, maria]) expect(Person.parse(person)).toEqual(person);
  });
});

describe('A move-out certificate on paper (転出証明書)', () => {
  const certificate = {
    ...{ number: '131059-20160527-0a1b2c3d', origin: '131059', destination: '東京都国立市東一丁目1番1号' },
    ...{ plannedOn: '2016-06-10', issuedOn: '2016-05-27', people: [taro, maria] },
  };
  const text = certificateText(certificate, '文京区長');
  const lines = text.split('\n');

  it('says where they go and when, by whom it was issued and on which day', () => {
    expect(lines).toEqual(
      expect.arrayContaining([
        '証明書番号　　　　　131059-20160527-0a1b2c3d',
        '転出先　　　　　　　東京都国立市東一丁目1番1号',
        '転出予定年月日　　　平成28年6月10日',
        '上記のとおり転出の届出があったことを証明する。',
        '平成28年5月27日　文京区長',
      ]),
    );
  });

  it('has a block for each person, in their order', () => {
    expect(lines.filter((line) => line.startsWith('氏名')).map((line) => line.slice(10))).toEqual([
      ...['文京 太郎', 'GARCIA MARIA'],
    ]);
    expect(lines.filter((line) => line.startsWith('住民票コード')).map((line) => line.slice(10))).toEqual([
      ...[aCode(1), aCode(2)],
    ]);
  });

  it('has the family register of a Japanese, and nationality and residence status of a foreign resident', () => {
    const starting = (label: string) => lines.filter((line) => line.startsWith(label));
    expect([starting('本籍'), starting('筆頭者')]).toEqual([
      ['本籍　　　　　　　　東京都文京区春日一丁目1番地'],
      ['筆頭者　　　　　　　文京 太郎'],
    ]);
    expect([starting('国籍・地域'), starting('在留資格'), starting('通称')]).toEqual([
      ['国籍・地域　　　　　ブラジル'],
      ['在留資格　　　　　　永住者'],
      ['通称　　　　　　　　文京 まりあ'],
    ]);
  });

  it('prints no items of the municipality, and no version', () => {
    expect(text).not.toContain('登載');
    expect(lines.some((line) => line.endsWith('42'))).toBe(false);
  });
});
