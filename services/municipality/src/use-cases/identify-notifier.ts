import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { type IdentifiedNotifier, identifiedByPhotoId, type Notifier, standingOf } from '../domain/counter/notifier.js';
import type { ActNotifier } from '../domain/register/act.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { searchRecords } from '../storage/resident-register.js';
import type { Trx } from './registrar.js';
import { type CardDesk, trustCard } from './trust-card.js';

/**
 * Establishes who has come to the counter.
 *
 * @throws Refusal ID_NOT_ACCEPTED, ID_EXPIRED, or as `trustCard`
 */
export async function identifyNotifier(
  desk: CardDesk,
  { photoId, card, letterOfAttorney }: Notifier,
  exchange: Exchange,
): Promise<IdentifiedNotifier> {
  if (photoId) return identifiedByPhotoId(photoId, letterOfAttorney, today(desk.clock));
  if (!card) throw new Error('the schema lets nobody through who shows nothing');
  const { name, residentRecordCode } = await trustCard(desk, { kind: 'CARD', ...card }, exchange);
  return { name, document: 'CARD', letterOfAttorney, residentRecordCode };
}

/**
 * By what right somebody notifies. A name alone does not tell two residents of the same name apart.
 *
 * @throws Refusal NOTIFIER_NOT_ENTITLED, AMBIGUOUS
 */
export async function standingAtCounter(
  trx: Trx,
  identified: IdentifiedNotifier,
  concerned: ResidentRecord[],
  household: ResidentRecord[],
): Promise<ActNotifier> {
  const notifier = standingOf(identified, concerned, household);
  const { name, residentRecordCode, birthDate } = identified;
  if (notifier.standing === 'AGENT' || (residentRecordCode ?? birthDate) !== undefined) return notifier;
  const known = [...concerned, ...household].map(({ recordId }) => recordId);
  const others = (await searchRecords(trx, { name }, known.length + 1)).filter(
    ({ recordId, deletedOn }) => deletedOn === null && !known.includes(recordId),
  );
  if (others.length > 0)
    throw new Refusal('AMBIGUOUS', { field: 'notifier', fault: 'has a name that others have: state the birth date' });
  return notifier;
}
