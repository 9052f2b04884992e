import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cardFor,
  firstMoveIn,
  leavingWithACard,
  listMoves,
  movesAt,
  releaseMoveIn,
  specialMoveIn,
  specialMoveOut,
} from '../support/moving-with-a-card.js';
import { codesOf, TODAY } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { readHousehold } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Bunkyo ══╳══ Shinjuku     one of the two is down; what waits is shown at the other end, with its age and the reason
 */
const ADDRESS = '東京都新宿区西新宿二丁目8番1号';

let network: TestNetwork;
let aCouple: () => Couple;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  aCouple = handingOut(new Town(network.people, BUNKYO).couples);
});
afterAll(() => network.remove());

describe.each(WAYS)('A move that is under way, over $way', ({ way }) => {
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(() => {
    [bunkyo, shinjuku] = [new RegisterDesk(network, BUNKYO, way), new RegisterDesk(network, SHINJUKU, way)];
  });

  async function departed() {
    const couple = aCouple();
    const card = await cardFor(bunkyo, couple[0]);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    return { couple, card };
  }

  /** What an end shows of somebody. */
  async function shownAt(desk: RegisterDesk, [{ residentRecordCode }]: Couple) {
    return (await movesAt(desk)).filter(({ residentRecordCodes }) => residentRecordCodes.includes(residentRecordCode));
  }

  it('is shown at both ends under one name, with the next step and since when it waits; nobody else can look.', async () => {
    const { couple, card } = await departed();
    const { arrivalId: claimId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const since = network.clock.now().toISOString();
    expect(await shownAt(bunkyo, couple)).toEqual([
      {
        ...{ direction: 'OUT', claimId, otherMunicipality: '131041', nextStep: 'MOVE_IN_NOTICE', since },
        residentRecordCodes: expect.arrayContaining(codesOf(couple)),
      },
    ]);
    expect(await shownAt(shinjuku, couple)).toEqual([
      {
        ...{ direction: 'IN', claimId, otherMunicipality: '131059', nextStep: 'ENTRY', since },
        residentRecordCodes: expect.arrayContaining(codesOf(couple)),
      },
    ]);
    const auditor = new RegisterDesk(network, BUNKYO, way, 'operator-5');
    expect((await auditor.try(listMoves, { purpose: '監査' })).refusal?.reason).toBe('ROLE_NOT_ALLOWED');
    await shinjuku.receipt(specialMoveIn, { arrivalId: claimId, address: ADDRESS }, 'MOVE_IN');
    await network.settle();
    expect([await shownAt(bunkyo, couple), await shownAt(shinjuku, couple)]).toEqual([[], []]);
  });

  it('says why it is stuck where the origin does not answer the claim, and goes on when that is asked again.', async () => {
    const { couple, card } = await departed();
    await network.settle();
    await network.stop(BUNKYO);
    const { refusal } = await shinjuku.try(firstMoveIn, { card, movedInOn: TODAY });
    expect(refusal).toMatchObject({ reason: 'OFFICE_UNAVAILABLE', office: BUNKYO });
    const [stuck] = await shownAt(shinjuku, couple);
    expect(stuck).toMatchObject({ nextStep: 'CLAIM', stuck: 'OFFICE_UNAVAILABLE' });
    await shinjuku.refused(specialMoveIn, { arrivalId: stuck?.claimId, address: ADDRESS }, 'MOVE_UNDER_WAY');
    await network.start(BUNKYO);
    await reachable(BUNKYO, SHINJUKU);
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    expect(arrivalId).toBe(stuck?.claimId);
    await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
    await network.settle();
  });

  it('says why it is stuck where the notice does not reach the origin; the people are at home all the same.', async () => {
    const { couple, card } = await departed();
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    await network.stop(BUNKYO);
    await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
    await network.node(SHINJUKU).settled();
    expect(await shownAt(shinjuku, couple)).toMatchObject([
      { nextStep: 'DELIVERY_OF_NOTICE', stuck: 'OFFICE_UNAVAILABLE' },
    ]);
    const look = { residentRecordCode: couple[0].residentRecordCode, purpose: '点検' };
    expect((await shinjuku.ask(readHousehold, look)).residentRecords).toHaveLength(2);
    await network.start(BUNKYO);
    expect(await shownAt(bunkyo, couple)).toMatchObject([{ nextStep: 'MOVE_IN_NOTICE', claimId: arrivalId }]);
    await reachable(BUNKYO, SHINJUKU);
    await network.settle();
    expect([await shownAt(bunkyo, couple), await shownAt(shinjuku, couple)]).toEqual([[], []]);
  });

  it('can be given up while the origin is down: nobody is entered, and the origin is told when it is back.', async () => {
    const { couple, card } = await departed();
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    await network.stop(BUNKYO);
    await shinjuku.ask(releaseMoveIn, { arrivalId });
    await network.node(SHINJUKU).settled();
    expect(await shownAt(shinjuku, couple)).toMatchObject([
      { nextStep: 'DELIVERY_OF_RELEASE', stuck: 'OFFICE_UNAVAILABLE' },
    ]);
    await shinjuku.refused(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_SETTLED');
    await network.start(BUNKYO);
    await reachable(BUNKYO, SHINJUKU);
    await network.settle();
    expect(await shownAt(bunkyo, couple)).toMatchObject([{ nextStep: 'FIRST_MOVE_IN' }]);
    expect(await shownAt(shinjuku, couple)).toEqual([]);
  });
});

/** The connection to an office that was switched off is made again after a while. */
function reachable(office: string, from: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const { peers } = network.node(from);
  peers.client(office).waitForReady(Date.now() + 10_000, (error) => (error ? reject(error) : resolve()));
  return promise;
}
