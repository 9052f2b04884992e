import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CardStatus } from '../domain/card-status.js';
import { inGroups } from '../domain/in-groups.js';
import type { CoreTables } from './tables.js';

const ROWS_AT_ONCE = 500;

type Row = Selectable<CoreTables['card_status']>;

/** How some cards stand, by their numbers; those that are not known are left out. */
export async function cardStatuses(db: Kysely<CoreTables>, cardNumbers: string[]): Promise<Map<string, CardStatus>> {
  const known = new Map<string, CardStatus>();
  for (const group of inGroups(cardNumbers, ROWS_AT_ONCE)) {
    const rows = await db.selectFrom('card_status').selectAll().where('card_number', 'in', group).execute();
    for (const row of rows) known.set(row.card_number, statusOf(row));
  }
  return known;
}

/** Keeps statuses in the place of earlier ones. The caller's transaction decides whether they are kept. */
export async function putCardStatuses(trx: Transaction<CoreTables>, statuses: CardStatus[]): Promise<void> {
  for (const status of statuses) {
    const { card_number, ...standing } = rowOf(status);
    await trx
      .insertInto('card_status')
      .values({ card_number, ...standing, answers: 0 })
      .onConflict((conflict) => conflict.column('card_number').doUpdateSet(standing))
      .execute();
  }
}

/** Notes how often a chip has answered. @returns false where it has answered that often before */
export async function noteAnswers(
  db: Kysely<CoreTables>,
  cardNumber: string,
  { answers, at }: { answers: number; at: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('card_status')
    .set({ answers, answered_at: at.toISOString() })
    .where('card_number', '=', cardNumber)
    .where('answers', '<', answers)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

/** How often a chip has answered, and when it did so last; undefined where it never has. */
export async function lastAnswer(
  db: Kysely<CoreTables>,
  cardNumber: string,
): Promise<{ answers: number; at: Date } | undefined> {
  const row = await db
    .selectFrom('card_status')
    .select(['answers', 'answered_at'])
    .where('card_number', '=', cardNumber)
    .executeTakeFirst();
  return row && row.answered_at !== null ? { answers: row.answers, at: new Date(row.answered_at) } : undefined;
}

function statusOf(row: Row): CardStatus {
  return {
    ...{ cardNumber: row.card_number, kind: row.kind, residentRecordCode: row.resident_record_code },
    ...{ municipality: row.municipality, state: row.state, invalidBy: row.invalid_by, expiresOn: row.expires_on },
    ...{ lapsesAfter: row.lapses_after, lapsesBy: row.lapses_by, publicKey: row.public_key, version: row.version },
  };
}

function rowOf(status: CardStatus): Omit<Row, 'answers' | 'answered_at'> {
  return {
    ...{ card_number: status.cardNumber, kind: status.kind, resident_record_code: status.residentRecordCode },
    ...{ municipality: status.municipality, state: status.state, invalid_by: status.invalidBy },
    ...{ expires_on: status.expiresOn, lapses_after: status.lapsesAfter, lapses_by: status.lapsesBy },
    ...{ public_key: status.publicKey, version: status.version },
  };
}
