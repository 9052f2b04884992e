import type { Kysely } from 'kysely';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Restriction } from '../domain/protection/restriction.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;

/** The restrictions of every kind that hold for these records on a day. One question for all kinds (SILENT). */
export async function restrictionsOn(db: Db, recordIds: string[], day: CalendarDate): Promise<Restriction[]> {
  if (recordIds.length === 0) return [];
  const rows = await db
    .selectFrom('restriction')
    .selectAll()
    .where('record_id', 'in', recordIds)
    .where('valid_from', '<=', day)
    .where('valid_until', '>=', day)
    .execute();
  return rows.map((row) => ({
    recordId: row.record_id,
    kind: row.kind,
    from: row.valid_from,
    until: row.valid_until,
  }));
}

export async function enterRestrictions(db: Db, restrictions: Restriction[]): Promise<void> {
  if (restrictions.length === 0) return;
  const rows = restrictions.map(({ recordId, kind, from, until }) => ({
    record_id: recordId,
    kind,
    valid_from: from,
    valid_until: until,
  }));
  await db.insertInto('restriction').values(rows).execute();
}
