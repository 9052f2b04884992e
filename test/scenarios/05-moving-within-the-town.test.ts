import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { withPassport } from '../support/desk.js';
import { codesOf, IN_BUNKYO, TODAY } from '../support/notifications.js';
import { BUNKYO, NATIONAL } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { changeOfAddress } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   resident ── 転居届, within 14 days ──▶ Bunkyo: another address, and the day on which they moved;
 *                                           the code, and what is said of how they came to Bunkyo, stay
 */
describe.each(WAYS)('People move within Bunkyo, over $way', ({ way }) => {
  let network: TestNetwork;
  let aFamily: () => Family;
  let aCouple: () => Couple;
  let aResident: () => ResidentRecord;
  let bunkyo: RegisterDesk;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, BUNKYO] });
    const town = new Town(network.people, BUNKYO);
    aFamily = handingOut(town.families);
    aCouple = handingOut(town.couples);
    aResident = handingOut(town.singles);
    bunkyo = new RegisterDesk(network, BUNKYO, way);
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  const moving = (people: ResidentRecord[], more: object = {}) => ({
    notifier: withPassport(people[0] ?? { name: '' }),
    movedOn: '2016-05-20',
    address: IN_BUNKYO,
    movers: codesOf(people),
    ...more,
  });
  const move = (people: ResidentRecord[], more: object = {}) =>
    bunkyo.receipt(changeOfAddress, moving(people, more), 'CHANGE_OF_ADDRESS');

  it('gives a family that moves together the new address, and leaves all else of them as it was', async () => {
    const { all, householder } = aFamily();
    const before = await bunkyo.household(householder);
    const receipt = await move(all);
    expect(receipt).toMatchObject({ deadline: '2016-06-03', late: false, noticeSheets: [], certificates: [] });
    const moved = before.map((record) => ({ ...record, address: IN_BUNKYO, movedWithinTownOn: '2016-05-20' }));
    expect(await bunkyo.household(householder)).toEqual(moved);
    const { act } = await bunkyo.newest(householder);
    expect(act).toMatchObject({ kind: 'CHANGE_OF_ADDRESS', causeOn: '2016-05-20', acceptedOn: TODAY });
  });

  it('keeps the former address in the history, and notes a correction for the offices above', async () => {
    const resident = aResident();
    await move([resident]);
    expect((await bunkyo.history(resident)).map(({ residentRecord }) => residentRecord.address)).toEqual([
      resident.address,
      IN_BUNKYO,
    ]);
    expect((await changesOf(network, BUNKYO, resident)).at(-1)).toMatchObject({
      ...{ kind: 'CORRECTION', reason: 'CHANGE_OF_ADDRESS', cause_on: '2016-05-20', address: IN_BUNKYO },
    });
  });

  it('gives a child who moves alone a household of their own, and says nothing new of who stays', async () => {
    const { child, householder, spouse } = aFamily();
    const before = await bunkyo.history(spouse);
    await move([child], { notifier: withPassport(householder) });
    const [alone, ...others] = await bunkyo.household(child);
    expect(others).toEqual([]);
    expect(alone).toMatchObject({ name: child.name, relationship: '世帯主', address: IN_BUNKYO });
    expect(alone?.householdId).not.toBe(householder.householdId);
    expect(await bunkyo.history(spouse)).toEqual(before);
  });

  it('lets some of a family move with their relationships stated anew, in both households', async () => {
    const { householder, spouse, child, younger } = aFamily();
    const stated = [
      { residentRecordCode: spouse.residentRecordCode, relationship: '世帯主' },
      { residentRecordCode: younger.residentRecordCode, relationship: '子' },
    ];
    await move([spouse, younger], { relationships: stated });
    const relationships = async (of: ResidentRecord) =>
      (await bunkyo.household(of)).map(({ name, relationship }) => [name, relationship]);
    expect(await relationships(spouse)).toEqual([
      [spouse.name, '世帯主'],
      [younger.name, '子'],
    ]);
    expect(await relationships(child)).toEqual([
      [householder.name, '世帯主'],
      [child.name, '子'],
    ]);
  });

  it('lets somebody move to a household at its address, and refuses another address', async () => {
    const [householder, other] = aCouple();
    const host = aResident();
    const relationships = [{ residentRecordCode: other.residentRecordCode, relationship: '同居人' }];
    const joining = {
      notifier: withPassport(householder),
      ...{ joinHouseholdOf: host.residentRecordCode, relationships },
    };
    await bunkyo.refused(changeOfAddress, moving([other], joining), 'ADDRESS_CONTRADICTED');
    await move([other], { ...joining, address: host.address });
    expect(await bunkyo.household(host)).toMatchObject([
      { name: host.name },
      { name: other.name, relationship: '同居人' },
    ]);
    expect(await bunkyo.household(householder)).toMatchObject([{ name: householder.name, relationship: '世帯主' }]);
  });

  it.each([
    { day: 14, on: '2016-06-03', late: false },
    { day: 15, on: '2016-06-04', late: true },
  ])('takes it on day $day after the move; late: $late, in the history too', async ({ on, late }) => {
    const resident = aResident();
    network.clock.set(`${on}T16:00:00+09:00`);
    expect(await move([resident])).toMatchObject({ deadline: '2016-06-03', late });
    expect((await bunkyo.newest(resident)).act).toMatchObject({ acceptedOn: on, late });
  });

  it('refuses to move somebody to where they live, also when it is notified again', async () => {
    const resident = aResident();
    await bunkyo.refused(changeOfAddress, moving([resident], { address: resident.address }), 'NOTHING_CHANGES');
    await move([resident]);
    await bunkyo.refused(changeOfAddress, moving([resident]), 'NOTHING_CHANGES');
  });

  it('refuses a move of tomorrow, and one before the last', async () => {
    const resident = aResident();
    await bunkyo.refused(changeOfAddress, moving([resident], { movedOn: '2016-05-28' }), 'DATE_NOT_POSSIBLE');
    await move([resident]);
    const before = { address: '東京都文京区本郷七丁目3番1号', movedOn: '2016-05-19' };
    await bunkyo.refused(changeOfAddress, moving([resident], before), 'DATE_NOT_POSSIBLE');
    await move([resident], { ...before, movedOn: '2016-05-20' });
  });

  it('refuses movers who do not live in one household', async () => {
    const people = [aResident(), aResident()];
    await bunkyo.refused(changeOfAddress, moving(people), 'NOT_SAME_HOUSEHOLD');
  });

  it('lets a card go on proving who its holder is, at their new address', async () => {
    const { record, card } = new Town(network.people, BUNKYO).cardHolder;
    const { cardNumber, pin } = card;
    const all = new Town(network.people, BUNKYO).household(record);
    const movers = { movers: codesOf(all), notifier: { card: { cardNumber, pin } } };
    await move(all, movers);
    await move(all, { ...movers, address: '東京都文京区本郷七丁目3番1号', movedOn: '2016-05-21' });
    expect((await bunkyo.newest(record)).act).toMatchObject({ notifierDocument: 'CARD', notifierName: record.name });
  });
});
