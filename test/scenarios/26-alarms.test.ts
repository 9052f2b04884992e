import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { enterOperator, findOperator } from '#core/storage/operators.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { ownOf } from '#scripts/network/seed-operators.js';
import { CloseAlarm, ListAlarms } from '#scripts/operator/procedures.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { search } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk ── looks, looks, looks ──▶ Bunkyo ── alarm ──▶ supervisor's list, and the log
 *   clerk ── own family ──▶ Bunkyo, or Shinjuku and on to Bunkyo ── alarm ──▶ the list of the clerk's office
 */
const PURPOSE = '監査';

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [BUNKYO, SHINJUKU] });
  aResident = handingOut(new Town(network.people, BUNKYO).residents);
});
afterEach(() => network.remove());

async function alarms(office = BUNKYO) {
  await network.node(office).settled();
  return (await new Desk(network, office).ask(ListAlarms, { purpose: PURPOSE })).alarms;
}

describe.each(WAYS)('An operator of Bunkyo looks at somebody at night, over $way', ({ way }) => {
  it('raises an alarm, once a night, which another operator closes', async () => {
    const operator = way === 'gRPC' ? 'operator-1' : SECOND_OPERATOR;
    const other = way === 'gRPC' ? SECOND_OPERATOR : 'operator-1';
    const desk = new RegisterDesk(network, BUNKYO, way, operator);
    const [one, another] = [aResident(), aResident()];
    await desk.record(one);
    expect(await alarms()).toEqual([]);
    network.clock.set('2016-05-27T23:00:00+09:00');
    const from = await network.node(BUNKYO).audit.size();
    await desk.record(one);
    await desk.record(another);
    const [alarm, ...more] = await alarms();
    expect([alarm, more]).toMatchObject([{ pattern: 'PATTERN_ODD_HOURS', operator }, []]);
    const entries = await network.node(BUNKYO).audit.entries(from);
    expect(entries.filter(({ procedure }) => procedure === 'alarm/ODD_HOURS')).toHaveLength(1);
    const closing = { alarmId: alarm?.alarmId ?? '', finding: '災害対応' };
    expect(await new Desk(network, BUNKYO, operator).refusalOf(CloseAlarm, closing)).toBe('NOT_FOUND');
    expect(await new Desk(network, BUNKYO, other).refusalOf(CloseAlarm, closing)).toBeUndefined();
    expect(await alarms()).toEqual([]);
  });
});

describe('An operator of Bunkyo searches for household after household', () => {
  it('raises an alarm once forty people were found: each of them counts, not each search', async () => {
    const desk = new RegisterDesk(network, BUNKYO, 'gRPC', SECOND_OPERATOR);
    const addresses = [...new Set(new Town(network.people, BUNKYO).residents.map(({ address }) => address))];
    const seen = new Set<string>();
    let searches = 0;
    while (seen.size < 40) {
      const { residentRecords } = await desk.ask(search, { purpose: '照会', address: addresses[searches] });
      for (const { residentRecordCode } of residentRecords) seen.add(residentRecordCode);
      searches += 1;
    }
    expect(searches).toBeLessThan(40);
    expect(await alarms()).toMatchObject([{ pattern: 'PATTERN_MANY_PEOPLE', operator: SECOND_OPERATOR }]);
  });
});

describe('An operator of Bunkyo looks at forty people within an hour and does nothing for them', () => {
  it('raises an alarm that names the operator, and in the technical log nobody else', async () => {
    const desk = new RegisterDesk(network, BUNKYO);
    const people = Array.from({ length: 40 }, aResident);
    const before = network.logLines.length;
    for (const person of people) await desk.record(person);
    const [alarm] = await alarms();
    expect(alarm).toMatchObject({ pattern: 'PATTERN_MANY_PEOPLE', operator: 'operator-1', residentRecordCode: '' });
    const told = network.logLines.slice(before).filter((line) => line.includes('misuse'));
    expect(told).toHaveLength(1);
    for (const { name, residentRecordCode } of people) {
      expect(told.join()).not.toContain(name);
      expect(told.join()).not.toContain(residentRecordCode);
    }
  });
});

/** Somebody of the household that a seeded operator of Bunkyo lives in. */
function familyOf(nth: number): ResidentRecord {
  const own = ownOf(network.people, BUNKYO, nth);
  const found = new Town(network.people, BUNKYO).records.find(
    ({ name, address, deletedOn }) => name === own?.name && address === own.address && deletedOn === null,
  );
  if (!found) throw new RangeError('the operator does not live in Bunkyo');
  return found;
}

describe.each([
  { way: 'gRPC' as const, nth: 0, operator: OPERATOR, other: SECOND_OPERATOR },
  { way: 'HTTPS' as const, nth: 1, operator: SECOND_OPERATOR, other: OPERATOR },
])('An operator of Bunkyo looks at their own household, over $way', ({ way, nth, operator, other }) => {
  it('raises an alarm, whereas colleagues may look; and it can be closed by one of them alone', async () => {
    const member = familyOf(nth);
    const before = network.logLines.length;
    await new RegisterDesk(network, BUNKYO, way, other).record(member);
    expect(await alarms()).toEqual([]);
    const from = await network.node(BUNKYO).audit.size();
    await new RegisterDesk(network, BUNKYO, way, operator).household(member);
    const [alarm, ...more] = await alarms();
    expect([alarm, more]).toMatchObject([{ pattern: 'PATTERN_OWN_FAMILY', operator }, []]);
    const entries = await network.node(BUNKYO).audit.entries(from);
    expect(entries.filter(({ procedure }) => procedure === 'alarm/OWN_FAMILY')).toHaveLength(1);
    const told = network.logLines.slice(before).join();
    for (const { name, residentRecordCode, address } of new Town(network.people, BUNKYO).household(member))
      for (const text of [name, residentRecordCode, address]) expect(told).not.toContain(text);
    const closing = { alarmId: alarm?.alarmId ?? '', finding: '本人の申告' };
    expect(await new Desk(network, BUNKYO, operator).refusalOf(CloseAlarm, closing)).toBe('NOT_FOUND');
    expect(await new Desk(network, BUNKYO, other).refusalOf(CloseAlarm, closing)).toBeUndefined();
    expect(await alarms()).toEqual([]);
  });
});

describe('An operator of Shinjuku who lives in Bunkyo issues a copy for their own family', () => {
  it('raises an alarm in Shinjuku, which knows the family by Bunkyo’s answer alone; and in Bunkyo none', async () => {
    const town = new Town(network.people, BUNKYO);
    const { name, address } = town.memberOfFour;
    await network.withIdentityLedger(SHINJUKU, async (ledger) => {
      const known = await findOperator(ledger, OPERATOR);
      if (known) await enterOperator(ledger, { ...known, own: { name, address } });
    });
    const copy = await overGrpc.apply(network, SHINJUKU, byPhotoId(town.memberOfFour));
    expect(copy.copy?.records).toHaveLength(1);
    expect(await alarms(SHINJUKU)).toMatchObject([{ pattern: 'PATTERN_OWN_FAMILY', operator: OPERATOR }]);
    expect(await alarms(BUNKYO)).toEqual([]);
  });
});
