import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { findArrival, putArrival } from '../storage/arrivals.js';
import { logWith } from './log-with.js';
import { queueWith } from './queue-with.js';
import type { Registrar } from './registrar.js';

/**
 * Gives up a special move-in that has begun: from here on nobody is entered upon it, and the origin is told until it has
 * heard it. Can be repeated.
 *
 * @throws Refusal NOT_FOUND, MOVE_SETTLED where people were entered upon it, or the origin refused it
 */
export async function releaseSpecialMoveIn(counter: Registrar, arrivalId: string, exchange: Exchange): Promise<void> {
  const { ledger, clock, dispatch } = counter;
  exchange.purpose = 'SPECIAL_MOVE_IN_RELEASE';
  await ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const arrival = await findArrival(trx, arrivalId);
    if (!arrival) throw new Refusal('NOT_FOUND', { field: 'arrivalId' });
    const { state, origin, residentRecordCode, certificate } = arrival;
    exchange.concerns.add(residentRecordCode);
    for (const person of certificate?.people ?? []) exchange.concerns.add(person.residentRecordCode);
    if (state === 'RELEASING' || state === 'RELEASED') return;
    if (state !== 'CLAIMING' && state !== 'CLAIMED') throw new Refusal('MOVE_SETTLED');
    await putArrival(trx, { ...arrival, state: 'RELEASING', certificate: null, changedAt: clock.now() });
    const release = { claimId: arrivalId, residentRecordCode };
    await queueWith(counter, trx, { destination: origin, kind: 'RELEASE' }, [release]);
    await logWith(counter, trx, exchange, 'register/SPECIAL_MOVE_IN_RELEASE');
  });
  dispatch.wake();
}
