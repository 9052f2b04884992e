import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { CloseAlarm, ListAlarms } from '#scripts/operator/procedures.js';
import { Desk } from '../support/desk.js';
import { BUNKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   clerk ── looks, looks, looks ──▶ Bunkyo ── alarm ──▶ supervisor's list, and the log
 */
const PURPOSE = '監査';

let network: TestNetwork;
let aResident: () => ResidentRecord;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [BUNKYO] });
  aResident = handingOut(new Town(network.people, BUNKYO).residents);
});
afterAll(() => network.remove());
beforeEach(() => network.clock.set('2016-05-27T10:00:00+09:00'));

async function alarms() {
  await network.node(BUNKYO).settled();
  return (await new Desk(network, BUNKYO).ask(ListAlarms, { purpose: PURPOSE })).alarms;
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
