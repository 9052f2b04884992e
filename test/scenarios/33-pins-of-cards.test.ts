import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, type InReader, PIN, passportOf } from '../support/card-counter.js';
import { changePin, unlockCard, verifyCard } from '../support/card-questions.js';
import { withPassport } from '../support/desk.js';
import { BUNKYO, NATIONAL, SHINJUKU, SUGINAMI, TOKYO } from '../support/offices.js';
import { type Family, Town } from '../support/people.js';
import { WAYS } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   card in the reader, PIN ──▶ Bunkyo, Shinjuku, Suginami: wherever it is, the chip counts the wrong PINs
 *   after three in a row    ──▶ locked everywhere, whatever is keyed in
 *   holder, passport        ──▶ Bunkyo, which keeps the card: its key opens the chip, another PIN is set
 */
const [WRONG, NEXT] = ['1357', '8642'];

describe.each(WAYS)('The holder of a card of Bunkyo keys in a PIN, over $way', ({ way }) => {
  let network: TestNetwork;
  let bunkyo: CardCounter;
  let shinjuku: CardCounter;
  let suginami: CardCounter;
  let aResident: () => ResidentRecord;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU, SUGINAMI] });
    bunkyo = new CardCounter(network, BUNKYO, way);
    shinjuku = new CardCounter(network, SHINJUKU, way);
    suginami = new CardCounter(network, SUGINAMI, way);
    aResident = bunkyo.aResident;
  });
  afterAll(() => network.remove());

  async function aCardKnownEverywhere(holder = aResident()): Promise<{ holder: ResidentRecord; card: InReader }> {
    const { cardNumber } = await bunkyo.issue(holder);
    await network.settle();
    return { holder, card: { cardNumber, pin: PIN } };
  }
  const wrongly = (card: InReader) => ({ ...card, pin: WRONG });
  const good = ({ residentRecordCode }: ResidentRecord) => `${residentRecordCode} of 131059`;
  const unlocking = (holder: ResidentRecord, { cardNumber }: InReader) => ({
    ...{ notifier: passportOf(holder), cardNumber, newPin: NEXT },
  });

  it('is believed at every counter, and whoever keys in another one nowhere', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    for (const counter of [bunkyo, shinjuku, suginami]) {
      await counter.refused(verifyCard, { card: wrongly(card) }, 'PIN_FAILED');
      expect(await counter.shown(card)).toBe(good(holder));
    }
  });

  it('locks the card by three wrong ones in a row, at whichever counters, and then it is locked at all of them', async () => {
    const { card } = await aCardKnownEverywhere();
    for (const counter of [suginami, shinjuku, suginami]) expect(await counter.shown(wrongly(card))).toBe('PIN_FAILED');
    for (const counter of [bunkyo, shinjuku, suginami]) await counter.refused(verifyCard, { card }, 'PIN_FAILED');
  });

  it('has it unlocked at the counter of Bunkyo with another PIN, and the earlier one is good nowhere', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    for (let i = 0; i < 3; i++) await bunkyo.shown(wrongly(card));
    await bunkyo.ask(unlockCard, unlocking(holder, card));
    for (const counter of [bunkyo, shinjuku]) {
      expect(await counter.shown({ ...card, pin: NEXT })).toBe(good(holder));
      expect(await counter.shown(card)).toBe('PIN_FAILED');
    }
  });

  it('is not unlocked at another municipality, whose key does not open the chip', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    for (let i = 0; i < 3; i++) await shinjuku.shown(wrongly(card));
    const refusal = await shinjuku.refused(unlockCard, unlocking(holder, card), 'NOT_FOUND');
    expect(refusal.field).toBe('cardNumber');
    expect(await bunkyo.shown({ ...card, pin: NEXT })).toBe('PIN_FAILED');
  });

  it('is not unlocked for others, be they of the same household, nor for whoever shows nothing that counts', async () => {
    const { householder, spouse } = new Town(network.people, BUNKYO).families.find(({ spouse: one }) =>
      bunkyo.withoutCard.some(({ householdId }) => householdId === one.householdId),
    ) as Family;
    const holder = bunkyo.withoutCard.find(({ householdId }) => householdId === spouse.householdId) as ResidentRecord;
    const other = holder.recordId === spouse.recordId ? householder : spouse;
    const { card } = await aCardKnownEverywhere(holder);
    for (let i = 0; i < 3; i++) await bunkyo.shown(wrongly(card));
    const byOther = { ...unlocking(holder, card), notifier: passportOf(other) };
    await bunkyo.refused(unlockCard, byOther, 'NOTIFIER_NOT_ENTITLED');
    const { photoId } = withPassport(holder);
    const library = {
      ...unlocking(holder, card),
      notifier: { photoId: { ...photoId, kind: 'STUDENT_OR_EMPLOYEE_CARD' } },
    };
    await bunkyo.refused(unlockCard, library, 'ID_NOT_ACCEPTED');
    expect(await bunkyo.shown(card)).toBe('PIN_FAILED');
  });

  it('is not unlocked with the locked card itself as a proof', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    for (let i = 0; i < 3; i++) await bunkyo.shown(wrongly(card));
    await bunkyo.refused(unlockCard, { ...unlocking(holder, card), notifier: { card } }, 'PIN_FAILED');
  });

  it('is not unlocked while it is lost, nor after its end', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    await bunkyo.lose(holder);
    await bunkyo.refused(unlockCard, unlocking(holder, card), 'CARD_STATE_CONTRADICTED');
    await bunkyo.takeBack(card);
    await bunkyo.refused(unlockCard, unlocking(holder, card), 'CARD_STATE_CONTRADICTED');
  });

  it('is changed at any counter by whoever knows the present one', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    await shinjuku.ask(changePin, { card, newPin: NEXT });
    await shinjuku.refused(changePin, { card, newPin: NEXT }, 'PIN_FAILED');
    expect(await bunkyo.shown(card)).toBe('PIN_FAILED');
    expect(await bunkyo.shown({ ...card, pin: NEXT })).toBe(good(holder));
  });

  it('is not changed on a card that is lost', async () => {
    const { holder, card } = await aCardKnownEverywhere();
    await bunkyo.lose(holder);
    await bunkyo.refused(changePin, { card, newPin: NEXT }, 'CARD_INVALID');
    await bunkyo.find(holder, card);
    expect(await bunkyo.shown(card)).toBe(good(holder));
  });

  it('is four digits and nothing else, and is never repeated to whoever keyed it in', async () => {
    const { card } = await aCardKnownEverywhere();
    for (const newPin of ['12345', '123', '12a4', '１２３４'])
      await bunkyo.refused(changePin, { card, newPin }, 'INVALID_REQUEST');
  });
});
