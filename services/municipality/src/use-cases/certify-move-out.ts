import type { CalendarDate } from '#core/domain/calendar-date.js';
import { codeOf } from '#core/domain/office.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import type { CertifiedPerson } from '../domain/certificates/move-out-certificate.js';
import type { IssuedCertificate } from '../domain/register/receipt.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { enterCertificate } from '../storage/move-out-certificates.js';
import { certificateNumber, mayorOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';

interface Certified {
  actId: string;
  plannedOn: CalendarDate;
  issuedOn: CalendarDate;
  destination: string;
  /** Deleted records, and what is certified of each. */
  people: { record: ResidentRecord; certified: CertifiedPerson }[];
}

/** Makes the certificates of a move-out on paper, and keeps them with the act that deleted the records. */
export async function certifyMoveOut(
  desk: Pick<Registrar, 'office' | 'network' | 'newId'> & { certificatePress: CertificatePress },
  trx: Trx,
  { actId, plannedOn, issuedOn, destination, people }: Certified,
): Promise<IssuedCertificate[]> {
  const { office, certificatePress, newId } = desk;
  const issued = certificatePress.print(
    { origin: codeOf(office), destination, plannedOn, issuedOn, people: people.map(({ certified }) => certified) },
    { mayor: mayorOf(desk), newNumber: () => certificateNumber(office, issuedOn, newId()) },
  );
  for (const { codes, ...certificate } of issued) {
    const records = people.map(({ record }) => record).filter((one) => codes.includes(one.residentRecordCode));
    await enterCertificate(trx, certificate, { actId, records });
  }
  return issued.map(({ codes: _whose, ...certificate }) => certificate);
}
