import type { Kysely, Transaction } from 'kysely';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { isHouseholder } from '../domain/register/person.js';
import type { RecordVersion } from '../domain/register/record-version.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;

interface NewVersion {
  record: ResidentRecord;
  actId: string | null;
  recordedOn: CalendarDate;
  /** Known beforehand of a register's beginning; else the next. */
  ordinal?: number;
}

/** Adds versions, each after the last one of its record. Nothing that was written is touched. */
export async function appendVersions(trx: Transaction<MunicipalityTables>, versions: NewVersion[]): Promise<void> {
  if (versions.length === 0) return;
  const rows = [];
  for (const { record, actId, recordedOn, ordinal } of versions) {
    rows.push({
      record_id: record.recordId,
      ordinal: ordinal ?? (await lastOrdinal(trx, record.recordId)) + 1,
      act_id: actId,
      recorded_on: recordedOn,
      household_id: record.householdId,
      content: JSON.stringify(record),
    });
  }
  await trx.insertInto('record_version').values(rows).execute();
}

/** Every version of a record, the oldest first. */
export async function versionsOf(db: Db, recordId: string): Promise<RecordVersion[]> {
  const rows = await db
    .selectFrom('record_version')
    .selectAll()
    .where('record_id', '=', recordId)
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => ({
    ordinal: row.ordinal,
    actId: row.act_id,
    recordedOn: row.recorded_on,
    record: JSON.parse(row.content) as ResidentRecord,
  }));
}

/** Who headed a household at the end of a day, or had headed it last; empty where nobody did. */
export async function householderNameAsOf(db: Db, householdId: string, day: CalendarDate): Promise<string> {
  const ever = db.selectFrom('record_version').select('record_id').where('household_id', '=', householdId);
  const rows = await db
    .selectFrom('record_version')
    .select(['record_id', 'content'])
    .where('record_id', 'in', ever)
    .where('recorded_on', '<=', day)
    .orderBy('recorded_on')
    .orderBy('ordinal')
    .execute();
  const written = rows.map((row) => JSON.parse(row.content) as ResidentRecord);
  const headed = (record: ResidentRecord) => record.householdId === householdId && isHouseholder(record);
  const standing = [...new Map(written.map((record) => [record.recordId, record])).values()];
  const heads = standing.filter((record) => headed(record) && record.deletedOn === null);
  return (heads[0] ?? written.findLast(headed))?.name ?? '';
}

/** The number of a record's newest version; 0 where there is none. */
export async function lastOrdinal(db: Db, recordId: string): Promise<number> {
  const row = await db
    .selectFrom('record_version')
    .select((one) => one.fn.max('ordinal').as('last'))
    .where('record_id', '=', recordId)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}
