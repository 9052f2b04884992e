import type { CalendarDate } from '#core/domain/calendar-date.js';
import { today } from '#core/domain/clock.js';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { inGroups } from '#core/domain/in-groups.js';
import { writeAlone } from '#core/storage/dialect.js';
import { asOf, type Card, isKeptHere, isValid } from '../domain/cards/card.js';
import { cardsPast, findCard } from '../storage/cards.js';
import { lastDepartingOf } from '../storage/departures.js';
import { keepCard } from './keep-card.js';
import { logWith } from './log-with.js';
import type { Registrar, Trx } from './registrar.js';

/** The counter does not wait for more. */
const AT_ONCE = 100;

/**
 * Notes which cards have passed their last day, and reports them (Orders 30-20 and 30-24). That they are good no more does
 * not hang on it: whoever looks at a card sees it as it stands on the day.
 *
 * @returns how many they are
 */
export async function lapseCards(registrar: Registrar & Fresh, isStopping = () => false): Promise<number> {
  const { ledger, clock, dispatch } = registrar;
  const day = today(clock);
  let lapsed = 0;
  for (const group of inGroups(await cardsPast(ledger, day), AT_ONCE)) {
    if (isStopping()) break;
    lapsed += await lapse(registrar, group, day);
  }
  if (lapsed > 0) dispatch.wake();
  return lapsed;
}

function lapse(registrar: Registrar & Fresh, cardNumbers: string[], day: CalendarDate): Promise<number> {
  return registrar.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const past = await stillPast(trx, cardNumbers, day);
    if (past.length === 0) return 0;
    for (const card of past) await keepCard(registrar, trx, asOf(card, day), null);
    await logWith(registrar, trx, exchangeOf(registrar, past), 'card/LAPSE');
    return past.length;
  });
}

/** Without those that another municipality is taking over. */
async function stillPast(trx: Trx, cardNumbers: string[], day: CalendarDate): Promise<Card[]> {
  const past: Card[] = [];
  for (const cardNumber of cardNumbers) {
    const card = await findCard(trx, cardNumber);
    if (!card || !isKeptHere(card) || !isValid(card) || isValid(asOf(card, day))) continue;
    if ((await lastDepartingOf(trx, card.recordId))?.state !== 'CLAIMED') past.push(card);
  }
  return past;
}

function exchangeOf(registrar: Registrar & Fresh, cards: { residentRecordCode: string }[]): Exchange {
  return {
    ...{ id: registrar.newId(), nonce: newNonce(registrar), operator: 'card-keeping', purpose: 'CARD_LAPSE' },
    ...{ caller: { kind: 'office', office: registrar.office } },
    concerns: new Set(cards.map(({ residentRecordCode }) => residentRecordCode)),
  };
}
