import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeOf } from '#core/domain/office.js';
import { GetIdentificationInformation, ListSettledMoveOuts, VerifyCard } from '#scripts/operator/procedures.js';
import { Desk, withPassport } from '../support/desk.js';
import {
  cardFor,
  firstMoveIn,
  leavingWithACard,
  movesAt,
  specialMoveIn,
  specialMoveOut,
} from '../support/moving-with-a-card.js';
import { codesOf, TODAY } from '../support/notifications.js';
import { BUNKYO, KANAGAWA, NATIONAL, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { type Couple, type Family, handingOut, Town } from '../support/people.js';
import { readHousehold } from '../support/questions.js';
import { changesOf, RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *             National centre ◀── CheckCard ──┐
 *              ▲           ▲                  │
 *           Tokyo       Kanagawa              │       ⇒ first move-in, with the card
 *           ▲    ▲         ▲                  │       ⇐ move-out certificate information
 *      Bunkyo  Shinjuku  Yokohama ────────────┘       ⇒ move-in notice; and Bunkyo tells Tokyo that it is settled
 */
const PURPOSE = '転入の確認';
const DESTINATIONS = [
  { destination: SHINJUKU, within: 'one prefecture' },
  { destination: YOKOHAMA, within: 'two prefectures' },
];
const CASES = WAYS.flatMap(({ way }) => DESTINATIONS.map((one) => ({ way, ...one })));

let network: TestNetwork;
let aFamily: () => Family;
let aCouple: () => Couple;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, KANAGAWA, BUNKYO, SHINJUKU, YOKOHAMA] });
  const town = new Town(network.people, BUNKYO);
  [aFamily, aCouple] = [handingOut(town.families), handingOut(town.couples)];
});
afterAll(() => network.remove());

describe.each(CASES)('A household moves with a card within $within, over $way', ({ way, destination }) => {
  const address = `${destination}の新居`;
  let bunkyo: RegisterDesk;
  let there: RegisterDesk;
  let all: Couple;

  beforeAll(() => {
    bunkyo = new RegisterDesk(network, BUNKYO, way);
    there = new RegisterDesk(network, destination, way);
    all = aCouple();
  });

  it('goes from one register to the other with its codes, and leaves nothing under way; no paper is made.', async () => {
    const [householder] = all;
    const card = await cardFor(bunkyo, householder);
    const out = await bunkyo.receipt(specialMoveOut, leavingWithACard(all, destination), 'MOVE_OUT');
    expect(out).toMatchObject({ certificates: [], noticeSheets: [], late: false });
    const look = { residentRecordCode: householder.residentRecordCode, purpose: PURPOSE };
    expect((await bunkyo.try(readHousehold, look)).refusal?.reason).toBe('RECORD_DELETED');
    expect(await movesAt(bunkyo)).toMatchObject([
      { direction: 'OUT', nextStep: 'FIRST_MOVE_IN', otherMunicipality: codeOf(destination), lastDay: '2016-06-26' },
    ]);

    const begun = await there.ask(firstMoveIn, { card, movedInOn: TODAY });
    expect(begun).toMatchObject({ origin: '131059', plannedOn: TODAY });
    expect(new Set(codesOf(begun.people))).toEqual(new Set(codesOf(all)));
    expect(begun.people.find(({ name }) => name === householder.name)).toMatchObject({ relationship: '世帯主' });
    expect(await movesAt(bunkyo)).toMatchObject([{ claimId: begun.arrivalId, nextStep: 'MOVE_IN_NOTICE' }]);
    expect(await movesAt(there)).toMatchObject([{ claimId: begun.arrivalId, direction: 'IN', nextStep: 'ENTRY' }]);

    const into = await there.receipt(specialMoveIn, { arrivalId: begun.arrivalId, address }, 'MOVE_IN');
    expect(new Set(into.residentRecordCodes)).toEqual(new Set(codesOf(all)));
    await network.settle();
    const household = await there.household(householder);
    expect(
      household.map(({ name, residentRecordCode, relationship }) => [name, residentRecordCode, relationship]),
    ).toEqual(all.map(({ name, residentRecordCode, relationship }) => [name, residentRecordCode, relationship]));
    expect(household[0]).toMatchObject({ address, previousAddress: householder.address, becameResidentOn: TODAY });
    expect([await movesAt(bunkyo), await movesAt(there)]).toEqual([[], []]);
  });

  it('is told to every level with versions that need no order of arrival: the deletion n + 1, the entry n + 2.', async () => {
    for (const person of all) {
      const { residentRecordCode } = person;
      const [deletion] = (await changesOf(network, BUNKYO, person)).slice(-1);
      const [entry] = (await changesOf(network, destination, person)).slice(-1);
      expect([deletion?.reason, entry?.reason]).toEqual(['MOVE_OUT', 'MOVE_IN']);
      expect(entry?.version).toBe((deletion?.version ?? 0) + 1);
      const above = [NATIONAL, network.network.entry(destination).parent ?? ''];
      for (const level of above) {
        const { identificationInformation } = await new Desk(network, level).ask(GetIdentificationInformation, {
          ...{ residentRecordCode, purpose: PURPOSE },
        });
        expect(identificationInformation).toMatchObject({ address, name: person.name, residentRecordCode });
      }
    }
  });

  it('has its move-out confirmed to Tokyo, once for each person (転出確定通知).', async () => {
    for (const { residentRecordCode } of all) {
      const { moveOuts } = await new Desk(network, TOKYO).ask(ListSettledMoveOuts, {
        residentRecordCode,
        purpose: PURPOSE,
      });
      expect(moveOuts).toMatchObject([{ residentRecordCode, destinationMunicipality: codeOf(destination) }]);
    }
  });
});

describe('The notification of somebody who moves out with a card', () => {
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(() => {
    bunkyo = new RegisterDesk(network, BUNKYO);
    shinjuku = new RegisterDesk(network, SHINJUKU);
  });

  it('comes by post too, with a copy of a photo ID, and never with the card itself.', async () => {
    const all = aCouple();
    const [householder] = all;
    const card = await cardFor(bunkyo, householder);
    const byPost = leavingWithACard(all, SHINJUKU, { channel: 'POST' });
    await bunkyo.refused(specialMoveOut, { ...byPost, notifier: { card } }, 'INVALID_REQUEST');
    await bunkyo.receipt(specialMoveOut, byPost, 'MOVE_OUT');
    expect((await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY })).people).toHaveLength(all.length);
  });

  it('covers members of the household who have no card, and leaves those who stay as they are.', async () => {
    const { all, householder, spouse, child, younger } = aFamily();
    const card = await cardFor(bunkyo, spouse);
    const leaving = leavingWithACard([spouse, child], SHINJUKU);
    await bunkyo.receipt(specialMoveOut, leaving, 'MOVE_OUT');
    expect(codesOf(await bunkyo.household(householder))).toEqual(codesOf([householder, younger]));
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const people = [
      { residentRecordCode: spouse.residentRecordCode, relationship: '世帯主' },
      { residentRecordCode: child.residentRecordCode, relationship: '子' },
    ];
    await shinjuku.receipt(specialMoveIn, { arrivalId, address: '新宿の新居', people }, 'MOVE_IN');
    const entered = await shinjuku.household(spouse);
    expect(entered.map(({ relationship }) => relationship)).toEqual(['世帯主', '子']);
    expect(all).toHaveLength(4);
  });

  it('lets them join a household at the destination, with relationships stated anew.', async () => {
    const [host] = new Town(network.people, SHINJUKU).singles;
    const { householder, younger } = aFamily();
    const card = await cardFor(bunkyo, younger);
    const leaving = leavingWithACard([younger], SHINJUKU, { notifier: withPassport(householder) });
    await bunkyo.receipt(specialMoveOut, leaving, 'MOVE_OUT');
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const [address, joinHouseholdOf] = [host?.address ?? '', host?.residentRecordCode ?? ''];
    const people = [{ residentRecordCode: younger.residentRecordCode, relationship: '縁故者' }];
    await shinjuku.receipt(specialMoveIn, { arrivalId, address, joinHouseholdOf, people }, 'MOVE_IN');
    expect(codesOf(await shinjuku.household(younger))).toEqual([joinHouseholdOf, younger.residentRecordCode]);
  });

  it('lets some of a family come later: they wait at the origin again, and their numbers are not used twice.', async () => {
    const { all, householder, spouse, child, younger } = aFamily();
    const [card, later] = [await cardFor(bunkyo, householder), await cardFor(bunkyo, spouse)];
    await bunkyo.receipt(specialMoveOut, leavingWithACard(all, SHINJUKU), 'MOVE_OUT');
    const first = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const people = [householder, child].map(({ residentRecordCode, relationship }) => ({
      residentRecordCode,
      relationship,
    }));
    await shinjuku.receipt(specialMoveIn, { arrivalId: first.arrivalId, address: '新宿の新居', people }, 'MOVE_IN');
    await network.settle();
    const waiting = (await movesAt(bunkyo)).find(({ residentRecordCodes }) =>
      residentRecordCodes.includes(spouse.residentRecordCode),
    );
    expect(new Set(waiting?.residentRecordCodes)).toEqual(new Set(codesOf([spouse, younger])));
    const second = await shinjuku.ask(firstMoveIn, { card: later, movedInOn: TODAY });
    const joining = { joinHouseholdOf: householder.residentRecordCode, address: '新宿の新居' };
    await shinjuku.receipt(specialMoveIn, { arrivalId: second.arrivalId, ...joining }, 'MOVE_IN');
    expect(await shinjuku.household(householder)).toHaveLength(all.length);
    const [entry] = (await changesOf(network, SHINJUKU, spouse)).slice(-1);
    const [deletion] = (await changesOf(network, BUNKYO, spouse)).slice(-1);
    expect(entry?.version).toBeGreaterThan((deletion?.version ?? 0) + 1);
  });

  it('takes the card along: the destination keeps it, and it is good there and everywhere.', async () => {
    const all = aCouple();
    const [householder] = all;
    const card = await cardFor(bunkyo, householder);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(all, SHINJUKU), 'MOVE_OUT');
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    await shinjuku.receipt(specialMoveIn, { arrivalId, address: '新宿の新居' }, 'MOVE_IN');
    await network.settle();
    for (const office of [SHINJUKU, BUNKYO, YOKOHAMA]) {
      const verified = await new Desk(network, office).ask(VerifyCard, { card });
      expect(verified).toEqual({
        ...{ name: householder.name, residentRecordCode: householder.residentRecordCode, municipality: '131041' },
      });
    }
  });
});
