import type { Consignment } from '#core/propagation/dispatch.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { ArrivalState } from '../domain/moves/arrival.js';
import type { MoveInNotice } from '../domain/moves/claim.js';
import type { TellOrigin } from '../peers/tell-origin.js';
import { findArrival, putArrival } from '../storage/arrivals.js';
import type { Registrar } from './registrar.js';

type Teller = Pick<Registrar, 'ledger' | 'clock'> & { tellOrigin: TellOrigin };

/** Move-in notices on their way to the origin (Article 9(1)). */
export function moveInNotices(teller: Teller): Consignment<MoveInNotice & { residentRecordCode: string }> {
  return {
    ...{ kind: 'MOVE_IN_NOTICE', most: 1, among: 'PARTICIPANTS' },
    async handOver(origin, notices) {
      for (const { residentRecordCode: _ofTheHolder, ...notice } of notices) {
        await teller.tellOrigin.noticeMoveIn(origin, notice);
        await settle(teller, notice.claimId, 'ENTERED', 'CLOSED');
      }
    },
  };
}

/** Claims that are given back, on their way to the origin. */
export function releases(teller: Teller): Consignment<{ claimId: string; residentRecordCode: string }> {
  return {
    ...{ kind: 'RELEASE', most: 1, among: 'PARTICIPANTS' },
    async handOver(origin, given) {
      for (const { claimId, residentRecordCode } of given) {
        await teller.tellOrigin.release(origin, claimId, [residentRecordCode]);
        await settle(teller, claimId, 'RELEASING', 'RELEASED');
      }
    },
  };
}

async function settle(
  { ledger, clock }: Teller,
  arrivalId: string,
  from: ArrivalState,
  to: ArrivalState,
): Promise<void> {
  await ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const arrival = await findArrival(trx, arrivalId);
    if (arrival?.state === from) await putArrival(trx, { ...arrival, state: to, changedAt: clock.now() });
  });
}
