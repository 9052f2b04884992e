import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { CardCounter, type InReader, passportOf, statusAt } from '../support/card-counter.js';
import { beginMoveIn, completeMoveIn, continueCard, specialMoveOut } from '../support/card-questions.js';
import { IN_SHINJUKU, leavingForShinjuku, TODAY } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { moveOut } from '../support/questions.js';
import { WAYS } from '../support/register-desk.js';
import { FRIDAY_MORNING, startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   two people, each with a card ── 転出届 ──▶ Bunkyo: both cards lapse 30 days after the planned day
 *   one card, PIN ── 最初の転入届 ──▶ Shinjuku ── claim ──▶ Bunkyo: certificate information, both cards
 *                                       │ the card that was handed over goes on; the other one lapses after 90 days
 *   the other card, PIN ── 継続利用 ──▶ Shinjuku: goes on as well
 */
const on = (day: string) => `${day}T09:00:00+09:00`;

describe.each(WAYS)(
  'Two people with a card each move from Bunkyo to Shinjuku, and hand over one of the cards, over $way',
  ({ way }) => {
    let network: TestNetwork;
    let bunkyo: CardCounter;
    let shinjuku: CardCounter;
    let aPair: () => [ResidentRecord, ResidentRecord];
    let [holder, other] = [] as unknown as [ResidentRecord, ResidentRecord];
    let [handedOver, kept] = [] as unknown as [InReader, InReader];

    beforeAll(async () => {
      network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
      bunkyo = new CardCounter(network, BUNKYO, way);
      shinjuku = new CardCounter(network, SHINJUKU, way);
      aPair = handingOut(pairsIn(new Town(network.people, BUNKYO)));
    });
    beforeEach(async () => {
      network.clock.set(FRIDAY_MORNING);
      [holder, other] = aPair();
      handedOver = await bunkyo.issue(holder);
      kept = await bunkyo.issue(other);
      await bunkyo.ask(specialMoveOut, {
        ...{ ...leavingForShinjuku([holder, other]), notifier: passportOf(holder), channel: 'COUNTER' },
      });
      await network.settle();
    });
    afterAll(() => network.remove());

    async function moveIn(): Promise<void> {
      const { cardNumber, pin } = handedOver;
      const { arrivalId } = await shinjuku.ask(beginMoveIn, { card: { cardNumber, pin }, movedInOn: TODAY });
      await shinjuku.ask(completeMoveIn, {
        arrivalId,
        address: IN_SHINJUKU,
        people: [holder, other].map(asNewHousehold),
      });
      await network.settle();
    }
    const asNewHousehold = ({ residentRecordCode }: ResidentRecord, i: number) => ({
      ...{ residentRecordCode, relationship: i === 0 ? '世帯主' : '同居人' },
    });
    /** Two of one household without cards, which can do without them. */
    function pairsIn(town: Town): [ResidentRecord, ResidentRecord][] {
      const carded = new Set(network.people.flatMap(({ cards }) => cards.map((card) => card.residentRecordCode)));
      const residents = town.residents.filter(({ residentRecordCode }) => !carded.has(residentRecordCode));
      return [...Map.groupBy(residents, ({ householdId }) => householdId).values()].flatMap((all) => {
        const [first] = all;
        const isWhole = first !== undefined && town.household(first).length === all.length && all.length === 2;
        const [one, two] = isWhole ? all : all.filter(({ relationship }) => relationship !== '世帯主');
        return one && two ? [[one, two] satisfies [ResidentRecord, ResidentRecord]] : [];
      });
    }
    const inShinjuku = ({ residentRecordCode }: ResidentRecord) => `${residentRecordCode} of 131041`;
    const continuing = ({ cardNumber, pin }: InReader) => ({ card: { cardNumber, pin } });

    it('are kept by Shinjuku from then on, at every level, and the one that was handed over is good without end of days', async () => {
      await moveIn();
      for (const office of [TOKYO, NATIONAL]) {
        const status = await statusAt(network, office, handedOver);
        expect(status).toMatchObject({ state: 'ACTIVE', municipality: '131041', lapsesAfter: null });
      }
      expect(await statusAt(network, NATIONAL, kept)).toMatchObject({
        municipality: '131041',
        lapsesBy: 'NOT_CONTINUED',
      });
      for (const counter of [shinjuku, bunkyo]) expect(await counter.shown(handedOver)).toBe(inShinjuku(holder));
      network.clock.set(on(addDays(TODAY, 91)));
      expect(await shinjuku.shown(handedOver)).toBe(inShinjuku(holder));
    });

    it('are Bunkyo’s no more, which says where they have gone', async () => {
      await moveIn();
      expect(await bunkyo.cardsOf(holder)).toMatchObject([{ cardNumber: handedOver.cardNumber, movedTo: '131041' }]);
      await expect(bunkyo.takeBack(handedOver)).rejects.toThrow('NOT_FOUND');
    });

    it('go on, both of them, where the other one is handed over on the 90th day', async () => {
      await moveIn();
      network.clock.set(on(addDays(TODAY, 90)));
      const { answer } = await shinjuku.try(continueCard, continuing(kept));
      expect(answer?.card).toMatchObject({ state: 'ACTIVE', cardNumber: kept.cardNumber });
      await network.settle();
      network.clock.set(on(addDays(TODAY, 91)));
      for (const counter of [shinjuku, bunkyo]) expect(await counter.shown(kept)).toBe(inShinjuku(other));
    });

    it('are one good card, and one that was not handed over, on the 91st day', async () => {
      await moveIn();
      network.clock.set(on(addDays(TODAY, 91)));
      await shinjuku.refused(continueCard, continuing(kept), 'CARD_INVALID');
      for (const counter of [shinjuku, bunkyo]) expect(await counter.shown(kept)).toBe('CARD_INVALID');
      expect(await shinjuku.cardsOf(other)).toMatchObject([{ state: 'INVALID', invalidBy: 'NOT_CONTINUED' }]);
    });

    it('end one of them where its holder moves on before it was handed over, by that; the other one may go along', async () => {
      await moveIn();
      const toBunkyo = { destinationMunicipality: '131059', destination: '東京都文京区春日二丁目99番1号' };
      const alone = { ...other, relationship: '世帯主' };
      await shinjuku.ask(moveOut, { ...leavingForShinjuku([alone]), ...toBunkyo });
      await network.settle();
      expect(await statusAt(network, NATIONAL, kept)).toMatchObject({ state: 'INVALID', invalidBy: 'MOVED_ON' });
      expect([await shinjuku.shown(kept), await bunkyo.shown(kept)]).toEqual(['CARD_INVALID', 'CARD_INVALID']);
      expect(await shinjuku.shown(handedOver)).toBe(inShinjuku(holder));
    });

    it('can not be handed over to go on in Bunkyo, nor in Shinjuku before they have moved in', async () => {
      await shinjuku.refused(continueCard, continuing(kept), 'NOT_FOUND');
      await expect(bunkyo.ask(continueCard, continuing(kept))).rejects.toThrow('CARD_STATE_CONTRADICTED');
      await moveIn();
      await bunkyo.refused(continueCard, continuing(kept), 'NOT_FOUND');
    });

    it('are not good any more on the 31st day after the planned one, where nobody has moved in by then', async () => {
      network.clock.set(on(addDays(TODAY, 31)));
      for (const card of [handedOver, kept]) expect(await shinjuku.shown(card)).toBe('CARD_INVALID');
      const { cardNumber, pin } = handedOver;
      await expect(
        shinjuku.ask(beginMoveIn, { card: { cardNumber, pin }, movedInOn: addDays(TODAY, 31) }),
      ).rejects.toThrow('CARD_INVALID');
    });

    it('have their loss told in Shinjuku, which keeps them, and it is heard in Bunkyo', async () => {
      await moveIn();
      await shinjuku.lose(other);
      await network.settle();
      expect([await shinjuku.shown(kept), await bunkyo.shown(kept)]).toEqual(['CARD_INVALID', 'CARD_INVALID']);
    });
  },
);
