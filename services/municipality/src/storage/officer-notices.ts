import type { Kysely } from 'kysely';
import type { OfficeId } from '#core/domain/office.js';
import type { OfficerNotice } from '../domain/protection/officer-notice.js';
import type { Restriction } from '../domain/protection/restriction.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;

/** Tells this municipality's officers that somebody elsewhere asked for a copy that a restriction forbids. */
export async function tellOfficers(
  db: Db,
  asked: { exchange: string; at: Date; askedBy: OfficeId; newId: () => string },
  restrictions: Restriction[],
): Promise<void> {
  const rows = restrictions.map(({ recordId, kind }) => ({
    notice_id: asked.newId(),
    exchange: asked.exchange,
    record_id: recordId,
    at: asked.at.toISOString(),
    asked_by: asked.askedBy,
    kind,
  }));
  await db.insertInto('officer_notice').values(rows).execute();
}

/** The newest notices, the newest first. */
export async function newestNotices(db: Db, most: number): Promise<OfficerNotice[]> {
  const rows = await db
    .selectFrom('officer_notice as notice')
    .innerJoin('resident_record as record', 'record.record_id', 'notice.record_id')
    .select(['notice.at', 'notice.kind', 'notice.asked_by', 'notice.exchange', 'record.resident_record_code'])
    .orderBy('notice.at', 'desc')
    .orderBy('notice.notice_id')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    at: new Date(row.at),
    kind: row.kind,
    askedBy: row.asked_by,
    exchange: row.exchange,
    residentRecordCode: row.resident_record_code,
  }));
}
