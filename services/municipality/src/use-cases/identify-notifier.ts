import { type Clock, today } from '#core/domain/clock.js';
import type { CardReader } from '../devices/card-reader.js';
import { type IdentifiedNotifier, identifiedByPhotoId, type Notifier } from '../domain/counter/notifier.js';

/**
 * Establishes who has come to the counter.
 *
 * @throws Refusal ID_NOT_ACCEPTED, ID_EXPIRED, CARD_INVALID, PIN_FAILED
 */
export function identifyNotifier(
  { clock, cardReader }: { clock: Clock; cardReader: CardReader },
  { photoId, card, letterOfAttorney }: Notifier,
): IdentifiedNotifier {
  if (photoId) return identifiedByPhotoId(photoId, letterOfAttorney, today(clock));
  if (!card) throw new Error('the schema lets nobody through who shows nothing');
  const { name } = cardReader.read({ kind: 'CARD', ...card }, today(clock));
  return { name, document: 'CARD', letterOfAttorney };
}
