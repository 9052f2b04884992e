import { describe, expect, it } from '@jest/globals';
import { versionAfterUnknown } from '#core/domain/change-version.js';
import { aHousehold, aMember, numberedIds, refusedAs } from '../../../../../test/support/households.js';
import { aCode } from '../../../../../test/support/records.js';
import type { ExOfficioEntry } from './ex-officio.js';
import { decideExOfficioEntry } from './ex-officio-entry.js';
import type { MoveInFacts } from './move-in.js';

const TODAY = '2016-05-27';
const HERE = '東京都文京区春日一丁目16番21号';
const entry: ExOfficioEntry = {
  ...{ since: '2014-04-01', address: HERE, relationship: '世帯主', relationships: [] },
  person: {
    ...{ name: '文京 三郎', nameReading: 'ブンキョウ サブロウ', birthDate: '1985-03-03', sex: 'MALE' },
    ...{ registeredDomicile: '東京都文京区春日一丁目1番地', firstListedPerson: '文京 三郎' },
  },
};

const decide = (differing: Partial<ExOfficioEntry> = {}, facts: Partial<MoveInFacts> = {}) =>
  decideExOfficioEntry(
    { ...entry, ...differing },
    {
      ...{ certified: [], joined: undefined, known: [], superseded: new Set<string>(), freshCodes: [aCode(91)] },
      ...{ today: TODAY, newId: numberedIds(), ...facts },
    },
  );

describe('Somebody who lives here and notified nothing', () => {
  it('is entered ex officio since the day on which they came, without a deadline', () => {
    const { kind, causeOn, deadline, before, after } = decide();
    expect({ kind, causeOn, deadline, before }).toEqual({
      ...{ kind: 'EX_OFFICIO_ENTRY', causeOn: '2014-04-01', deadline: null, before: [] },
    });
    expect(after).toMatchObject([
      { ...entry.person, address: HERE, becameResidentOn: '2014-04-01', notifiedOn: TODAY },
    ]);
  });

  it('gets a fresh code where they have none, or it can not be found', () => {
    expect(decide().after[0]?.residentRecordCode).toBe(aCode(91));
  });

  it('keeps their last code, with a version above whatever it was used with (FOLLOW)', () => {
    const [record] = decide({ residentRecordCode: aCode(5) }, { freshCodes: [] }).after;
    expect(record).toMatchObject({ residentRecordCode: aCode(5), changeVersion: versionAfterUnknown(TODAY) });
  });

  it('may join a household, in its order', () => {
    const joined = aHousehold([aMember(1, '世帯主')]);
    const { before, after } = decide({ joinHouseholdOf: aCode(1), relationship: '弟' }, { joined });
    expect(before).toEqual(joined.members);
    expect(after.map(({ householdId, relationship }) => [householdId, relationship])).toEqual([
      [joined.householdId, '世帯主'],
      [joined.householdId, '弟'],
    ]);
  });
});

describe('An entry ex officio is refused', () => {
  it('as ALREADY_REGISTERED where they are on the register under the code, or alike at that address (ONE)', () => {
    const { name, birthDate, sex } = entry.person;
    const known = [aMember(5, '世帯主', { name, birthDate, sex })];
    expect(() => decide({ residentRecordCode: aCode(5) }, { known })).toThrow(refusedAs('ALREADY_REGISTERED'));
    expect(() => decide({}, { known })).toThrow(refusedAs('ALREADY_REGISTERED'));
  });

  it('as CODE_CONTRADICTED where the code was somebody else’s, or has become another one', () => {
    const known = [aMember(5, '世帯主', { deletedOn: '2012-01-01', deletionReason: 'DEATH' })];
    expect(() => decide({ residentRecordCode: aCode(5) }, { known })).toThrow(refusedAs('CODE_CONTRADICTED'));
    expect(() => decide({ residentRecordCode: aCode(5) }, { superseded: new Set([aCode(5)]) })).toThrow(
      refusedAs('CODE_CONTRADICTED'),
    );
  });

  it('as NO_SUCH_HOUSEHOLD where nobody of the household that they join is there', () => {
    expect(() => decide({ joinHouseholdOf: aCode(1) })).toThrow(
      refusedAs('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' }),
    );
  });

  it('as CODES_EXHAUSTED where there is no code left', () => {
    expect(() => decide({}, { freshCodes: [] })).toThrow(refusedAs('CODES_EXHAUSTED'));
  });

  it('as DATE_NOT_POSSIBLE since tomorrow or since the day before birth, not since today or the day of birth', () => {
    const refusal = expect.objectContaining({ reason: 'DATE_NOT_POSSIBLE' });
    for (const since of ['2016-05-28', '1985-03-02']) expect(() => decide({ since })).toThrow(refusal);
    for (const since of [TODAY, '1985-03-03']) expect(decide({ since }).causeOn).toBe(since);
  });
});
