import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Level, levelsOf } from '../support/levels.js';
import { IN_SHINJUKU, stranger } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   national centre   ledger ──┐
 *                              ├── digests over ranges of codes ──▶ compared by Bunkyo with its own
 *   Tokyo             ledger ──┘
 *                        ╳ one byte of one name, as on 26 March 2013
 */
let network: TestNetwork;
let aResident: () => ResidentRecord;
let single: () => ResidentRecord;
let resident: ResidentRecord;
let bunkyo: Level;
let tokyo: Level;
let national: Level;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  const town = new Town(network.people, BUNKYO);
  single = handingOut(town.singles);
  aResident = handingOut(town.residents.filter((one) => !town.singles.includes(one)));
  [bunkyo, tokyo, national] = levelsOf(network);
});
afterAll(() => network.remove());
beforeEach(async () => {
  resident = aResident();
  await network.settle();
});

const NONE = { differing: 0, repaired: 0, recovered: 0 };

/** Changes a row of an office's identity ledger behind its back, as a failing disk would. */
function damage(office: OfficeId, columns: object, { residentRecordCode } = resident): Promise<void> {
  return network.withIdentityLedger(office, async (ledger) => {
    const row = ledger.updateTable('identification_information').set(columns);
    await row.where('resident_record_code', '=', residentRecordCode).execute();
  });
}

/** The same name with its last byte one higher. */
function withOneByteElse(name: string): string {
  const bytes = Buffer.from(name);
  const last = bytes.length - 1;
  const other = (candidate: number) => Buffer.concat([bytes.subarray(0, last), Buffer.from([candidate])]).toString();
  return other((bytes[last] ?? 0) === 0xbf ? 0xbe : (bytes[last] ?? 0) + 1);
}

describe('One byte of one name is corrupted in the prefecture’s ledger', () => {
  it('is found by the check, is told to nobody from then on, and is as it was after the repair', async () => {
    const wrong = withOneByteElse(resident.name);
    expect(wrong).not.toBe(resident.name);
    await damage(TOKYO, { name: wrong });
    expect(await tokyo.look(resident)).toMatchObject({ name: wrong });
    expect(await bunkyo.check()).toEqual([
      { above: TOKYO, ...NONE, differing: 1 },
      { above: NATIONAL, ...NONE },
    ]);
    expect(await tokyo.look(resident)).toBe('IN_QUARANTINE');
    expect(await national.look(resident)).toMatchObject({ name: resident.name });
    expect(await bunkyo.check(true)).toMatchObject([{ differing: 1, repaired: 1 }, NONE]);
    expect(await tokyo.look(resident)).toMatchObject({ name: resident.name });
    await bunkyo.expectAgreement();
  });

  it('is logged at both ends, with whom it concerns and nothing of them', async () => {
    await damage(TOKYO, { name: withOneByteElse(resident.name) });
    const { entries } = await network.watch(() => bunkyo.check(true));
    const RESTATE = '/juki.propagation.v1.ConsistencyService/RestateHoldings';
    expect(entries(TOKYO).map(({ event, procedure }) => `${event} ${procedure}`)).toEqual([
      'ANSWERED /juki.propagation.v1.ConsistencyService/CompareRanges',
      'ANSWERED /juki.propagation.v1.ConsistencyService/CompareRanges',
      'ANSWERED /juki.propagation.v1.ConsistencyService/ListHoldings',
      'ANSWERED /juki.propagation.v1.ConsistencyService/ListHoldings',
      'ANSWERED /juki.propagation.v1.ConsistencyService/QuarantineHoldings',
      'RECORDED ledger/RESTATEMENT',
      `ANSWERED ${RESTATE}`,
    ]);
    const asked = entries(BUNKYO).filter(({ procedure }) => procedure === RESTATE);
    expect(asked.map(({ event, operator }) => [event, operator])).toEqual([
      ['ASKED', OPERATOR],
      ['ANSWER_RECEIVED', OPERATOR],
    ]);
    const logged = JSON.stringify([...entries(TOKYO), ...entries(BUNKYO), ...network.logLines]);
    for (const text of [resident.name, resident.residentRecordCode, resident.birthDate])
      expect(logged).not.toContain(text);
  });
});

describe('Something else of a ledger above is wrong', () => {
  it.each<[string, OfficeId, object]>([
    ['an address at the centre', NATIONAL, { address: '東京都文京区小石川九丁目9番' }],
    ['a birth date at the prefecture', TOKYO, { birth_date: '1900-01-01' }],
    ['a sex', TOKYO, { sex: 'unknown' }],
    ['a version that is too low', NATIONAL, { version: 1 }],
    ['an active record that is marked as deleted', TOKYO, { standing: 'DELETED' }],
    ['a record that is said to be another municipality’s', TOKYO, { municipality: '131041' }],
  ])('finds and repairs %s', async (_what, office, columns) => {
    await damage(office, columns);
    const level = office === TOKYO ? tokyo : national;
    const checks = await bunkyo.check(true);
    expect(checks.find(({ above }) => above === office)).toMatchObject({ differing: 1, repaired: 1 });
    expect(await level.look(resident)).toMatchObject({ name: resident.name, address: resident.address });
    await bunkyo.expectAgreement();
  });

  it('finds and repairs a deletion that a level has forgotten, and a code that lives on there after its change', async () => {
    const business = new DailyBusiness(network, BUNKYO);
    resident = single();
    const changed = aResident();
    const code = await business.changeCode(changed);
    await business.leaveForShinjuku(resident);
    await network.settle();
    await damage(TOKYO, { standing: 'ACTIVE', quarantined_at: null });
    await damage(TOKYO, { standing: 'ACTIVE', successor: null }, changed);
    expect(await bunkyo.check(true)).toMatchObject([{ differing: 2, repaired: 2 }, NONE]);
    expect(await tokyo.holding(resident)).toMatchObject({ standing: 'DELETED' });
    expect(await tokyo.holding(changed)).toMatchObject({ standing: 'SUPERSEDED', successor: code });
    await bunkyo.expectAgreement();
  });

  it('states a record anew that a level has lost, with the history that it has lost', async () => {
    resident = single();
    await new DailyBusiness(network, BUNKYO).rehouse(resident, '東京都文京区春日二丁目9番1号');
    await network.settle();
    await network.withIdentityLedger(NATIONAL, async (ledger) => {
      const { residentRecordCode: code } = resident;
      await ledger.deleteFrom('identification_information').where('resident_record_code', '=', code).execute();
      await ledger.deleteFrom('change_information').where('resident_record_code', '=', code).execute();
    });
    expect(await national.look(resident)).toBe('NOT_FOUND');
    expect(await bunkyo.check(true)).toMatchObject([NONE, { differing: 1, repaired: 1 }]);
    expect(await national.look(resident)).toMatchObject({ address: '東京都文京区春日二丁目9番1号' });
    expect(await national.changes(resident)).toMatchObject([{ reason: 'CHANGE_OF_ADDRESS' }]);
  });

  it('sets somebody apart whom a level has invented, and lists them for an officer, once, until the officer closes it', async () => {
    const code = new Town(network.people, BUNKYO).codeOfNobody();
    await network.withIdentityLedger(TOKYO, async (ledger) => {
      const row = { resident_record_code: code, name: '架空 太郎', birth_date: '1980-01-01', sex: 'MALE' as const };
      const rest = { address: '東京都文京区', standing: 'ACTIVE' as const, version: 7, municipality: '131059' };
      const whole = { ...row, ...rest, successor: null, quarantined_at: null, match_key: '' };
      await ledger.insertInto('identification_information').values(whole).execute();
    });
    expect(await bunkyo.check(true)).toMatchObject([{ differing: 1 }, NONE]);
    expect(await bunkyo.holding({ residentRecordCode: code })).toBeUndefined();
    expect(await tokyo.look({ residentRecordCode: code })).toBe('IN_QUARANTINE');
    await bunkyo.check(true);
    const [listed, ...others] = await bunkyo.discrepancies();
    expect([listed, others]).toMatchObject([
      { what: 'UNKNOWN_HERE', residentRecordCode: code, foundBy: TOKYO, municipality: '131059' },
      [],
    ]);
    await network.withIdentityLedger(TOKYO, async (ledger) => {
      await ledger.deleteFrom('identification_information').where('resident_record_code', '=', code).execute();
    });
    await bunkyo.close(listed?.discrepancyId ?? '', '実在しない。システム障害による');
    expect(await bunkyo.discrepancies()).toEqual([]);
    await bunkyo.expectAgreement();
  });
});

describe('Somebody is entered in Shinjuku who never departed from Bunkyo (ONE)', () => {
  it('is put onto the list of Bunkyo by the check, once, and the newer record stands above', async () => {
    resident = single();
    const { residentRecordCode, name, nameReading, birthDate, sex, becameResidentOn: since } = resident;
    const person = stranger(name, { nameReading, birthDate, sex });
    const entry = { since, address: IN_SHINJUKU, person, relationship: '世帯主', residentRecordCode };
    await new DailyBusiness(network, SHINJUKU).exOfficio({ entry });
    await network.settle();
    await bunkyo.check(true);
    await bunkyo.check(true);
    const [listed, ...others] = await bunkyo.discrepancies();
    expect([listed, others]).toMatchObject([{ what: 'RECORDED_ELSEWHERE', residentRecordCode }, []]);
    expect(await national.holding(resident)).toMatchObject({ municipality: '131041', standing: 'ACTIVE' });
    // The mayor has looked into it: they live in Shinjuku.
    await new DailyBusiness(network, BUNKYO).exOfficio({
      deletion: { people: [residentRecordCode], on: '2016-05-26' },
    });
    await bunkyo.close(listed?.discrepancyId ?? '', '新宿区に居住');
    await network.settle();
    await bunkyo.expectAgreement();
    expect(await national.holding(resident)).toMatchObject({ municipality: '131041', standing: 'ACTIVE' });
  });
});

describe('A check asks for no more than it needs', () => {
  it('sends one question where nothing differs, and as many as the digits of what differs need otherwise', async () => {
    const questions = async () => {
      const { entries } = await network.watch(() => bunkyo.check());
      return entries(TOKYO).filter(({ procedure }) => procedure.includes('ConsistencyService')).length;
    };
    const town = new Level(network, SHINJUKU);
    const { entries } = await network.watch(() => town.check());
    expect(entries(NATIONAL).filter(({ event }) => event === 'ANSWERED')).toHaveLength(1);
    const before = await questions();
    await damage(TOKYO, { address: '東京都文京区小石川九丁目9番' });
    expect(await questions()).toBeLessThanOrEqual(before + 6);
    await bunkyo.check(true);
  });
});
