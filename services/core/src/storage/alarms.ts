import type { Kysely, Transaction } from 'kysely';
import type { Suspicion } from '../domain/misuse.js';
import type { CoreTables } from './tables.js';

/** A suspicion that a supervisor is to look into. */
export interface Alarm extends Suspicion {
  alarmId: string;
  raisedAt: Date;
}

/**
 * Lists an alarm. In the caller's transaction.
 *
 * @param evidence what it can be shown with to others, as JSON
 */
export async function enterAlarm(
  trx: Transaction<CoreTables>,
  alarm: Alarm,
  evidence: string | null = null,
): Promise<void> {
  const { alarmId, pattern, operator, person, raisedAt } = alarm;
  await trx
    .insertInto('alarm')
    .values({
      ...{ alarm_id: alarmId, pattern, operator, resident_record_code: person, raised_at: raisedAt.toISOString() },
      ...{ evidence, closed_by: null, closed_at: null, finding: null },
    })
    .execute();
}

/** Those that nobody has closed, the oldest first. */
export async function openAlarms(db: Kysely<CoreTables>, most: number): Promise<Alarm[]> {
  const rows = await db
    .selectFrom('alarm')
    .selectAll()
    .where('closed_at', 'is', null)
    .orderBy('raised_at')
    .orderBy('alarm_id')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    ...{ alarmId: row.alarm_id, pattern: row.pattern, operator: row.operator },
    ...{ person: row.resident_record_code, raisedAt: new Date(row.raised_at) },
  }));
}

/** Closes one that is open and not about whoever closes it. @returns whether there was such a one */
export async function closeAlarm(
  db: Kysely<CoreTables>,
  alarmId: string,
  { by, at, finding }: { by: string; at: Date; finding: string },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alarm')
    .set({ closed_by: by, closed_at: at.toISOString(), finding })
    .where('alarm_id', '=', alarmId)
    .where('closed_at', 'is', null)
    .where('operator', '!=', by)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

/** What an alarm can be shown with; undefined where there is no such alarm, or it has nothing. */
export async function alarmEvidence(db: Kysely<CoreTables>, alarmId: string): Promise<string | undefined> {
  const row = await db.selectFrom('alarm').select('evidence').where('alarm_id', '=', alarmId).executeTakeFirst();
  return row?.evidence ?? undefined;
}

/** What every alarm of a pattern about somebody can be shown with, closed ones among them. */
export async function evidenceAbout(
  db: Kysely<CoreTables>,
  { pattern, operator }: Pick<Suspicion, 'pattern' | 'operator'>,
): Promise<string[]> {
  const rows = await db
    .selectFrom('alarm')
    .select('evidence')
    .where('pattern', '=', pattern)
    .where('operator', '=', operator)
    .execute();
  return rows.flatMap(({ evidence }) => evidence ?? []);
}

/** Whom the open alarms of a pattern are about, each once. */
export async function openAbout(db: Kysely<CoreTables>, pattern: Suspicion['pattern']): Promise<string[]> {
  const rows = await db
    .selectFrom('alarm')
    .select('operator')
    .where('pattern', '=', pattern)
    .where('closed_at', 'is', null)
    .distinct()
    .orderBy('operator')
    .execute();
  return rows.map(({ operator }) => operator);
}

export async function isOpen(db: Kysely<CoreTables>, alarmId: string): Promise<boolean> {
  const query = db.selectFrom('alarm').select('alarm_id').where('alarm_id', '=', alarmId);
  return (await query.where('closed_at', 'is', null).executeTakeFirst()) !== undefined;
}
