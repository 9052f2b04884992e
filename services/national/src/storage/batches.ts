import type { Kysely, Selectable, Transaction } from 'kysely';
import { inGroups } from '#core/domain/in-groups.js';
import type { Batch } from '../domain/batch.js';
import type { NationalTables } from './tables.js';

type Row = Selectable<NationalTables['batch']>;
type Trx = Transaction<NationalTables>;

const ROWS_AT_ONCE = 500;

export async function findBatch(db: Kysely<NationalTables>, batchId: string): Promise<Batch | undefined> {
  const row = await db.selectFrom('batch').selectAll().where('batch_id', '=', batchId).executeTakeFirst();
  return row && batchOf(row);
}

/** Those that are neither complete nor stopped, the oldest first. */
export async function openBatches(db: Kysely<NationalTables>, most: number): Promise<Batch[]> {
  const rows = await db
    .selectFrom('batch')
    .selectAll()
    .where('state', 'in', ['REQUESTED', 'APPROVED', 'HALTED'])
    .orderBy('requested_at')
    .orderBy('batch_id')
    .limit(most)
    .execute();
  return rows.map(batchOf);
}

/** @param pieces the digests of its pieces, in their order */
export async function enterBatch(trx: Trx, batch: Batch, pieces: readonly string[], at: Date): Promise<void> {
  const row = { ...rowOf(batch), requested_at: at.toISOString(), decided_by: null, decided_at: null };
  await trx.insertInto('batch').values(row).execute();
  const rows = pieces.map((digest, number) => ({ batch_id: batch.batchId, number, digest, answers: null }));
  for (const group of inGroups(rows, ROWS_AT_ONCE)) await trx.insertInto('batch_piece').values(group).execute();
}

/** The digests of a batch's pieces, in their order. */
export async function digestsOf(db: Kysely<NationalTables>, batchId: string): Promise<string[]> {
  const pieces = db.selectFrom('batch_piece').select('digest').where('batch_id', '=', batchId).orderBy('number');
  return (await pieces.execute()).map(({ digest }) => digest);
}

/** What was approved for a piece, and what was answered, as long as it is not acknowledged; undefined past the last. */
export async function findPiece(
  db: Kysely<NationalTables>,
  batchId: string,
  number: number,
): Promise<{ digest: string; answers: string | null } | undefined> {
  return db
    .selectFrom('batch_piece')
    .select(['digest', 'answers'])
    .where('batch_id', '=', batchId)
    .where('number', '=', number)
    .executeTakeFirst();
}

/** How it stands from now on. */
export async function putBatch(trx: Trx, batch: Batch, decided?: { by: string; at: Date }): Promise<void> {
  const { batch_id: batchId, state, answered, acknowledged, not_found, most_not_found } = rowOf(batch);
  await trx
    .updateTable('batch')
    .set({
      ...{ state, answered, acknowledged, not_found, most_not_found },
      ...(decided && { decided_by: decided.by, decided_at: decided.at.toISOString() }),
    })
    .where('batch_id', '=', batchId)
    .execute();
}

export async function keepAnswers(trx: Trx, batchId: string, number: number, answers: string): Promise<void> {
  await trx
    .updateTable('batch_piece')
    .set({ answers })
    .where('batch_id', '=', batchId)
    .where('number', '=', number)
    .execute();
}

/** Of what is acknowledged, nothing is kept. */
export async function forgetAnswers(
  trx: Trx,
  batchId: string,
  { from, before }: { from: number; before: number },
): Promise<void> {
  await trx
    .updateTable('batch_piece')
    .set({ answers: null })
    .where('batch_id', '=', batchId)
    .where('number', '>=', from)
    .where('number', '<', before)
    .execute();
}

function rowOf(batch: Batch): Omit<Row, 'requested_at' | 'decided_by' | 'decided_at'> {
  const { batchId, agency, state, inquiry, kind, since, people, answered, acknowledged, notFound, mostNotFound } =
    batch;
  return {
    ...{ batch_id: batchId, agency, state, kind, since, people, answered, acknowledged },
    ...{ inquiry: JSON.stringify(inquiry), not_found: notFound, most_not_found: mostNotFound },
  };
}

function batchOf(row: Row): Batch {
  return {
    ...{ batchId: row.batch_id, agency: row.agency, state: row.state, inquiry: JSON.parse(row.inquiry) },
    ...{ kind: row.kind, since: row.since, people: row.people, answered: row.answered },
    ...{ acknowledged: row.acknowledged, notFound: row.not_found, mostNotFound: row.most_not_found },
  };
}
