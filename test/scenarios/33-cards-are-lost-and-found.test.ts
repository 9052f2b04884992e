import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, foundBy, type InReader, lostBy, PIN, passportOf, statusAt } from '../support/card-counter.js';
import { destroyCard, findCard, loseCard, orderReturn, returnCard, specialMoveOut } from '../support/card-questions.js';
import { leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { type CardHolder, handingOut, Town } from '../support/people.js';
import { WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *              loss                       return, return order,                return                destruction
 *   ACTIVE ──────────▶ SUSPENDED   ...  ───────────────────────▶ INVALID ────────────────▶ RETURNED ────────────▶ DESTROYED
 *          ◀──────────             what ends a card (Order 30-20)
 *              find                                   each one: Bunkyo ── status ──▶ Tokyo ──▶ national centre
 */
describe.each(WAYS)('A card of Bunkyo is lost, found, taken back, over $way', ({ way }) => {
  let network: TestNetwork;
  let bunkyo: CardCounter;
  let shinjuku: CardCounter;
  let aResident: () => ResidentRecord;
  let town: Town;
  let aHolder: () => CardHolder;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
    bunkyo = new CardCounter(network, BUNKYO, way);
    shinjuku = new CardCounter(network, SHINJUKU, way);
    aResident = bunkyo.aResident;
    town = new Town(network.people, BUNKYO);
    aHolder = handingOut(town.cardHolders.filter(({ record }) => town.household(record).length > 1));
  });
  beforeEach(() => network.clock.set(FRIDAY_MORNING));
  afterAll(() => network.remove());

  async function aCard(): Promise<{ holder: ResidentRecord; card: InReader }> {
    const holder = aResident();
    const { cardNumber } = await bunkyo.issue(holder);
    return { holder, card: { cardNumber, pin: PIN } };
  }
  const othersWith = (record: ResidentRecord) =>
    town.household(record).filter(({ recordId }) => recordId !== record.recordId);
  const follows = ({ residentRecordCode }: ResidentRecord, i: number) => ({
    ...{ residentRecordCode, relationship: i === 0 ? '世帯主' : '同居人' },
  });
  const good = ({ residentRecordCode }: ResidentRecord) => `${residentRecordCode} of 131059`;

  it('is suspended at once where it is kept, and everywhere as soon as the status has arrived', async () => {
    const { holder, card } = await aCard();
    await network.settle();
    expect(await shinjuku.shown(card)).toBe(good(holder));
    const { answer } = await bunkyo.act(loseCard, lostBy(holder), 'card/LOSS');
    expect(answer.card).toMatchObject({ cardNumber: card.cardNumber, state: 'SUSPENDED' });
    expect(await bunkyo.shown(card)).toBe('CARD_INVALID');
    await network.settle();
    for (const office of [TOKYO, NATIONAL])
      expect(await statusAt(network, office, card)).toMatchObject({ state: 'SUSPENDED', invalidBy: null });
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
  });

  it('is good again once it is found, at every level', async () => {
    const { holder, card } = await aCard();
    await bunkyo.lose(holder);
    const { answer } = await bunkyo.act(findCard, foundBy(holder, card), 'card/FOUND');
    expect(answer.card.events?.map(({ state }) => state)).toEqual(['ACTIVE', 'SUSPENDED', 'ACTIVE']);
    await network.settle();
    expect(await statusAt(network, NATIONAL, card)).toMatchObject({ state: 'ACTIVE' });
    for (const counter of [bunkyo, shinjuku]) expect(await counter.shown(card)).toBe(good(holder));
  });

  it('is lost once, and found once: repeating it is refused', async () => {
    const { holder, card } = await aCard();
    await bunkyo.refused(findCard, foundBy(holder, card), 'CARD_STATE_CONTRADICTED');
    await bunkyo.lose(holder);
    const refusal = await bunkyo.refused(loseCard, lostBy(holder), 'CARD_STATE_CONTRADICTED');
    expect(refusal.fault).toBe('is SUSPENDED');
  });

  it('is reported lost by a member of the household too, and by an agent with a letter, and by nobody else', async () => {
    const { record, card } = aHolder();
    const { residentRecordCode } = record;
    const other = othersWith(record)[0];
    const reported = await bunkyo.ask(loseCard, { notifier: passportOf(other as ResidentRecord), residentRecordCode });
    expect(reported.card.state).toBe('SUSPENDED');
    const stranger = aResident();
    const byStranger = { notifier: passportOf(stranger), cardNumber: card.cardNumber };
    await bunkyo.refused(findCard, byStranger, 'NOTIFIER_NOT_ENTITLED');
    const notifier = { ...passportOf(stranger), letterOfAttorney: true };
    expect((await bunkyo.ask(findCard, { ...byStranger, notifier })).card.state).toBe('ACTIVE');
  });

  it('is reported lost by whoever has moved out with it and not moved in yet, and can not be used there', async () => {
    const { record, card } = aHolder();
    const leaving = { ...leavingForShinjuku([record]), notifier: passportOf(record), channel: 'COUNTER' };
    const relationships = record.relationship === '世帯主' ? othersWith(record).map(follows) : [];
    await bunkyo.ask(specialMoveOut, { ...leaving, relationships });
    const lost = await bunkyo.lose(record);
    expect(lost).toMatchObject({ cardNumber: card.cardNumber, state: 'SUSPENDED', lapsesAfter: '2016-06-26' });
    await network.settle();
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
  });

  it('is taken back, which makes it invalid, and destroyed after that', async () => {
    const { holder, card } = await aCard();
    const { cardNumber } = card;
    await bunkyo.refused(destroyCard, { cardNumber }, 'CARD_STATE_CONTRADICTED');
    const { answer } = await bunkyo.act(returnCard, { cardNumber }, 'card/RETURN');
    expect(answer.card).toMatchObject({ state: 'RETURNED', invalidBy: 'RETURNED' });
    await network.settle();
    expect(await Promise.all([bunkyo.shown(card), shinjuku.shown(card)])).toEqual(['CARD_INVALID', 'CARD_INVALID']);
    const destroyed = await bunkyo.act(destroyCard, { cardNumber }, 'card/DESTRUCTION');
    expect(destroyed.answer.card).toMatchObject({ state: 'DESTROYED', invalidBy: 'RETURNED' });
    await network.settle();
    expect(await statusAt(network, NATIONAL, card)).toMatchObject({ state: 'DESTROYED', invalidBy: 'RETURNED' });
    expect(await bunkyo.cardsOf(holder)).toMatchObject([{ state: 'DESTROYED' }]);
  });

  it('is ordered back, which makes it invalid whether it comes back or not; when it does, the cause stays', async () => {
    const { card } = await aCard();
    const { cardNumber } = card;
    const { answer } = await bunkyo.act(orderReturn, { cardNumber }, 'card/RETURN_ORDER');
    expect(answer.card).toMatchObject({ state: 'INVALID', invalidBy: 'RETURN_ORDERED' });
    await network.settle();
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
    expect(await bunkyo.takeBack(card)).toMatchObject({ state: 'RETURNED', invalidBy: 'RETURN_ORDERED' });
    await bunkyo.refused(orderReturn, { cardNumber }, 'CARD_STATE_CONTRADICTED');
  });

  it('is never found again once it was taken back', async () => {
    const { holder, card } = await aCard();
    await bunkyo.takeBack(card);
    await bunkyo.refused(findCard, foundBy(holder, card), 'CARD_STATE_CONTRADICTED');
    await bunkyo.refused(loseCard, lostBy(holder), 'NOT_FOUND');
  });

  it('is nothing that another municipality takes back, orders back or destroys', async () => {
    const { holder, card } = await aCard();
    await network.settle();
    const { cardNumber } = card;
    for (const question of [returnCard, orderReturn, destroyCard])
      await shinjuku.refused(question, { cardNumber }, 'NOT_FOUND');
    expect(await bunkyo.shown(card)).toBe(good(holder));
  });
});
