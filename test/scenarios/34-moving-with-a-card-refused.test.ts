import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { withPassport } from '../support/desk.js';
import {
  cardFor,
  certificateInstead,
  firstMoveIn,
  leavingWithACard,
  movesAt,
  moveWithACard,
  releaseMoveIn,
  specialMoveIn,
  specialMoveOut,
} from '../support/moving-with-a-card.js';
import { arrivingInShinjuku, leavingForShinjuku, TODAY } from '../support/notifications.js';
import { BUNKYO, KANAGAWA, KUNITACHI, NATIONAL, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { type Couple, handingOut, Town } from '../support/people.js';
import { cancelMoveOut, moveIn, moveOut } from '../support/questions.js';
import { RegisterDesk, WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *      Bunkyo ──?── Shinjuku          Kunitachi is outside the network
 *         └────?─── Yokohama
 *   whatever is refused leaves the people where they were, and the paper certificate is the way out
 */
const ADDRESS = '東京都新宿区西新宿二丁目8番1号';
const PURPOSE = '転出証明書の交付';

describe.each(WAYS)('A move with a card is refused, over $way', ({ way }) => {
  let network: TestNetwork;
  let aCouple: () => Couple;
  let aCardlessCouple: () => Couple;
  let bunkyo: RegisterDesk;
  let shinjuku: RegisterDesk;

  beforeAll(async () => {
    const offices = [NATIONAL, TOKYO, KANAGAWA, BUNKYO, SHINJUKU, YOKOHAMA, KUNITACHI];
    network = await startTestNetwork({ offices, outside: [KUNITACHI] });
    const town = new Town(network.people, BUNKYO);
    const couples = town.couples;
    const [cardless] = town.withoutCards(couples);
    aCardlessCouple = handingOut(cardless ? [cardless] : []);
    aCouple = handingOut(couples.filter((couple) => couple !== cardless));
    [bunkyo, shinjuku] = [new RegisterDesk(network, BUNKYO, way), new RegisterDesk(network, SHINJUKU, way)];
  });
  afterAll(() => network.remove());

  it('where none of those who move has a card: they move with a paper certificate.', async () => {
    const couple = aCardlessCouple();
    await bunkyo.refused(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'CARD_REQUIRED');
    const out = await bunkyo.receipt(moveOut, leavingForShinjuku(couple), 'MOVE_OUT');
    expect(out.certificates).toHaveLength(1);
  });

  it('to and from a municipality outside the network, and to the very same one.', async () => {
    const couple = aCouple();
    const card = await cardFor(bunkyo, couple[0]);
    await bunkyo.refused(specialMoveOut, leavingWithACard(couple, KUNITACHI), 'NOT_PARTICIPATING');
    await bunkyo.refused(specialMoveOut, leavingWithACard(couple, BUNKYO), 'OWN_MUNICIPALITY');
    const kunitachi = new RegisterDesk(network, KUNITACHI, way);
    const [resident] = new Town(network.people, KUNITACHI).singles;
    await kunitachi.refused(specialMoveOut, leavingWithACard(resident ? [resident] : [], BUNKYO), 'NOT_PARTICIPATING');
    await kunitachi.refused(firstMoveIn, { card, movedInOn: TODAY }, 'NOT_PARTICIPATING');
  });

  it('at the destination before a move-out was notified at the origin, and can be begun once it was.', async () => {
    const couple = aCouple();
    const card = await cardFor(bunkyo, couple[0]);
    const early = await shinjuku.try(firstMoveIn, { card, movedInOn: TODAY });
    expect(early.refusal).toMatchObject({ reason: 'MOVE_OUT_NOT_NOTIFIED', office: BUNKYO });
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    expect((await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY })).people).toHaveLength(2);
  });

  it('for a wrong PIN, which asks nobody anything.', async () => {
    const couple = aCouple();
    const card = await cardFor(bunkyo, couple[0]);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    await shinjuku.refused(firstMoveIn, { card: { ...card, pin: '0000' }, movedInOn: TODAY }, 'PIN_FAILED');
  });

  it('at a second destination while the first has not entered them, and there once that has given them back.', async () => {
    const couple = aCouple();
    const card = await cardFor(bunkyo, couple[0]);
    const yokohama = new RegisterDesk(network, YOKOHAMA, way);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const meanwhile = await yokohama.try(firstMoveIn, { card, movedInOn: TODAY });
    expect(meanwhile.refusal).toMatchObject({ reason: 'MOVE_UNDER_WAY', office: BUNKYO });
    await shinjuku.ask(releaseMoveIn, { arrivalId });
    await network.settle();
    await shinjuku.refused(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_SETTLED');
    const begun = await yokohama.ask(firstMoveIn, { card, movedInOn: TODAY });
    await yokohama.receipt(specialMoveIn, { arrivalId: begun.arrivalId, address: '横浜の新居' }, 'MOVE_IN');
    await network.settle();
    expect(await yokohama.household(couple[0])).toHaveLength(2);
  });

  it('once the paper certificate was made instead, which then is as good as any; and the other way round.', async () => {
    const couple = aCouple();
    const [{ residentRecordCode }] = couple;
    const card = await cardFor(bunkyo, couple[0]);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const onPaper = await bunkyo.ask(certificateInstead, { residentRecordCode, purpose: PURPOSE });
    expect(await bunkyo.ask(certificateInstead, { residentRecordCode, purpose: PURPOSE })).toEqual(onPaper);
    const { refusal } = await shinjuku.try(firstMoveIn, { card, movedInOn: TODAY });
    expect(refusal).toMatchObject({ reason: 'CERTIFICATE_ISSUED', office: BUNKYO });
    await shinjuku.receipt(moveIn, arrivingInShinjuku(couple, onPaper as never), 'MOVE_IN');
    expect(await movesAt(bunkyo)).not.toContainEqual(
      expect.objectContaining({ residentRecordCodes: expect.arrayContaining([residentRecordCode]) }),
    );
  });

  it('to be taken back, or put on paper, while a destination is entering them or has entered them.', async () => {
    const couple = aCouple();
    const [{ residentRecordCode }] = couple;
    const card = await cardFor(bunkyo, couple[0]);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const staying = { notifier: withPassport(couple[0]), people: couple.map((one) => one.residentRecordCode) };
    const paper = { residentRecordCode, purpose: PURPOSE };
    await bunkyo.refused(cancelMoveOut, staying, 'MOVE_UNDER_WAY');
    await bunkyo.refused(certificateInstead, paper, 'MOVE_UNDER_WAY');
    await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
    await network.settle();
    await bunkyo.refused(cancelMoveOut, staying, 'MOVE_SETTLED');
    await bunkyo.refused(certificateInstead, paper, 'MOVE_SETTLED');
    await shinjuku.refused(releaseMoveIn, { arrivalId }, 'MOVE_SETTLED');
    await shinjuku.refused(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_SETTLED');
  });

  it('without the holder of the card among those who come, and what was begun stays as it was.', async () => {
    const couple = aCouple();
    const [holder, other] = couple;
    const card = await cardFor(bunkyo, holder);
    await bunkyo.receipt(specialMoveOut, leavingWithACard(couple, SHINJUKU), 'MOVE_OUT');
    const { arrivalId } = await shinjuku.ask(firstMoveIn, { card, movedInOn: TODAY });
    const people = [{ residentRecordCode: other.residentRecordCode, relationship: '世帯主' }];
    await shinjuku.refused(specialMoveIn, { arrivalId, address: ADDRESS, people }, 'NOTIFIER_NOT_ENTITLED');
    const stranger = [{ residentRecordCode: '24727059608', relationship: '世帯主' }];
    await shinjuku.refused(specialMoveIn, { arrivalId, address: ADDRESS, people: stranger }, 'CERTIFICATE_NOT_VALID');
    await shinjuku.receipt(specialMoveIn, { arrivalId, address: ADDRESS }, 'MOVE_IN');
  });

  it('with the card of a person who has moved in already: it is of this very town now.', async () => {
    const couple = aCouple();
    const card = await cardFor(bunkyo, couple[0]);
    await moveWithACard({ from: bunkyo, to: shinjuku, destination: SHINJUKU }, couple, card, { address: ADDRESS });
    await network.settle();
    expect((await shinjuku.try(firstMoveIn, { card, movedInOn: TODAY })).refusal?.reason).toBe('OWN_MUNICIPALITY');
  });
});
