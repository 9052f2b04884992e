import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CardStatus } from '#core/domain/card-status.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { createLogger } from '#core/logger.js';
import { reportedCardStatuses } from '#core/peers/report-card-statuses.js';
import { CardReader } from '#municipality/devices/card-reader.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { checkCardAtCentre } from '#municipality/peers/check-card.js';
import { pocketsIn } from '#scripts/network/start-network.js';
import { SetParticipation } from '#scripts/operator/procedures.js';
import { CardCounter, type InReader, statusAt } from '../support/card-counter.js';
import { OTHER_KEY } from '../support/cards.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Shinjuku, whose own programs are not to be trusted:
 *     ── CheckCard, an answer for another reader, or one that was shown before ──▶ national centre: refused
 *     ── ReportCardStatuses, of a card that Bunkyo keeps                       ──▶ Tokyo: refused, or of no use
 */
describe('A municipality asks the centre about a card, or tells of one, as it should not', () => {
  let network: TestNetwork;
  let bunkyo: CardCounter;
  let shinjuku: CardCounter;
  let aResident: () => ResidentRecord;
  let holder: ResidentRecord;
  let card: InReader;

  beforeAll(async () => {
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
    bunkyo = new CardCounter(network, BUNKYO);
    shinjuku = new CardCounter(network, SHINJUKU);
    aResident = bunkyo.aResident;
  });
  beforeEach(async () => {
    holder = aResident();
    card = await bunkyo.issue(holder);
    await network.settle();
  });
  afterAll(() => network.remove());

  const asker = (office: OfficeId) => ({
    ...network.node(office),
    ...{ newId: randomUUID, randomBytes, logger: createLogger(office, 'silent') },
  });
  const answerTo = (reader: OfficeId) => {
    const reading = { today: '2016-05-27', reader, challenge: randomBytes(16).toString('hex') };
    return new CardReader(pocketsIn(network.data)).read({ kind: 'CARD', ...card }, reading).answer;
  };
  type Answer = ReturnType<typeof answerTo>;
  const exchange = { operator: 'operator-1' } as Exchange;
  const checked = (office: OfficeId, answer: Answer) =>
    checkCardAtCentre(asker(office))(answer, holder.residentRecordCode, exchange);
  const told = (office: OfficeId, status: CardStatus) => reportedCardStatuses(asker(office)).handOver(TOKYO, [status]);
  const status = async () => (await statusAt(network, NATIONAL, card)) as CardStatus;

  it('is told how it stands and who keeps it, once for each answer of the chip', async () => {
    const answer = answerTo(SHINJUKU);
    expect(await checked(SHINJUKU, answer)).toEqual({ state: 'ACTIVE', municipality: '131059' });
    await expect(checked(SHINJUKU, answer)).rejects.toMatchObject({ reason: 'CARD_COPIED' });
  });

  it('is told nothing for an answer that was for another reader', async () => {
    await expect(checked(SHINJUKU, answerTo(BUNKYO))).rejects.toMatchObject({ reason: 'CARD_INVALID' });
  });

  it.each<{ what: string; altered: Partial<Answer> }>([
    { what: 'with a higher count', altered: { count: 99 } },
    { what: 'with another challenge', altered: { challenge: 'ab'.repeat(16) } },
    { what: 'under a number that nobody has', altered: { cardNumber: 'JC9999999999' } },
  ])('is told nothing for an answer $what than the chip gave, and the chip’s own still counts', async ({ altered }) => {
    const answer = answerTo(SHINJUKU);
    await expect(checked(SHINJUKU, { ...answer, ...altered })).rejects.toMatchObject({ reason: 'CARD_INVALID' });
    expect(await checked(SHINJUKU, answer)).toMatchObject({ state: 'ACTIVE' });
  });

  it('can not tell of a card as Bunkyo’s', async () => {
    const revoked = { ...(await status()), state: 'INVALID' as const, invalidBy: 'DEATH' as const, version: 9_999_999 };
    await expect(told(SHINJUKU, revoked)).rejects.toMatchObject({ reason: 'ACCESS_DENIED' });
    expect(await status()).toMatchObject({ state: 'ACTIVE' });
  });

  it('can not make a card good again that Bunkyo has ended, though it says that it keeps it now', async () => {
    await bunkyo.takeBack(card);
    await network.settle();
    await told(SHINJUKU, {
      ...(await status()),
      municipality: '131041',
      state: 'ACTIVE',
      invalidBy: null,
      version: 9_999_999,
    });
    await network.settle();
    for (const office of [TOKYO, NATIONAL])
      expect(await statusAt(network, office, card)).toMatchObject({ state: 'RETURNED', municipality: '131059' });
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
  });

  it('can not put another chip under a number that is known', async () => {
    const { publicKey } = OTHER_KEY;
    await told(SHINJUKU, { ...(await status()), municipality: '131041', publicKey, version: 9_999_999 });
    expect(await statusAt(network, TOKYO, card)).toEqual(await status());
    expect(await shinjuku.shown(card)).toBe(`${holder.residentRecordCode} of 131059`);
  });

  it('is told that a card is good no more whose code has become another one, though its keeper has not said so', async () => {
    const kept = await status();
    const code = await new DailyBusiness(network, BUNKYO).changeCode(holder);
    await network.settle();
    expect(code).not.toBe(holder.residentRecordCode);
    await network.withIdentityLedger(NATIONAL, async (ledger) => {
      const row = ledger.updateTable('card_status').set({ state: kept.state, invalid_by: null });
      await row.where('card_number', '=', kept.cardNumber).execute();
    });
    expect(await checked(SHINJUKU, answerTo(SHINJUKU))).toMatchObject({ state: 'INVALID' });
  });

  it('is told nothing of a card whose municipality has left the network, and all that happened once it is back', async () => {
    const participate = async (participating: boolean) => {
      await new Desk(network, NATIONAL).ask(SetParticipation, { office: BUNKYO, participating });
      await network.settle();
    };
    await participate(false);
    expect(await shinjuku.shown(card)).toBe('CARD_NOT_CONFIRMED');
    await bunkyo.lose(holder);
    await network.settle();
    expect(await status()).toMatchObject({ state: 'ACTIVE' });
    await participate(true);
    await network.settle();
    expect(await status()).toMatchObject({ state: 'SUSPENDED' });
    expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
  });
});
