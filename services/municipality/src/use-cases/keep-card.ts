import { nextVersion } from '#core/domain/change-version.js';
import { today } from '#core/domain/clock.js';
import { codeOf } from '#core/domain/office.js';
import { type Card, statusOf } from '../domain/cards/card.js';
import { appendCardEvent, putCard } from '../storage/cards.js';
import { queueWith } from './queue-with.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Keeps a card as it stands from now on, in the caller's transaction: with what became of it, and with its status on the
 * way to the levels above (Order 30-24).
 *
 * @param operator - who had it done; null for what comes by itself
 */
export async function keepCard(registrar: Registrar, trx: Trx, card: Card, operator: string | null): Promise<Card> {
  const { clock, network, office } = registrar;
  const on = today(clock);
  const kept = { ...card, version: nextVersion(card.version, on) };
  await putCard(trx, kept);
  await appendCardEvent(trx, kept.cardNumber, { state: kept.state, invalidBy: kept.invalidBy, on, operator });
  const { parent } = network.entry(office);
  // From outside the network it waits until the municipality takes part.
  if (parent)
    await queueWith(registrar, trx, { destination: parent, kind: 'CARD_STATUS' }, [statusOf(kept, codeOf(office))]);
  return kept;
}
