import type { Kysely } from 'kysely';
import type { CertifiedNote } from '../domain/certified-note.js';
import type { OfficeId } from '../domain/office.js';
import type { CoreTables } from './tables.js';

/** The newest checkpoint of another office's log that this office has seen, signed by that office. */
export interface WitnessedLog extends CertifiedNote {
  /** Whose log. */
  office: OfficeId;
  size: number;
  witnessedAt: Date;
  /** The alarm about what contradicts it; undefined while nothing does. */
  contradictedBy?: string;
}

/** The newest checkpoint of this office's own log that another office has seen, signed by that one. */
export interface LogWitness extends CertifiedNote {
  witness: OfficeId;
  size: number;
  witnessedAt: Date;
}

export async function putWitnessedLog(db: Kysely<CoreTables>, log: WitnessedLog): Promise<void> {
  const { office, contradictedBy = null } = log;
  const row = { office, ...columnsOf(log), contradicted_by: contradictedBy };
  await db
    .insertInto('witnessed_log')
    .values(row)
    .onConflict((conflict) => conflict.column('office').doUpdateSet(row))
    .execute();
}

/** By office. */
export async function witnessedLogs(db: Kysely<CoreTables>): Promise<WitnessedLog[]> {
  const rows = await db.selectFrom('witnessed_log').selectAll().orderBy('office').execute();
  return rows.map(witnessedIn);
}

/** Undefined where nothing was seen of it. */
export async function witnessedLogOf(db: Kysely<CoreTables>, office: OfficeId): Promise<WitnessedLog | undefined> {
  const row = await db.selectFrom('witnessed_log').selectAll().where('office', '=', office).executeTakeFirst();
  return row && witnessedIn(row);
}

export async function putLogWitness(db: Kysely<CoreTables>, seen: LogWitness): Promise<void> {
  const row = { witness: seen.witness, ...columnsOf(seen) };
  await db
    .insertInto('log_witness')
    .values(row)
    .onConflict((conflict) => conflict.column('witness').doUpdateSet(row))
    .execute();
}

/** By witness. */
export async function logWitnesses(db: Kysely<CoreTables>): Promise<LogWitness[]> {
  const rows = await db.selectFrom('log_witness').selectAll().orderBy('witness').execute();
  return rows.map(({ witness, ...row }) => ({ witness, ...seenIn(row) }));
}

/** Undefined where that office is not known to have seen anything of it. */
export async function logWitnessBy(db: Kysely<CoreTables>, witness: OfficeId): Promise<LogWitness | undefined> {
  const row = await db.selectFrom('log_witness').selectAll().where('witness', '=', witness).executeTakeFirst();
  return row && { witness, ...seenIn(row) };
}

type Seen = Omit<LogWitness, 'witness'>;

type WitnessedRow = ReturnType<typeof columnsOf> & { office: string; contradicted_by: string | null };

function witnessedIn({ office, contradicted_by: contradictedBy, ...row }: WitnessedRow): WitnessedLog {
  return { office, ...seenIn(row), ...(contradictedBy !== null && { contradictedBy }) };
}

function columnsOf({ size, note, certificate, witnessedAt }: Seen) {
  return { size, note, certificate: certificate.toString('base64'), witnessed_at: witnessedAt.toISOString() };
}

function seenIn({ size, note, certificate, witnessed_at: at }: ReturnType<typeof columnsOf>): Seen {
  return { size: Number(size), note, certificate: Buffer.from(certificate, 'base64'), witnessedAt: new Date(at) };
}
