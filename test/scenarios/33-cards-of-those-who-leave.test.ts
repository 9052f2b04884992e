import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, type InReader, issueTo, statusAt } from '../support/card-counter.js';
import { issueCard } from '../support/card-questions.js';
import { withPassport } from '../support/desk.js';
import { arrivingInShinjuku, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { cancelMoveOut, death, moveIn, moveOut, type PlainReceipt } from '../support/questions.js';
import { WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   holder ── 転出届 for 27 May ──▶ Bunkyo: the card lapses after 26 June ── status ──▶ Tokyo ──▶ national centre
 *
 *   26 June: good        27 June: SPECIAL_MOVE_MISSED, whether anybody has noted it, and whoever is switched off
 */
const on = (day: string) => `${day}T09:00:00+09:00`;
const PLANNED = '2016-05-27';
const [LAST_DAY, TOO_LATE] = [addDays(PLANNED, 30), addDays(PLANNED, 31)];
const MISSED = { state: 'INVALID', invalidBy: 'SPECIAL_MOVE_MISSED' };

describe.each(WAYS)(
  'Who has moved out of Bunkyo for 27 May, with a card and a paper certificate, over $way',
  ({ way }) => {
    let network: TestNetwork;
    let bunkyo: CardCounter;
    let shinjuku: CardCounter;
    let aResident: () => ResidentRecord;
    let holder: ResidentRecord;
    let card: InReader;
    let out: PlainReceipt;

    beforeAll(async () => {
      network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
      bunkyo = new CardCounter(network, BUNKYO, way);
      shinjuku = new CardCounter(network, SHINJUKU, way);
      aResident = bunkyo.aResident;
    });
    beforeEach(async () => {
      network.clock.set(FRIDAY_MORNING);
      holder = aResident();
      card = await bunkyo.issue(holder);
      out = await bunkyo.receipt(moveOut, leavingForShinjuku([holder]), 'MOVE_OUT');
      await network.settle();
    });
    afterAll(() => network.remove());

    const shown = async () => [await bunkyo.shown(card), await shinjuku.shown(card)];
    const good = () => `${holder.residentRecordCode} of 131059`;
    const [NEITHER, onBoth] = [['CARD_INVALID', 'CARD_INVALID'], () => [good(), good()]];
    const staying = () => ({
      notifier: withPassport(holder),
      certificates: out.certificates.map(({ payload }) => payload),
      people: [holder.residentRecordCode],
    });

    it('has a card that is good for 30 days from the planned day, to the last of them', async () => {
      network.clock.set(on(LAST_DAY));
      expect(await shown()).toEqual(onBoth());
      expect(await bunkyo.cardsOf(holder)).toMatchObject([{ state: 'ACTIVE', lapsesAfter: LAST_DAY }]);
    });

    it('has none on the 31st day, since they have missed it', async () => {
      network.clock.set(on(TOO_LATE));
      expect(await shown()).toEqual(NEITHER);
      expect(await bunkyo.cardsOf(holder)).toMatchObject([MISSED]);
    });

    it('has none on the 31st day in Shinjuku, though Bunkyo has been switched off since it told the centre', async () => {
      await network.stop(BUNKYO);
      network.clock.set(on(LAST_DAY));
      const last = await shinjuku.shown(card);
      network.clock.set(on(TOO_LATE));
      const late = await shinjuku.shown(card);
      await network.start(BUNKYO);
      expect([last, late]).toEqual([good(), 'CARD_INVALID']);
    });

    it('has it noted by itself, when Bunkyo looks, and the levels above hear of it', async () => {
      network.clock.set(on(TOO_LATE));
      await network.stop(BUNKYO);
      await network.start(BUNKYO);
      await network.settle();
      for (const office of [TOKYO, NATIONAL]) expect(await statusAt(network, office, card)).toMatchObject(MISSED);
    });

    it('has a card that is good without end of days again, who takes the move-out back in time', async () => {
      network.clock.set(on(LAST_DAY));
      await bunkyo.receipt(cancelMoveOut, staying(), 'MOVE_OUT_CANCELLATION');
      await network.settle();
      network.clock.set(on(TOO_LATE));
      expect(await shown()).toEqual(onBoth());
    });

    it('has none any more who takes the move-out back after that, whether the office has noted it or not', async () => {
      network.clock.set(on(TOO_LATE));
      await bunkyo.receipt(cancelMoveOut, staying(), 'MOVE_OUT_CANCELLATION');
      await network.settle();
      expect(await statusAt(network, NATIONAL, card)).toMatchObject(MISSED);
      expect(await shown()).toEqual(NEITHER);
    });

    it('is not issued a second card upon coming back while the first is good, which ends with what ends a card', async () => {
      await shinjuku.ask(moveIn, arrivingInShinjuku([{ ...holder, relationship: '世帯主' }], out));
      const toBunkyo = { destinationMunicipality: '131059', destination: '東京都文京区春日二丁目99番1号' };
      const { receipt } = await shinjuku.ask(moveOut, leavingForShinjuku([holder], toBunkyo));
      const back = { ...holder, relationship: '世帯主' };
      await bunkyo.ask(moveIn, arrivingInShinjuku([back], receipt, { address: toBunkyo.destination }));
      await bunkyo.refused(issueCard, issueTo(holder), 'CARD_HELD');
      const { name, birthDate, sex } = holder;
      await bunkyo.ask(death, { death: { deceased: { name, birthDate, sex }, diedOn: PLANNED } });
      expect(await bunkyo.shown(card)).toBe('CARD_INVALID');
      expect(await bunkyo.cardsOf(holder)).toMatchObject([{ state: 'INVALID', invalidBy: 'DEATH' }]);
    });
  },
);
