import type { Kysely, Transaction } from 'kysely';
import type { Change } from '../domain/fold-changes.js';
import { inGroups } from '../domain/in-groups.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables, QueueKind } from './tables.js';

const ROWS_AT_ONCE = 500;

/** What is to go on to another office, and has not been answered by it yet. */
export interface Queued<Content = unknown> {
  /** In the order in which it was queued, within this office. */
  position: number;
  content: Content;
}

/** How much waits, and since when. */
export interface QueueStanding {
  depth: number;
  oldest: Date | null;
}

/** Whatever is queued is about somebody. */
export type Content = Change | { residentRecordCode: ResidentRecordCode };

/** Queues contents for an office. In the caller's transaction: what is not recorded is not sent, nor the other way round. */
export async function enqueue<Item extends Content>(
  trx: Transaction<CoreTables>,
  { destination, kind, at }: { destination: OfficeId; kind: QueueKind; at: Date },
  contents: readonly Item[],
): Promise<void> {
  if (contents.length === 0) return;
  const { last } = await trx
    .selectFrom('outbox')
    .select((row) => row.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  const first = Number(last ?? 0) + 1;
  const rows = contents.map((content, i) => ({
    ...{ position: first + i, destination, kind, resident_record_code: codeOf(content) },
    ...{ content: JSON.stringify(content), queued_at: at.toISOString() },
  }));
  for (const group of inGroups(rows, ROWS_AT_ONCE)) {
    await trx.insertInto('outbox').values(group).execute();
  }
}

/** The oldest of what waits for an office. */
export async function nextQueued<Content>(
  db: Kysely<CoreTables>,
  { destination, kind }: { destination: OfficeId; kind: QueueKind },
  most: number,
): Promise<Queued<Content>[]> {
  const rows = await db
    .selectFrom('outbox')
    .select(['position', 'content'])
    .where('destination', '=', destination)
    .where('kind', '=', kind)
    .orderBy('position')
    .limit(most)
    .execute();
  return rows.map(({ position, content }) => ({ position, content: JSON.parse(content) as Content }));
}

/** Those of some codes that something of a kind waits about. */
export async function queuedAmong(
  db: Kysely<CoreTables>,
  kind: QueueKind,
  codes: ResidentRecordCode[],
): Promise<ResidentRecordCode[]> {
  const queued = new Set<ResidentRecordCode>();
  for (const group of inGroups(codes, ROWS_AT_ONCE)) {
    const rows = await db
      .selectFrom('outbox')
      .select('resident_record_code')
      .where('kind', '=', kind)
      .where('resident_record_code', 'in', group)
      .execute();
    for (const row of rows) queued.add(row.resident_record_code);
  }
  return [...queued];
}

function codeOf(content: Content): ResidentRecordCode {
  return 'identification' in content ? content.identification.residentRecordCode : content.residentRecordCode;
}

/** Of some kinds, what waits for which offices. */
export async function waitingQueues(
  db: Kysely<CoreTables>,
  kinds: QueueKind[],
): Promise<{ kind: QueueKind; destination: OfficeId }[]> {
  return db.selectFrom('outbox').select(['kind', 'destination']).where('kind', 'in', kinds).distinct().execute();
}

/** It has been answered. */
export async function dequeue(db: Kysely<CoreTables>, positions: number[]): Promise<void> {
  if (positions.length > 0) await db.deleteFrom('outbox').where('position', 'in', positions).execute();
}

export async function queueStanding(db: Kysely<CoreTables>, kind: QueueKind): Promise<QueueStanding> {
  const queued = db.selectFrom('outbox').where('kind', '=', kind);
  const { depth } = await queued.select((row) => row.fn.countAll().as('depth')).executeTakeFirstOrThrow();
  const first = await queued.select('queued_at').orderBy('position').limit(1).executeTakeFirst();
  return { depth: Number(depth), oldest: first ? new Date(first.queued_at) : null };
}
