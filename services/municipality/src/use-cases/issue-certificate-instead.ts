import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import { certifiedPersonOf } from '../domain/certificates/move-out-certificate.js';
import type { Departing } from '../domain/moves/departure.js';
import type { IssuedCertificate } from '../domain/register/receipt.js';
import { currentCode } from '../storage/codes.js';
import { departingIn, findDeparture, lastDepartingOf, putDeparting } from '../storage/departures.js';
import { certificateOf } from '../storage/move-out-certificates.js';
import { findRecords, recordsWithIds } from '../storage/resident-register.js';
import { certifyMoveOut } from './certify-move-out.js';
import { logWith } from './log-with.js';
import type { Look } from './reading.js';
import type { Registrar, Trx } from './registrar.js';

type Desk = Registrar & { certificatePress: CertificatePress };

/**
 * Makes the paper certificate after all, for everybody of a special move-out who still waits: the way out where the card
 * can not be used. From then on nobody moves in with the card.
 *
 * @throws Refusal NOT_FOUND, MOVE_UNDER_WAY, MOVE_SETTLED
 */
export function issueCertificateInstead(
  desk: Desk,
  { residentRecordCode, purpose }: Look,
  exchange: Exchange,
): Promise<IssuedCertificate[]> {
  exchange.purpose = purpose;
  exchange.concerns.add(residentRecordCode);
  return desk.ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const departing = await departingOf(trx, residentRecordCode);
    const issued =
      departing.state === 'PAPER' ? await issuedBefore(trx, departing) : await certify(desk, trx, departing, exchange);
    await logWith(desk, trx, exchange, 'register/MOVE_OUT_CERTIFICATE');
    return issued;
  });
}

async function departingOf(trx: Trx, stated: string): Promise<Departing> {
  const found = await findRecords(trx, { residentRecordCode: await currentCode(trx, stated) });
  const [newest] = found.sort((a, b) => b.changeVersion - a.changeVersion);
  const departing = newest && (await lastDepartingOf(trx, newest.recordId));
  if (!departing || departing.state === 'CANCELLED') throw new Refusal('NOT_FOUND');
  if (departing.state === 'CLAIMED') throw new Refusal('MOVE_UNDER_WAY');
  if (departing.state === 'MOVED_IN') throw new Refusal('MOVE_SETTLED');
  return departing;
}

async function issuedBefore(trx: Trx, { departureId }: Departing): Promise<IssuedCertificate[]> {
  const onPaper = await departingIn(trx, departureId, 'PAPER');
  const records = await recordsWithIds(
    trx,
    onPaper.map(({ recordId }) => recordId),
  );
  const issued = new Map<string, IssuedCertificate>();
  for (const record of records) {
    const certificate = await certificateOf(trx, record);
    if (certificate) issued.set(certificate.number, certificate);
  }
  return [...issued.values()];
}

async function certify(
  desk: Desk,
  trx: Trx,
  { departureId }: Departing,
  exchange: Exchange,
): Promise<IssuedCertificate[]> {
  const departure = await findDeparture(trx, departureId);
  if (!departure) throw new Error('whoever departs is part of a departure');
  const waiting = await departingIn(trx, departureId, 'OPEN');
  const records = await recordsWithIds(
    trx,
    waiting.map(({ recordId }) => recordId),
  );
  const people = waiting.flatMap(({ recordId, householderName, nextVersion: version }) =>
    records
      .filter((record) => record.recordId === recordId)
      .map((record) => ({ record, certified: { ...certifiedPersonOf(record, householderName), version } })),
  );
  for (const one of waiting) await putDeparting(trx, { ...one, state: 'PAPER', changedAt: desk.clock.now() });
  for (const { record } of people) exchange.concerns.add(record.residentRecordCode);
  const { plannedOn, destination, actId } = departure;
  return certifyMoveOut(desk, trx, { actId, plannedOn, issuedOn: today(desk.clock), destination, people });
}
