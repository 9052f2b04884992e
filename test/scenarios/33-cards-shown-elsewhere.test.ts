import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, type InReader, issueTo, PIN, statusAt } from '../support/card-counter.js';
import { changePin, issueCard } from '../support/card-questions.js';
import { byCard, overGrpc, overHttps } from '../support/counter.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { changeOfAddress } from '../support/questions.js';
import { postJson } from '../support/raw-line.js';
import { WAYS } from '../support/register-desk.js';
import { operatorOf } from '../support/seat.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   holder, card of Bunkyo ──▶ Shinjuku: reader, PIN, the chip's signed answer
 *                                  │  CheckCard: card number, answer
 *                                  ▼
 *                              national centre: key, count, status ──▶ good, or not any more
 *                                  ▲
 *   Bunkyo ── status ──▶ Tokyo ────┘
 */
describe.each(WAYS)('A card of Bunkyo is shown in Shinjuku, over $way', ({ way }) => {
  let network: TestNetwork;
  let bunkyo: CardCounter;
  let shinjuku: CardCounter;
  let aResident: () => ResidentRecord;
  let inShinjuku: () => ResidentRecord;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
    bunkyo = new CardCounter(network, BUNKYO, way);
    shinjuku = new CardCounter(network, SHINJUKU, way);
    aResident = bunkyo.aResident;
    inShinjuku = handingOut(new Town(network.people, SHINJUKU).singles);
  });
  afterAll(() => network.remove());

  async function aCard(): Promise<{ holder: ResidentRecord; card: InReader }> {
    const holder = aResident();
    const { cardNumber } = await bunkyo.issue(holder);
    await network.settle();
    return { holder, card: { cardNumber, pin: PIN } };
  }

  const entrance = way === 'gRPC' ? overGrpc : overHttps;
  const copyBy = async (card: InReader) => {
    const { cardNumber, pin } = card;
    const application = { homeMunicipality: '131059', identityProof: { kind: 'CARD' as const, cardNumber, pin } };
    const { copy, reason } = await entrance.apply(network, SHINJUKU, application);
    return reason ?? copy?.records.length;
  };
  /** As the agent of somebody in Shinjuku. */
  const notifiedBy = async ({ cardNumber, pin }: InReader) => {
    const { residentRecordCode } = inShinjuku();
    const moving = { movedOn: '2016-05-27', address: '東京都新宿区西新宿一丁目1番1号', movers: [residentRecordCode] };
    const notifier = { card: { cardNumber, pin }, letterOfAttorney: true };
    const { answer, refusal } = await shinjuku.try(changeOfAddress, { ...moving, notifier });
    return refusal?.reason ?? answer?.receipt.residentRecordCodes.length;
  };
  const toldAt = async (office: typeof BUNKYO, { cardNumber, pin }: InReader) => {
    const { shows: _nobodySignedIn, ...terminal } = operatorOf(network, office);
    const { httpPort } = network.node(office);
    const { status, reason } = await postJson(httpPort, terminal, '/self-service/access-reports', { cardNumber, pin });
    return reason ?? status;
  };

  it('is taken for a copy, for a notification, and at the terminal at home, while it is good', async () => {
    const { card } = await aCard();
    expect([await copyBy(card), await notifiedBy(card), await toldAt(BUNKYO, card)]).toEqual([1, 1, 201]);
    expect(await toldAt(SHINJUKU, card)).toBe('NOT_FOUND');
  });

  it.each([
    { what: 'lost', end: (holder: ResidentRecord) => bunkyo.lose(holder) },
    { what: 'taken back', end: (_holder: ResidentRecord, card: InReader) => bunkyo.takeBack(card) },
    { what: 'issued anew', end: (holder: ResidentRecord) => bunkyo.issue(holder, { reissue: true }) },
  ])('is refused for each of them once it is $what, as soon as the status has arrived', async ({ end }) => {
    const { holder, card } = await aCard();
    await end(holder, card);
    expect(await toldAt(BUNKYO, card)).toBe('CARD_INVALID');
    await network.settle();
    const refused = [await copyBy(card), await notifiedBy(card), await toldAt(SHINJUKU, card)];
    expect(refused).toEqual(['CARD_INVALID', 'CARD_INVALID', 'CARD_INVALID']);
  });

  it('is checked by number and signed answer alone: neither name nor code goes to the centre, which names the code in its log', async () => {
    const { card } = await aCard();
    const logs = [NATIONAL, SHINJUKU].map((office) => network.node(office).audit);
    const sizes = await Promise.all(logs.map((log) => log.size()));
    await shinjuku.shown(card);
    const [atCentre, here] = await Promise.all(logs.map((log, i) => log.entries(sizes[i])));
    expect(atCentre).toMatchObject([
      ...[{ event: 'ANSWERED', procedure: '/juki.card.v1.CardCheckService/CheckCard', purpose: 'CARD_CHECK' }],
    ]);
    expect(atCentre).toMatchObject([{ caller: `juki://${SHINJUKU}`, operator: shinjuku.operator }]);
    expect(here?.map(({ event, procedure }) => [event, procedure])).toEqual([
      ['ASKED', '/juki.card.v1.CardCheckService/CheckCard'],
      ['ANSWER_RECEIVED', '/juki.card.v1.CardCheckService/CheckCard'],
      ['ANSWERED', way === 'gRPC' ? '/juki.card.v1.CardService/VerifyCard' : 'POST /cards/verify'],
    ]);
  });

  it('is not good there before the centre has heard of it, while it is at home already', async () => {
    const holder = aResident();
    await network.stop(TOKYO);
    const card = await bunkyo.issue(holder);
    expect(await bunkyo.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
    await network.start(TOKYO);
    await network.settle();
    expect(await shinjuku.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
  });

  it('has its loss wait until Tokyo is back, and arrives everywhere then', async () => {
    const { holder, card } = await aCard();
    await network.stop(TOKYO);
    await bunkyo.lose(holder);
    expect(await bunkyo.shown(card)).toBe('CARD_INVALID');
    await network.start(TOKYO);
    await network.settle();
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
    expect(await statusAt(network, TOKYO, card)).toMatchObject({ state: 'SUSPENDED' });
  });

  describe('while the national centre is down', () => {
    it('is not confirmed there, and nothing is done upon it; at home it is good', async () => {
      const { holder, card } = await aCard();
      await network.stop(NATIONAL);
      try {
        expect(await shinjuku.shown(card)).toBe('CARD_NOT_CONFIRMED');
        expect([await copyBy(card), await notifiedBy(card)]).toEqual(['CARD_NOT_CONFIRMED', 'CARD_NOT_CONFIRMED']);
        const changing = await shinjuku.try(changePin, { card, newPin: '9753' });
        expect(changing.refusal?.reason).toBe('CARD_NOT_CONFIRMED');
        expect(await toldAt(SHINJUKU, card)).toBe('CARD_NOT_CONFIRMED');
        expect(await bunkyo.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
      } finally {
        await network.start(NATIONAL);
        await network.settle();
      }
      expect(await shinjuku.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
    });

    it('counts wrong PINs all the same, and refuses one that is lost at home', async () => {
      const { holder, card } = await aCard();
      await network.stop(NATIONAL);
      try {
        await bunkyo.lose(holder);
        expect(await bunkyo.shown(card)).toBe('CARD_INVALID');
        for (let i = 0; i < 3; i++) expect(await shinjuku.shown({ ...card, pin: '1357' })).toBe('PIN_FAILED');
        expect(await shinjuku.shown(card)).toBe('PIN_FAILED');
      } finally {
        await network.start(NATIONAL);
        await network.settle();
      }
    });

    it('is issued all the same, and known elsewhere when the centre is back', async () => {
      const holder = aResident();
      await network.stop(NATIONAL);
      const card = await bunkyo.issue(holder);
      await network.start(NATIONAL);
      await network.settle();
      expect(await shinjuku.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
    });
  });

  it('of the seed is known there from the beginning', async () => {
    const holder = new Town(network.people, BUNKYO).cardHolder;
    const application = byCard(holder);
    expect((await entrance.apply(network, SHINJUKU, application)).copy?.records).toHaveLength(1);
    await bunkyo.refused(issueCard, issueTo(holder.record), 'CARD_HELD');
  });
});
