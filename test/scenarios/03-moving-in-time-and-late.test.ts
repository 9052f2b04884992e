import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { arrivingInShinjuku, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { moveIn, moveOut, type PlainReceipt } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo:   転出届   before leaving        ──────▶ planned day: the last one in time
 *   Shinjuku: 転入届   within 14 days        day of moving in + 14: the last one in time
 *                     a late one is taken, and marked
 */
describe.each(WAYS)('Somebody moves from Bunkyo to Shinjuku, in time or late, over $way', ({ way }) => {
  let network: TestNetwork;
  let aResident: () => ResidentRecord;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, SHINJUKU, BUNKYO] });
    aResident = handingOut(new Town(network.people, BUNKYO).singles);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    shinjuku = new RegisterDesk(network, SHINJUKU, way);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const leave = (resident: ResidentRecord, more: object = {}): Promise<PlainReceipt> =>
    bunkyo.receipt(moveOut, leavingForShinjuku([resident], more), 'MOVE_OUT');

  it.each([
    { when: 'on the planned day, at its last minute, in time', at: '2016-05-27T23:59:00+09:00', late: false },
    { when: 'on the day after, at its first minute, late', at: '2016-05-28T00:00:00+09:00', late: true },
  ])('takes a move-out notification $when', async ({ at, late }) => {
    const resident = aResident();
    network.clock.set(at);
    expect(await leave(resident, { plannedOn: '2016-05-27' })).toMatchObject({ deadline: '2016-05-27', late });
    const { act, residentRecord } = await bunkyo.newest(resident);
    expect(act).toMatchObject({ causeOn: '2016-05-27', acceptedOn: late ? '2016-05-28' : '2016-05-27', late });
    expect(residentRecord).toMatchObject({ deletedOn: '2016-05-27' });
  });

  it.each([
    { when: 'on the 14th day after moving in, in time', at: '2016-06-14T16:59:00+09:00', late: false },
    { when: 'on the 14th day, while it is still the 14th in Tokyo', at: '2016-06-14T14:59:59Z', late: false },
    { when: 'on the 15th day, when it has just begun in Tokyo, late', at: '2016-06-14T15:00:00Z', late: true },
  ])('takes a move-in notification $when', async ({ at, late }) => {
    const resident = aResident();
    const out = await leave(resident);
    network.clock.set(at);
    const arriving = arrivingInShinjuku([resident], out, { movedInOn: '2016-05-31' });
    expect(await shinjuku.receipt(moveIn, arriving, 'MOVE_IN')).toMatchObject({ deadline: '2016-06-14', late });
    const { act, residentRecord } = await shinjuku.newest(resident);
    expect(act).toMatchObject({ kind: 'MOVE_IN', causeOn: '2016-05-31', late });
    const notifiedOn = late ? '2016-06-15' : '2016-06-14';
    expect(residentRecord).toMatchObject({ becameResidentOn: '2016-05-31', notifiedOn });
  });

  it('refuses a move-in of tomorrow, and takes it tomorrow', async () => {
    const resident = aResident();
    const out = await leave(resident);
    const arriving = arrivingInShinjuku([resident], out, { movedInOn: '2016-05-28' });
    const refusal = await shinjuku.refused(moveIn, arriving, 'DATE_NOT_POSSIBLE');
    expect(refusal.fault).toBe('lies in the future');
    network.clock.set('2016-05-28T09:00:00+09:00');
    expect(await shinjuku.receipt(moveIn, arriving, 'MOVE_IN')).toMatchObject({ late: false });
  });

  it('takes the notification of an agent with a letter of attorney, and of nobody without one', async () => {
    const resident = aResident();
    const agent = { name: '代理 人子' };
    const without = leavingForShinjuku([resident], { notifier: withPassport(agent) });
    await bunkyo.refused(moveOut, without, 'NOTIFIER_NOT_ENTITLED');
    await leave(resident, { notifier: withPassport(agent, { letterOfAttorney: true }) });
    expect((await bunkyo.newest(resident)).act).toMatchObject({
      ...{ notifierName: agent.name, notifierStanding: 'AGENT', notifierDocument: 'PASSPORT' },
    });
  });

  it('takes the notification of somebody who shows a card and keys in its PIN, and refuses a wrong PIN', async () => {
    const { record, card } = new Town(network.people, BUNKYO).cardHolder;
    const { cardNumber, pin } = card;
    const wrong = { card: { cardNumber, pin: pin === '0000' ? '0001' : '0000' } };
    const leaving = { destinationMunicipality: undefined, destination: 'フランス共和国' };
    const relationships = othersWithoutThem(record);
    const body = leavingForShinjuku([record], { ...leaving, relationships });
    await bunkyo.refused(moveOut, { ...body, notifier: wrong }, 'PIN_FAILED');
    await bunkyo.receipt(moveOut, { ...body, notifier: { card: { cardNumber, pin } } }, 'MOVE_OUT');
    const { act } = await bunkyo.newest(record);
    expect(act).toMatchObject({ notifierName: record.name, notifierDocument: 'CARD' });
  });

  it('gives no certificate to somebody who moves abroad', async () => {
    const resident = aResident();
    const abroad = { destinationMunicipality: undefined, destination: 'ニュージーランド' };
    expect(await leave(resident, abroad)).toMatchObject({ certificates: [] });
    expect(await bunkyo.record(resident, '2016-05-27')).toMatchObject({ destination: 'ニュージーランド' });
  });

  /** Where a householder leaves, the next one heads the others. */
  function othersWithoutThem(record: ResidentRecord) {
    const others = new Town(network.people, BUNKYO).household(record).filter((one) => one.recordId !== record.recordId);
    if (record.relationship !== '世帯主') return [];
    return others.map(({ residentRecordCode }, i) => ({
      residentRecordCode,
      relationship: i === 0 ? '世帯主' : '縁故者',
    }));
  }
});
