import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CalendarDate } from '../domain/calendar-date.js';
import type { DisclosureRequest } from '../domain/disclosure-request.js';
import type { CoreTables } from './tables.js';

type Trx = Transaction<CoreTables>;

/** In the caller's transaction, as everything that writes here. */
export async function enterRequest(trx: Trx, request: DisclosureRequest): Promise<void> {
  const { requestId, residentRecordCode, receivedOn, receivedBy, dueOn, ...rest } = request;
  await trx
    .insertInto('disclosure_request')
    .values({
      ...{ ...rest, request_id: requestId, resident_record_code: residentRecordCode, received_on: receivedOn },
      ...{ received_by: receivedBy, due_on: dueOn, answered_on: null, answered_by: null },
    })
    .execute();
}

/** Those that wait, the most urgent first. */
export async function waitingRequests(db: Kysely<CoreTables>, most: number): Promise<DisclosureRequest[]> {
  const rows = await db
    .selectFrom('disclosure_request')
    .selectAll()
    .where('answered_on', 'is', null)
    .orderBy('due_on')
    .orderBy('request_id')
    .limit(most)
    .execute();
  return rows.map(requestOf);
}

export async function overdueRequests(db: Kysely<CoreTables>, today: CalendarDate): Promise<number> {
  const { overdue } = await db
    .selectFrom('disclosure_request')
    .select((row) => row.fn.countAll().as('overdue'))
    .where('answered_on', 'is', null)
    .where('due_on', '<', today)
    .executeTakeFirstOrThrow();
  return Number(overdue);
}

export async function findRequest(db: Kysely<CoreTables>, requestId: string): Promise<DisclosureRequest | undefined> {
  const found = db.selectFrom('disclosure_request').selectAll().where('request_id', '=', requestId);
  const row = await found.executeTakeFirst();
  return row && requestOf(row);
}

/** @returns whether it still waited */
export async function extendRequest(
  trx: Trx,
  requestId: string,
  { until, notices }: { until: CalendarDate; notices: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('disclosure_request')
    .set({ due_on: until, extension: notices })
    .where('request_id', '=', requestId)
    .where('answered_on', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

/** @returns whether it still waited */
export async function answerRequest(
  trx: Trx,
  requestId: string,
  { answer, document, on, by }: { answer: string; document: string | null; on: CalendarDate; by: string },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('disclosure_request')
    .set({ answer, document, answered_on: on, answered_by: by })
    .where('request_id', '=', requestId)
    .where('answered_on', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

function requestOf(row: Selectable<CoreTables['disclosure_request']>): DisclosureRequest {
  const { kind, statement, extension, answer, document } = row;
  return {
    ...{ requestId: row.request_id, kind, residentRecordCode: row.resident_record_code, statement },
    ...{ receivedOn: row.received_on, receivedBy: row.received_by, dueOn: row.due_on, extension, answer, document },
  };
}
