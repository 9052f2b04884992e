import { describe, expect, it } from '@jest/globals';
import { nextVersion, versionAfterUnknown } from '#core/domain/change-version.js';
import { aMember, numberedIds, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import { certifiedPersonOf } from '../certificates/move-out-certificate.js';
import { decideMoveIn, freshCodesNeeded, type MoveInFacts } from './move-in.js';

const TODAY = '2016-05-27';
const HERE = '東京都国立市東一丁目1番1号';
const [TARO, HANAKO, JIRO] = [aCode(1), aCode(2), aCode(3)];

const left = { deletedOn: '2016-05-20', deletionReason: 'MOVE_OUT' as const, changeVersion: 41 };
const certified = [aMember(1, '世帯主', left), aMember(2, '妻', left), aMember(3, '子', left)].map((record) =>
  certifiedPersonOf(record, '文京 太郎'),
);
const person = {
  ...{ name: '国立 三郎', nameReading: 'クニタチ サブロウ', birthDate: '1985-03-03', sex: 'MALE' as const },
  ...{ registeredDomicile: '東京都国立市東一丁目1番地', firstListedPerson: '国立 三郎' },
};

type Entry = Parameters<typeof decideMoveIn>[0];

const fromBunkyo: Entry = {
  ...{ movedInOn: '2016-05-20', address: HERE, origin: 'MUNICIPALITY', certificates: ['JUKI1:'] },
  people: [{ relationship: '世帯主', residentRecordCode: TARO }],
  relationships: [],
};
const fromAbroad: Entry = {
  ...{ movedInOn: '2016-05-20', address: HERE, origin: 'ABROAD', certificates: [] },
  people: [{ relationship: '世帯主', residentRecordCode: TARO, person }],
  relationships: [],
};
const firstRecord: Entry = { ...fromAbroad, origin: 'FIRST_RECORD', people: [{ relationship: '世帯主', person }] };

const decide = (entry: Entry, facts: Partial<MoveInFacts> = {}) =>
  decideMoveIn(entry, {
    ...{ certified, joined: undefined, known: [], superseded: new Set(), freshCodes: [aCode(91), aCode(92)] },
    ...{ today: TODAY, newId: numberedIds(), ...facts },
  });

describe('People who move in with a move-out certificate', () => {
  it('are entered with what the certificate says of them, and the code that they had (FOLLOW)', () => {
    const { kind, causeOn, deadline, before, after } = decide(fromBunkyo);
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'MOVE_IN', causeOn: '2016-05-20', deadline: '2016-06-03', before: [] },
    });
    expect(after).toEqual([
      {
        ...aMember(1, '世帯主', { recordId: 'id-2', householdId: 'id-1', address: HERE }),
        ...{ becameResidentOn: '2016-05-20', notifiedOn: TODAY, previousAddress: '東京都文京区春日一丁目16番21号' },
        ...{ changeVersion: 42 },
      },
    ]);
  });

  it('are entered with the version that the certificate hands over, so that it follows their deletion (CHAIN)', () => {
    expect(decide(fromBunkyo, { today: '2016-06-30' }).after[0]?.changeVersion).toBe(42);
  });

  it('stand in one new household, as they are stated, whatever they were to each other before', () => {
    const people = [
      { relationship: '世帯主', residentRecordCode: HANAKO },
      { relationship: '夫', residentRecordCode: TARO },
      { relationship: '子', residentRecordCode: JIRO },
    ];
    const { after } = decide({ ...fromBunkyo, people });
    expect(new Set(after.map(({ householdId }) => householdId))).toEqual(new Set(['id-1']));
    expect(new Set(after.map(({ recordId }) => recordId)).size).toBe(3);
    expect(after.map(({ relationship }) => relationship)).toEqual(['世帯主', '夫', '子']);
  });

  it('are the householder where one comes alone, whatever was stated', () => {
    const people = [{ relationship: '子', residentRecordCode: JIRO }];
    expect(decide({ ...fromBunkyo, people }).after[0]?.relationship).toBe('世帯主');
  });

  it('come back with their old record left as it was, where they lived here before', () => {
    const known = [aMember(1, '世帯主', { recordId: 'old', deletedOn: '2012-01-01', deletionReason: 'MOVE_OUT' })];
    const { before, after } = decide(fromBunkyo, { known });
    expect([before, after.map(({ recordId }) => recordId)]).toEqual([[], ['id-2']]);
  });

  it('may have changed their name since they lived here', () => {
    const known = [aMember(1, '世帯主', { name: '旧姓 太郎', deletedOn: '2012-01-01', deletionReason: 'MOVE_OUT' })];
    expect(decide(fromBunkyo, { known }).after).toHaveLength(1);
  });
});

describe('A move-in with a certificate is refused', () => {
  it('as CERTIFICATE_REQUIRED without one', () => {
    const without = { ...fromBunkyo, certificates: [] };
    expect(() => decide(without, { certified: [] })).toThrow(refusedAs('CERTIFICATE_REQUIRED'));
  });

  it('as CERTIFICATE_NOT_VALID where it names somebody else, for all who come', () => {
    const fault = 'names somebody whom no certificate names';
    const people = [...fromBunkyo.people, { relationship: '妻', residentRecordCode: aCode(9) }];
    expect(() => decide({ ...fromBunkyo, people })).toThrow(
      refusedAs('CERTIFICATE_NOT_VALID', { field: 'people', fault }),
    );
  });

  it('as ALREADY_REGISTERED where the code is on this register (ONE)', () => {
    const known = [aMember(1, '世帯主')];
    expect(() => decide(fromBunkyo, { known })).toThrow(refusedAs('ALREADY_REGISTERED'));
  });

  it('as CODE_CONTRADICTED where the code has become another one here', () => {
    expect(() => decide(fromBunkyo, { superseded: new Set([TARO]) })).toThrow(refusedAs('CODE_CONTRADICTED'));
  });

  it.each([{ birthDate: '1980-04-02' }, { sex: 'FEMALE' as const }])(
    'as CODE_CONTRADICTED where somebody else had the code here: %j',
    (differing) => {
      const known = [aMember(1, '世帯主', { ...differing, deletedOn: '2012-01-01', deletionReason: 'DEATH' })];
      expect(() => decide(fromBunkyo, { known })).toThrow(refusedAs('CODE_CONTRADICTED'));
    },
  );

  it('as CERTIFICATE_NOT_VALID where they have been here, and have moved out again, since it was issued', () => {
    const refusal = refusedAs('CERTIFICATE_NOT_VALID', { field: 'people', fault: 'is not of the last move-out' });
    const since = (changeVersion: number) => [aMember(1, '世帯主', { ...left, recordId: 'since', changeVersion })];
    for (const version of [42, 43]) expect(() => decide(fromBunkyo, { known: since(version) })).toThrow(refusal);
    expect(decide(fromBunkyo, { known: since(41) }).after).toHaveLength(1);
  });

  it('where it names one person twice: nobody has two records (ONE)', () => {
    const people = [...fromBunkyo.people, { relationship: '子', residentRecordCode: TARO }];
    expect(() => decide({ ...fromBunkyo, people })).toThrow(expect.objectContaining({ name: 'Refusal' }));
  });
});

describe('The day of a move-in', () => {
  const refusal = (what: string) => refusedAs('DATE_NOT_POSSIBLE', { field: 'movedInOn', fault: what });

  it('may be today, and is refused when it is tomorrow', () => {
    expect(decide({ ...fromBunkyo, movedInOn: TODAY }).causeOn).toBe(TODAY);
    expect(() => decide({ ...fromBunkyo, movedInOn: '2016-05-28' })).toThrow(refusal('lies in the future'));
  });

  it('may be the day of birth, and is refused when it is the day before', () => {
    const baby = [{ relationship: '世帯主', person: { ...person, birthDate: '2016-05-20' } }];
    expect(decide({ ...firstRecord, people: baby }).after).toHaveLength(1);
    expect(() => decide({ ...firstRecord, people: baby, movedInOn: '2016-05-19' })).toThrow(
      refusal('lies before the birth of one of them'),
    );
  });
});

describe('People who come back from abroad', () => {
  it('keep the code that the last municipality wrote, with a version above whatever that can have used', () => {
    const { after } = decide({ ...fromAbroad, previousAddress: 'ブラジル' });
    expect(after).toMatchObject([
      {
        ...{ ...person, residentRecordCode: TARO, commonName: null, nationality: null, municipalItems: '' },
        ...{ previousAddress: 'ブラジル', changeVersion: versionAfterUnknown(TODAY) },
      },
    ]);
  });

  it('go on above their move-out from here and what its certificate handed over', () => {
    const ahead = versionAfterUnknown(TODAY) + 7;
    const { name, birthDate, sex } = person;
    const last = { name, birthDate, sex, deletedOn: '2016-05-26', deletionReason: 'MOVE_OUT' as const };
    const known = [aMember(1, '世帯主', { ...last, changeVersion: ahead })];
    expect(decide(fromAbroad, { known }).after[0]?.changeVersion).toBe(ahead + 2);
  });

  it('get a fresh code where theirs can not be found', () => {
    const people = [{ relationship: '世帯主', person }];
    const [record] = decide({ ...fromAbroad, people }).after;
    expect(record).toMatchObject({ residentRecordCode: aCode(91), changeVersion: nextVersion(0, TODAY) });
  });
});

describe('People who are recorded for the first time', () => {
  const sister = { ...person, name: '国立 四葉', sex: 'FEMALE' as const };
  const two = [...firstRecord.people, { relationship: '妹', person: sister }];

  it('get a fresh code each, all different', () => {
    const { after } = decide({ ...firstRecord, people: two });
    expect(after.map(({ residentRecordCode }) => residentRecordCode)).toEqual([aCode(91), aCode(92)]);
  });

  it('leave the codes that were handed in as they were', () => {
    const freshCodes = [aCode(91), aCode(92)];
    decide({ ...firstRecord, people: two }, { freshCodes });
    expect(freshCodes).toEqual([aCode(91), aCode(92)]);
  });

  it('need as many fresh codes as have none', () => {
    expect([fromBunkyo, fromAbroad, firstRecord, { people: two }].map(freshCodesNeeded)).toEqual([0, 0, 1, 2]);
  });

  it('are refused as CODES_EXHAUSTED where there are fewer', () => {
    expect(() => decide({ ...firstRecord, people: two }, { freshCodes: [aCode(91)] })).toThrow(
      refusedAs('CODES_EXHAUSTED'),
    );
  });

  it('are refused as ALREADY_REGISTERED where somebody alike lives at that address: a repeated notification', () => {
    const { birthDate, sex } = person;
    const alike = aMember(9, '世帯主', { name: '国立　三郎', birthDate, sex, address: HERE });
    expect(() => decide(firstRecord, { known: [alike] })).toThrow(refusedAs('ALREADY_REGISTERED'));
    expect(() => decide(fromAbroad, { known: [alike] })).toThrow(refusedAs('ALREADY_REGISTERED'));
  });

  it.each([
    { address: '東京都国立市西二丁目1番1号' },
    { birthDate: '1985-03-04' },
    { name: '国立 五郎' },
    { deletedOn: '2012-01-01' },
  ])('are entered where somebody is like them but for %j', (differing) => {
    const { name, birthDate, sex } = person;
    const alike = aMember(9, '世帯主', { name, birthDate, sex, address: HERE, ...differing });
    expect(decide(firstRecord, { known: [alike] }).after).toHaveLength(1);
  });
});
