import { today } from '#core/domain/clock.js';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import { writeAlone } from '#core/storage/dialect.js';
import { asOf } from '../domain/cards/card.js';
import { cardsPast } from '../storage/cards.js';
import { lastDepartingOf } from '../storage/departures.js';
import { keepCard } from './keep-card.js';
import { logWith } from './log-with.js';
import type { Registrar } from './registrar.js';

/**
 * Notes which cards have passed their last day, and reports them (Orders 30-20 and 30-24). That they are good no more does
 * not hang on it: whoever looks at a card sees it as it stands on the day.
 *
 * @returns how many they are
 */
export function lapseCards(registrar: Registrar & Fresh): Promise<number> {
  const { ledger, clock, dispatch } = registrar;
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const day = today(clock);
    const past = [];
    for (const card of await cardsPast(trx, day)) {
      // Another municipality is taking it over.
      if ((await lastDepartingOf(trx, card.recordId))?.state !== 'CLAIMED') past.push(card);
    }
    if (past.length === 0) return 0;
    for (const card of past) await keepCard(registrar, trx, asOf(card, day), null);
    await logWith(registrar, trx, exchangeOf(registrar, past), 'card/LAPSE');
    dispatch.wake();
    return past.length;
  });
}

function exchangeOf(registrar: Registrar & Fresh, cards: { residentRecordCode: string }[]): Exchange {
  return {
    ...{ id: registrar.newId(), nonce: newNonce(registrar), operator: 'card-keeping', purpose: 'CARD_LAPSE' },
    ...{ caller: { kind: 'office', office: registrar.office } },
    concerns: new Set(cards.map(({ residentRecordCode }) => residentRecordCode)),
  };
}
