import type { Kysely, Selectable } from 'kysely';
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
    .where((row) => row.or([row('ended_on', 'is', null), row('ended_on', '>', day)]))
    .execute();
  return rows.map(restrictionOf);
}

export async function enterRestrictions(db: Db, restrictions: Restriction[], newId: () => string): Promise<void> {
  if (restrictions.length === 0) return;
  const rows = restrictions.map(({ recordId, kind, from, until, endedOn, measureId }) => ({
    restriction_id: newId(),
    record_id: recordId,
    kind,
    valid_from: from,
    valid_until: until,
    ended_on: endedOn,
    ended_by: null,
    measure_id: measureId,
  }));
  await db.insertInto('restriction').values(rows).execute();
}

function restrictionOf(row: Selectable<MunicipalityTables['restriction']>): Restriction {
  return {
    recordId: row.record_id,
    kind: row.kind,
    from: row.valid_from,
    until: row.valid_until,
    endedOn: row.ended_on,
    measureId: row.measure_id,
  };
}
