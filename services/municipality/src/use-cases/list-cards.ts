import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { asOf } from '../domain/cards/card.js';
import type { CardView } from '../domain/cards/requests.js';
import { cardsOf } from '../storage/cards.js';
import { cardView } from './card-view.js';
import { type Look, noteLook, type Reader, recordsUnder } from './reading.js';

/** The cards that somebody has or had here, as they stand today. @throws Refusal NOT_FOUND where nobody has the code */
export async function listCards(reader: Reader, look: Look, exchange: Exchange): Promise<CardView[]> {
  noteLook(exchange, look);
  const records = await recordsUnder(reader.ledger, look.residentRecordCode);
  const cards = await cardsOf(
    reader.ledger,
    records.map(({ recordId }) => recordId),
  );
  const views = [];
  for (const card of cards) views.push(await cardView(reader.ledger, asOf(card, today(reader.clock))));
  return views;
}
