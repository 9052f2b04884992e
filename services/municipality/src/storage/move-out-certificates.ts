import type { Kysely, Transaction } from 'kysely';
import type { IssuedCertificate } from '../domain/register/receipt.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import type { MunicipalityTables } from './tables.js';

/** Keeps a certificate with the move-out that it certifies. */
export async function enterCertificate(
  trx: Transaction<MunicipalityTables>,
  { number, payload, paper }: IssuedCertificate,
  { actId, records }: { actId: string; records: ResidentRecord[] },
): Promise<void> {
  const row = { certificate_number: number, act_id: actId, payload, paper };
  await trx.insertInto('move_out_certificate').values(row).execute();
  const rows = records.map(({ recordId, changeVersion }) => ({
    ...{ certificate_number: number, record_id: recordId, change_version: changeVersion },
  }));
  await trx.insertInto('certified_record').values(rows).execute();
}

/** The certificate of the move-out that deleted a record; there is none of a move abroad. */
export async function certificateOf(
  db: Kysely<MunicipalityTables>,
  { recordId, changeVersion }: ResidentRecord,
): Promise<IssuedCertificate | undefined> {
  const row = await db
    .selectFrom('certified_record')
    .innerJoin('move_out_certificate as paper', 'paper.certificate_number', 'certified_record.certificate_number')
    .selectAll('paper')
    .where('certified_record.record_id', '=', recordId)
    .where('certified_record.change_version', '=', changeVersion)
    .executeTakeFirst();
  return row && { number: row.certificate_number, payload: row.payload, paper: row.paper };
}
