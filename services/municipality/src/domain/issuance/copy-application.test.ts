import { describe, expect, it } from '@jest/globals';
import { CopyApplication } from './copy-application.js';

const CARD = { kind: 'CARD', cardNumber: 'JC0000000001', pin: '0123' };
const PASSPORT = {
  kind: 'PHOTO_ID',
  document: 'PASSPORT',
  expiresOn: '2018-05-01',
  showsPresentAddress: false,
  name: '𠮷田 花子',
  stated: { birthDate: '1980-04-01', sex: 'FEMALE' },
};
const LEAST = { homeMunicipality: '132152', identityProof: CARD };

/** The paths at which an application is at fault. */
function faults(application: unknown): string[] {
  const { error } = CopyApplication.safeParse(application);
  return (error?.issues ?? []).map((issue) => issue.path.join('.'));
}

const withCard = (parts: object) => faults({ ...LEAST, identityProof: { ...CARD, ...parts } });
const withPhotoId = (parts: object) => faults({ ...LEAST, identityProof: { ...PASSPORT, ...parts } });
const withNames = (...names: unknown[]) => faults({ ...LEAST, whom: { kind: 'NAMED_MEMBERS', names } });

describe('An application for a copy', () => {
  it('says at least where the applicant is registered and who they are; then it is for the applicant alone', () => {
    expect(CopyApplication.parse(LEAST)).toEqual({ ...LEAST, whom: { kind: 'APPLICANT' }, items: [] });
  });

  it('may be made with a photo ID and the code, or birth date and sex', () => {
    expect(withPhotoId({})).toEqual([]);
    expect(withPhotoId({ stated: { residentRecordCode: '24727059608' } })).toEqual([]);
  });

  it('may be for the whole household or for up to twenty of its members, with items of Article 7', () => {
    expect(faults({ ...LEAST, whom: { kind: 'WHOLE_HOUSEHOLD' }, items: [1, 2, 3, 4, 6, 7, 8, 13] })).toEqual([]);
    expect(withNames(...Array(20).fill('髙橋 太郎'))).toEqual([]);
  });

  it('may name items that are never in a copy: the refusal of those has a reason of its own', () => {
    expect(faults({ ...LEAST, items: [5, 9, 10, 11, 12, 14] })).toEqual([]);
  });

  it('takes names in every script, of up to a hundred characters', () => {
    expect(withNames('葛\u{E0101}城 花子', 'ＧＡＲＣＩＡ', '𠮷'.repeat(100))).toEqual([]);
  });
});

describe('An application is refused, and the field at fault is named', () => {
  it.each(['', '13215', '1321520', '132150', '13215X', '１３２１５２', 132152])('with home %j', (homeMunicipality) => {
    expect(faults({ ...LEAST, homeMunicipality })).toEqual(['homeMunicipality']);
  });

  it.each(['', 'JC000000001', 'JC00000000011', 'jc0000000001', '../JC0000000001', 'JC00000000/1', 'JC0000000001\n'])(
    'with the card number %j',
    (cardNumber) => expect(withCard({ cardNumber })).toEqual(['identityProof.cardNumber']),
  );

  it.each(['', '123', '12345', '12 4', '１２３４', '123\n', 1234])('with the PIN %j', (pin) => {
    expect(withCard({ pin })).toEqual(['identityProof.pin']);
  });

  it('with a birth date that the calendar does not have', () => {
    expect(withPhotoId({ stated: { birthDate: '1981-02-29', sex: 'FEMALE' } })).toEqual([
      'identityProof.stated.birthDate',
    ]);
  });

  it.each(['2015-02-29', '2016-02-30', '2016-13-01', '2016-5-1', '28.5.2016', ''])('with the last day %j', (day) => {
    expect(withPhotoId({ expiresOn: day })).toEqual(['identityProof.expiresOn']);
  });

  it.each(['24727059609', '70935378190', '2472705960', '247270596080', '%'])('with the code %j', (code) => {
    expect(withPhotoId({ stated: { residentRecordCode: code } })).toEqual(['identityProof.stated.residentRecordCode']);
  });

  it.each([
    ['a birth date without a sex', { birthDate: '1980-04-01' }],
    ['a sex without a birth date', { sex: 'FEMALE' }],
    ['a sex that records do not have', { birthDate: '1980-04-01', sex: 'female' }],
    ['both a code and a birth date', { birthDate: '1980-04-01', sex: 'FEMALE', residentRecordCode: '24727059608' }],
    ['nothing', {}],
  ])('with %s stated', (_what, stated) => expect(withPhotoId({ stated })).toEqual(['identityProof.stated']));

  it.each(['', ' ', '　', '花子\n', '花\0子', '花\u0085子', '\u001b[31m花子', '𠮷'.repeat(101)])(
    'with the name %j',
    (name) => {
      expect(withPhotoId({ name })).toContain('identityProof.name');
      expect(withNames('髙橋 太郎', name)).toContain('whom.names.1');
    },
  );

  it('with nobody named, with twenty-one people named, and with names where no names belong', () => {
    expect(withNames()).toEqual(['whom.names']);
    expect(withNames(...Array(21).fill('髙橋 太郎'))).toEqual(['whom.names']);
    expect(faults({ ...LEAST, whom: { kind: 'APPLICANT', names: ['髙橋 太郎'] } })).toEqual(['whom']);
    expect(faults({ ...LEAST, whom: { kind: 'EVERYBODY' } })).toEqual(['whom.kind']);
  });

  it.each([0, 15, -1, 4.5, '4', null])('with the item %j, which Article 7 does not have', (item) => {
    expect(faults({ ...LEAST, items: [1, item] })).toEqual(['items.1']);
  });

  it('with more items than there are', () => {
    expect(faults({ ...LEAST, items: Array(15).fill(4) })).toEqual(['items']);
  });

  it('with a key that no application has, at any depth (DATA)', () => {
    expect(faults({ ...LEAST, agent: '代理人' })).toEqual(['']);
    expect(withCard({ individualNumber: '123456789018' })).toEqual(['identityProof']);
    expect(withPhotoId({ address: '東京都' })).toEqual(['identityProof']);
  });

  it('without a home or a proof of identity, and with both a card and a photo ID', () => {
    expect(faults({})).toEqual(['homeMunicipality', 'identityProof']);
    expect(faults({ ...LEAST, identityProof: { ...PASSPORT, ...CARD } })).toEqual(['identityProof']);
    expect(faults({ ...LEAST, identityProof: { kind: 'AGENT' } })).toEqual(['identityProof.kind']);
  });
});
