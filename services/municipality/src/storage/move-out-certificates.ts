import type { Kysely, Transaction } from 'kysely';
import type { IssuedCertificate } from '../domain/register/receipt.js';
import type { MunicipalityTables } from './tables.js';

/** Keeps a certificate with the move-out that it certifies. */
export async function enterCertificate(
  trx: Transaction<MunicipalityTables>,
  { number, payload, paper }: IssuedCertificate,
  { actId, recordIds }: { actId: string; recordIds: string[] },
): Promise<void> {
  const row = { certificate_number: number, act_id: actId, payload, paper };
  await trx.insertInto('move_out_certificate').values(row).execute();
  const rows = recordIds.map((recordId) => ({ certificate_number: number, record_id: recordId }));
  await trx.insertInto('certified_record').values(rows).execute();
}

/** The certificate of a record's last move-out. */
export async function certificateOf(
  db: Kysely<MunicipalityTables>,
  recordId: string,
): Promise<IssuedCertificate | undefined> {
  const row = await db
    .selectFrom('certified_record')
    .innerJoin('move_out_certificate as paper', 'paper.certificate_number', 'certified_record.certificate_number')
    .innerJoin('act', 'act.act_id', 'paper.act_id')
    .selectAll('paper')
    .where('certified_record.record_id', '=', recordId)
    .orderBy('act.accepted_at', 'desc')
    .executeTakeFirst();
  return row && { number: row.certificate_number, payload: row.payload, paper: row.paper };
}
