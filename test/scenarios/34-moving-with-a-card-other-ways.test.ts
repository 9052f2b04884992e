import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import { GetIdentificationInformation } from '#scripts/operator/procedures.js';
import { Desk, withPassport } from '../support/desk.js';
import {
  type CardInHand,
  cardFor,
  firstMoveIn,
  leavingWithACard,
  movesAt,
  moveWithACard,
  releaseMoveIn,
  specialMoveIn,
  specialMoveOut,
} from '../support/moving-with-a-card.js';
import { codesOf, TODAY } from '../support/notifications.js';
import { BUNKYO, KANAGAWA, NATIONAL, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { cancelMoveOut, readHousehold } from '../support/questions.js';
import { RegisterDesk } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo ──▶ Shinjuku            as notified
 *   Bunkyo ──▶ (Shinjuku) Yokohama another destination than notified
 *   Bunkyo ──▶ Shinjuku ──▶ Yokohama ──▶ Bunkyo
 *   Bunkyo ──▶ Bunkyo              stays after all
 */
const ADDRESS = { [SHINJUKU]: '新宿の新居', [YOKOHAMA]: '横浜の新居', [BUNKYO]: '文京の新居' };

let network: TestNetwork;
let desks: Record<string, RegisterDesk>;
let aCouple: () => Couple;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, KANAGAWA, BUNKYO, SHINJUKU, YOKOHAMA] });
  aCouple = handingOut(new Town(network.people, BUNKYO).couples);
  desks = Object.fromEntries([BUNKYO, SHINJUKU, YOKOHAMA].map((office) => [office, new RegisterDesk(network, office)]));
});
afterAll(() => network.remove());

function at(office: string): RegisterDesk {
  return desks[office] as RegisterDesk;
}

async function go(people: Couple, card: CardInHand, from: string, to: string): Promise<void> {
  const ends = { from: at(from), to: at(to), destination: to };
  await moveWithACard(ends, people, card, { address: ADDRESS[to] ?? '' });
  await network.settle();
}

/** Where somebody is active, of all three registers. */
async function homesOf({ residentRecordCode }: { residentRecordCode: string }): Promise<string[]> {
  const homes = [];
  for (const office of [BUNKYO, SHINJUKU, YOKOHAMA]) {
    const { answer } = await at(office).try(readHousehold, { residentRecordCode, purpose: '点検' });
    if (answer?.residentRecords.some((one) => one.residentRecordCode === residentRecordCode)) homes.push(office);
  }
  return homes;
}

async function addressAtTheCentre({ residentRecordCode }: { residentRecordCode: string }): Promise<string | undefined> {
  const look = { residentRecordCode, purpose: '点検' };
  return (await new Desk(network, NATIONAL).ask(GetIdentificationInformation, look)).identificationInformation?.address;
}

describe('People who move with a card', () => {
  it('can go to another municipality than they have notified: whoever has the card in the reader asks.', async () => {
    const couple = aCouple();
    const card = await cardFor(at(BUNKYO), couple[0]);
    await at(BUNKYO).receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const { arrivalId } = await at(YOKOHAMA).ask(firstMoveIn, { card, movedInOn: TODAY });
    await at(YOKOHAMA).receipt(specialMoveIn, { arrivalId, address: '横浜の新居' }, 'MOVE_IN');
    await network.settle();
    for (const one of couple) {
      expect(await homesOf(one)).toEqual([YOKOHAMA]);
      expect(await addressAtTheCentre(one)).toBe('横浜の新居');
    }
  });

  it('can move on, and on, and back to where they came from, with the same card and the same codes.', async () => {
    const couple = aCouple();
    const card = await cardFor(at(BUNKYO), couple[0]);
    await go(couple, card, BUNKYO, SHINJUKU);
    await go(couple, card, SHINJUKU, YOKOHAMA);
    await go(couple, card, YOKOHAMA, BUNKYO);
    for (const one of couple) {
      expect(await homesOf(one)).toEqual([BUNKYO]);
      expect(await addressAtTheCentre(one)).toBe('文京の新居');
    }
    expect(codesOf(await at(BUNKYO).household(couple[0]))).toEqual(codesOf(couple));
    await go(couple, card, BUNKYO, SHINJUKU);
    expect(await homesOf(couple[0])).toEqual([SHINJUKU]);
    for (const office of [BUNKYO, SHINJUKU, YOKOHAMA]) {
      const codes = (await movesAt(at(office))).flatMap(({ residentRecordCodes }) => residentRecordCodes);
      expect(codes).not.toContain(couple[0].residentRecordCode);
    }
  });

  it('can stay after all: their records, and the card, are as they were, and they can move another time.', async () => {
    const couple = aCouple();
    const card = await cardFor(at(BUNKYO), couple[0]);
    await at(BUNKYO).receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const staying = { notifier: withPassport(couple[0]), people: codesOf(couple) };
    await at(BUNKYO).receipt(cancelMoveOut, staying, 'MOVE_OUT_CANCELLATION');
    await network.settle();
    expect(await homesOf(couple[0])).toEqual([BUNKYO]);
    const { refusal } = await at(SHINJUKU).try(firstMoveIn, { card, movedInOn: TODAY });
    expect(refusal?.reason).toBe('MOVE_OUT_NOT_NOTIFIED');
    await go(couple, card, BUNKYO, SHINJUKU);
    expect(await homesOf(couple[0])).toEqual([SHINJUKU]);
  });

  it('can give up a first move-in, and begin it again at the same counter under a new name.', async () => {
    const couple = aCouple();
    const card = await cardFor(at(BUNKYO), couple[0]);
    await at(BUNKYO).receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const first = await at(SHINJUKU).ask(firstMoveIn, { card, movedInOn: TODAY });
    expect((await at(SHINJUKU).ask(firstMoveIn, { card, movedInOn: TODAY })).arrivalId).toBe(first.arrivalId);
    const { refusal } = await at(SHINJUKU).try(firstMoveIn, { card, movedInOn: addDays(TODAY, -1) });
    expect(refusal).toMatchObject({ reason: 'MOVE_UNDER_WAY', field: 'movedInOn' });
    await at(SHINJUKU).ask(releaseMoveIn, { arrivalId: first.arrivalId });
    await at(SHINJUKU).ask(releaseMoveIn, { arrivalId: first.arrivalId });
    await network.settle();
    const second = await at(SHINJUKU).ask(firstMoveIn, { card, movedInOn: TODAY });
    expect(second.arrivalId).not.toBe(first.arrivalId);
    await at(SHINJUKU).receipt(specialMoveIn, { arrivalId: second.arrivalId, address: '新宿の新居' }, 'MOVE_IN');
    await network.settle();
    expect(await homesOf(couple[0])).toEqual([SHINJUKU]);
  });

  it('who gave it up, and whom nobody can enter any more, can stay where they were.', async () => {
    const couple = aCouple();
    const card = await cardFor(at(BUNKYO), couple[0]);
    await at(BUNKYO).receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const { arrivalId } = await at(SHINJUKU).ask(firstMoveIn, { card, movedInOn: TODAY });
    await at(SHINJUKU).ask(releaseMoveIn, { arrivalId });
    await network.settle();
    const staying = { notifier: withPassport(couple[0]), people: codesOf(couple) };
    await at(BUNKYO).receipt(cancelMoveOut, staying, 'MOVE_OUT_CANCELLATION');
    await network.settle();
    expect([await homesOf(couple[0]), await homesOf(couple[1])]).toEqual([[BUNKYO], [BUNKYO]]);
    expect(await addressAtTheCentre(couple[0])).toBe(couple[0].address);
  });
});
