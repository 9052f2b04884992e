import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { IssuedCertificate } from '../domain/register/receipt.js';
import { currentCode } from '../storage/codes.js';
import { certificateOf } from '../storage/move-out-certificates.js';
import { findRecords } from '../storage/resident-register.js';
import type { Counter } from './counter.js';
import type { Look } from './reading.js';

/**
 * Hands out once more the certificate of somebody who moved out from here last: as it was, and sealed anew where its
 * seal is not taken any more.
 *
 * @throws Refusal NOT_FOUND, ALREADY_REGISTERED where they are registered here
 */
export async function reissueMoveOutCertificate(
  { ledger, certificatePress }: Pick<Counter, 'ledger' | 'certificatePress'>,
  { residentRecordCode, purpose }: Look,
  exchange: Exchange,
): Promise<IssuedCertificate> {
  exchange.purpose = purpose;
  exchange.concerns.add(residentRecordCode);
  const found = await findRecords(ledger, { residentRecordCode: await currentCode(ledger, residentRecordCode) });
  if (found.some(({ deletedOn }) => deletedOn === null)) throw new Refusal('ALREADY_REGISTERED');
  const [newest] = found.sort((a, b) => b.changeVersion - a.changeVersion);
  const certificate = newest?.deletionReason === 'MOVE_OUT' ? await certificateOf(ledger, newest) : undefined;
  if (!certificate) throw new Refusal('NOT_FOUND');
  return { ...certificate, payload: certificatePress.vouchedFor(certificate.payload) };
}
