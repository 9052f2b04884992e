import type { Kysely, Transaction } from 'kysely';
import type { OfficeId } from '#core/domain/office.js';
import type { FamilyRegisterNotice } from '../domain/acts/family-register-notice.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;

/** A notice that is to reach the home municipality, and who entered it. */
export interface OutgoingNotice {
  notice: FamilyRegisterNotice;
  home: OfficeId;
  operator: string;
}

/** Keeps a notice before it is sent: from here on it is not lost. */
export async function enterOutgoing(db: Db, { notice, home, operator }: OutgoingNotice, at: Date): Promise<void> {
  const { noticeId, ...content } = notice;
  await db
    .insertInto('outgoing_notice')
    .values({
      ...{
        notice_id: noticeId,
        home,
        kind: content.birth ? 'BIRTH' : 'DEATH',
        content: JSON.stringify(content),
        operator,
      },
      ...{ written_at: at.toISOString(), answered_at: null, outcome: null },
    })
    .execute();
}

/** Notices without an answer, the oldest first. */
export async function waitingNotices(db: Db): Promise<OutgoingNotice[]> {
  const rows = await db
    .selectFrom('outgoing_notice')
    .selectAll()
    .where('answered_at', 'is', null)
    .orderBy('written_at')
    .orderBy('notice_id')
    .execute();
  return rows.map((row) => ({
    notice: { noticeId: row.notice_id, ...JSON.parse(row.content) },
    home: row.home,
    operator: row.operator,
  }));
}

/** Keeps home's answer to a notice: OK, or the reason of its refusal. */
export async function noteAnswer(db: Db, noticeId: string, outcome: string, at: Date): Promise<void> {
  await db
    .updateTable('outgoing_notice')
    .set({ answered_at: at.toISOString(), outcome })
    .where('notice_id', '=', noticeId)
    .execute();
}

/** What came under this id before, and from whom. */
export async function receivedNotice(
  db: Db,
  noticeId: string,
): Promise<{ sender: OfficeId; content: string } | undefined> {
  return db
    .selectFrom('received_notice')
    .select(['sender', 'content'])
    .where('notice_id', '=', noticeId)
    .executeTakeFirst();
}

/** Keeps a notice that was acted upon, with the act. */
export async function enterReceived(
  trx: Transaction<MunicipalityTables>,
  { noticeId, sender, content, actId }: { noticeId: string; sender: OfficeId; content: string; actId: string },
): Promise<void> {
  await trx.insertInto('received_notice').values({ notice_id: noticeId, sender, content, act_id: actId }).execute();
}
