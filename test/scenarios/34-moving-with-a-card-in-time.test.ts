import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import {
  type CardInHand,
  cardFor,
  certificateInstead,
  firstMoveIn,
  leavingWithACard,
  specialMoveIn,
  specialMoveOut,
} from '../support/moving-with-a-card.js';
import { arrivingInShinjuku, codesOf, TODAY } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { moveIn } from '../support/questions.js';
import { RegisterDesk } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   planned move-out ──────────── 30 days ────────────▶│
 *          moved in ──── 14 days ────▶│                │
 *   the first move-in, with the card, is notified by the earlier of the two: else with a paper certificate
 */
const PLANNED = '2016-06-01';
const ADDRESS = '東京都新宿区西新宿二丁目8番1号';

let network: TestNetwork;
let bunkyo: RegisterDesk;
let shinjuku: RegisterDesk;
let aCouple: () => Couple;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  aCouple = handingOut(new Town(network.people, BUNKYO).couples);
  [bunkyo, shinjuku] = [new RegisterDesk(network, BUNKYO), new RegisterDesk(network, SHINJUKU)];
});
beforeEach(() => network.clock.set(new Date(FRIDAY_MORNING)));
afterAll(() => network.remove());

/** Sets the clock of all offices to the end of a day in Tokyo. */
function lateOn(day: string): void {
  network.clock.set(new Date(`${day}T23:59:00+09:00`));
}

async function departed(plannedOn = PLANNED): Promise<{ couple: Couple; card: CardInHand }> {
  const couple = aCouple();
  const card = await cardFor(bunkyo, couple[0]);
  await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU, { plannedOn }), 'MOVE_OUT');
  await network.settle();
  return { couple, card };
}

describe('A first move-in with the card', () => {
  it('is not taken for a day in the future.', async () => {
    const { card } = await departed(TODAY);
    await shinjuku.refused(firstMoveIn, { card, movedInOn: addDays(TODAY, 1) }, 'DATE_NOT_POSSIBLE');
  });

  it.each([
    ['on the 14th day after moving in', { movedInOn: PLANNED, after: 14 }],
    [
      'on the 30th day after the planned move-out, having just moved in',
      { movedInOn: addDays(PLANNED, 30), after: 30 },
    ],
    ['14 days after moving in before the planned day', { movedInOn: addDays(PLANNED, -3), after: 11 }],
  ])('is taken %s.', async (_when, { movedInOn, after }) => {
    const { couple, card } = await departed();
    lateOn(addDays(PLANNED, after));
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn });
    const receipt = await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
    expect([receipt.residentRecordCodes.length, receipt.late]).toEqual([couple.length, false]);
  });

  it.each([
    ['on the 15th day after moving in', { movedInOn: PLANNED, after: 15 }],
    ['on the 31st day after the planned move-out', { movedInOn: addDays(PLANNED, 31), after: 31 }],
    ['15 days after moving in before the planned day', { movedInOn: addDays(PLANNED, -3), after: 12 }],
  ])('is refused as too late %s, and a paper certificate is the way out.', async (_when, { movedInOn, after }) => {
    const { couple, card } = await departed();
    lateOn(addDays(PLANNED, after));
    const { refusal } = await shinjuku.try(firstMoveIn, { card, movedInOn });
    // After the 30 days the card itself is good no more, and the centre says so first.
    expect(refusal?.reason).toBe(after > 30 ? 'CARD_INVALID' : 'SPECIAL_MOVE_TOO_LATE');
    const [{ residentRecordCode }] = couple;
    const onPaper = await bunkyo.ask(certificateInstead, { residentRecordCode, purpose: '特例の期間経過' });
    const arriving = arrivingInShinjuku(couple, { ...onPaper } as never, { movedInOn });
    const receipt = await shinjuku.receipt(moveIn, arriving, 'MOVE_IN');
    expect(receipt.residentRecordCodes).toHaveLength(couple.length);
  });

  it('counts from the day on which it was notified, however long the origin does not answer, and the entry takes.', async () => {
    const { card } = await departed();
    lateOn(addDays(PLANNED, 14));
    await network.stop(BUNKYO);
    expect((await shinjuku.try(firstMoveIn, { card, movedInOn: PLANNED })).refusal?.reason).toBe('OFFICE_UNAVAILABLE');
    lateOn(addDays(PLANNED, 16));
    await network.start(BUNKYO);
    const { arrivalId } = await again(() => shinjuku.ask(firstMoveIn, { card, movedInOn: PLANNED }));
    lateOn(addDays(PLANNED, 20));
    const receipt = await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
    expect(receipt.late).toBe(false);
    const [first] = await shinjuku.household({ residentRecordCode: receipt.residentRecordCodes[0] ?? '' });
    expect(first).toMatchObject({ becameResidentOn: PLANNED, notifiedOn: addDays(PLANNED, 14) });
  });

  it('counts from the last day too, where the origin answers on the next, and has noted that the card is good no more.', async () => {
    const { card, couple } = await departed();
    const LAST_DAY = addDays(PLANNED, 30);
    lateOn(LAST_DAY);
    await network.stop(BUNKYO);
    expect((await shinjuku.try(firstMoveIn, { card, movedInOn: LAST_DAY })).refusal?.reason).toBe('OFFICE_UNAVAILABLE');
    lateOn(addDays(LAST_DAY, 1));
    await network.start(BUNKYO);
    await network.settle();
    const { arrivalId } = await again(() => shinjuku.ask(firstMoveIn, { card, movedInOn: LAST_DAY }));
    const receipt = await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
    expect(receipt).toMatchObject({ late: false, residentRecordCodes: expect.arrayContaining(codesOf(couple)) });
  });
});

/** The connection to an office that was switched off is made again after a while. */
async function again<T>(act: () => Promise<T>): Promise<T> {
  const { peers } = network.node(SHINJUKU);
  await new Promise<void>((resolve, reject) => {
    peers.client(BUNKYO).waitForReady(Date.now() + 10_000, (error) => (error ? reject(error) : resolve()));
  });
  return act();
}
