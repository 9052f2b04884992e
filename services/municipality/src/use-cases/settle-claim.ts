import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { SettledMoveOut } from '#core/domain/settled-move-out.js';
import { writeAlone } from '#core/storage/dialect.js';
import { afterNotice, type Claim, givenBack, type MoveInNotice } from '../domain/moves/claim.js';
import { putCard } from '../storage/cards.js';
import { enterClaim, findClaim, settleClaim } from '../storage/claims.js';
import { departingUnder, putDeparting } from '../storage/departures.js';
import { recordsWithIds } from '../storage/resident-register.js';
import { cardsHandedOver } from './cards-handed-over.js';
import { logWith } from './log-with.js';
import { queueWith } from './queue-with.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * The origin's side of a claim that is given back: whoever waited, waits again. One that never arrived is noted as given
 * back, so that it is not taken when it arrives after all. Can be repeated.
 *
 * @throws Refusal MOVE_SETTLED where people were entered upon it
 */
export function takeClaimBack(
  origin: Registrar,
  destination: OfficeId,
  claimId: string,
  exchange: Exchange,
): Promise<void> {
  const claimedBy = codeOf(destination);
  return origin.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const at = origin.clock.now();
    const claim = await findClaim(trx, claimId);
    if (!claim)
      await enterClaim(trx, { claimId, claimedBy, content: null, outcome: 'RELEASED', departureId: null }, at);
    else if (claim.claimedBy !== claimedBy || claim.outcome === 'CLOSED') throw new Refusal('MOVE_SETTLED');
    else if (claim.outcome === 'GRANTED') {
      await noteConcerned(trx, claimId, exchange);
      for (const departing of await departingUnder(trx, claimId)) await putDeparting(trx, givenBack(departing, at));
      await settleClaim(trx, claimId, 'RELEASED');
    }
    await logWith(origin, trx, exchange, 'register/CLAIM_RELEASE');
  });
}

/**
 * The origin's side of the move-in notice (Article 9(1)): whoever was entered has moved out for good, their cards are the
 * destination's, and the prefecture is told (Order 24-3); whoever was not, waits again. Can be repeated.
 *
 * @throws Refusal NOT_FOUND where nothing was claimed under this id, MOVE_SETTLED where it was given back
 */
export async function noteMoveIn(
  origin: Registrar,
  destination: OfficeId,
  { claimId, movedInOn, residentRecordCodes }: MoveInNotice,
  exchange: Exchange,
): Promise<void> {
  for (const code of residentRecordCodes) exchange.concerns.add(code);
  await origin.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const claim = await findClaim(trx, claimId);
    if (claim?.claimedBy !== codeOf(destination)) throw new Refusal('NOT_FOUND', { field: 'claimId' });
    const { outcome, content } = claim;
    if (outcome !== 'GRANTED' && outcome !== 'CLOSED') throw new Refusal('MOVE_SETTLED');
    if (outcome === 'GRANTED' && content) {
      await noteConcerned(trx, claimId, exchange);
      const settled = { movedInOn, destinationMunicipality: codeOf(destination) };
      await confirm(origin, trx, await settleDeparting(origin, trx, { claim: content, residentRecordCodes, settled }));
      await settleClaim(trx, claimId, 'CLOSED');
    }
    await logWith(origin, trx, exchange, 'register/MOVE_IN_NOTICE');
  });
  origin.dispatch.wake();
}

interface Settling {
  claim: Claim;
  residentRecordCodes: string[];
  settled: Pick<SettledMoveOut, 'movedInOn' | 'destinationMunicipality'>;
}

/** @returns what the prefecture is told */
async function settleDeparting(
  { clock }: Registrar,
  trx: Trx,
  { claim, residentRecordCodes, settled }: Settling,
): Promise<SettledMoveOut[]> {
  const confirmed: SettledMoveOut[] = [];
  for (const departing of await departingUnder(trx, claim.claimId)) {
    const [record] = await recordsWithIds(trx, [departing.recordId]);
    const wasEntered = record !== undefined && residentRecordCodes.includes(record.residentRecordCode);
    await putDeparting(trx, afterNotice(departing, wasEntered, clock.now()));
    if (!wasEntered) continue;
    const { residentRecordCode, changeVersion: version } = record;
    confirmed.push({ residentRecordCode, version, ...settled });
    for (const card of await cardsHandedOver(trx, record.recordId, claim))
      await putCard(trx, { ...card, movedTo: settled.destinationMunicipality });
  }
  return confirmed;
}

async function confirm(origin: Registrar, trx: Trx, confirmed: SettledMoveOut[]): Promise<void> {
  const { parent } = origin.network.entry(origin.office);
  if (parent) await queueWith(origin, trx, { destination: parent, kind: 'MOVE_OUT_CONFIRMATION' }, confirmed);
}

async function noteConcerned(trx: Trx, claimId: string, { concerns }: Exchange): Promise<void> {
  const ids = (await departingUnder(trx, claimId)).map(({ recordId }) => recordId);
  for (const { residentRecordCode } of await recordsWithIds(trx, ids)) concerns.add(residentRecordCode);
}
