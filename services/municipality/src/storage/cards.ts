import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { Card, CardEvent } from '../domain/cards/card.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;
type Trx = Transaction<MunicipalityTables>;
type Row = Selectable<MunicipalityTables['card']>;

/** Kept here, or once kept here. */
export async function findCard(db: Db, cardNumber: string): Promise<Card | undefined> {
  const row = await db.selectFrom('card').selectAll().where('card_number', '=', cardNumber).executeTakeFirst();
  return row && cardOf(row);
}

/** Every card that the holders of some records have or had here, the oldest first. */
export function cardsOf(db: Db, recordIds: string[]): Promise<Card[]> {
  return cardsOfPeople(db, { recordIds, codes: [] });
}

/** The same, with those that hold one of some codes: of whoever has come back, others hang on an earlier record. */
export async function cardsOfPeople(
  db: Db,
  { recordIds, codes }: { recordIds: string[]; codes: ResidentRecordCode[] },
): Promise<Card[]> {
  if (recordIds.length + codes.length === 0) return [];
  const rows = await db
    .selectFrom('card')
    .selectAll()
    .where((card) =>
      card.or([
        ...(recordIds.length > 0 ? [card('record_id', 'in', recordIds)] : []),
        ...(codes.length > 0 ? [card('resident_record_code', 'in', codes)] : []),
      ]),
    )
    .orderBy('issued_on')
    .orderBy('card_number')
    .execute();
  return rows.map(cardOf);
}

/** The numbers of cards that are kept here, and past their last day by now without anybody having noted it. */
export async function cardsPast(db: Db, day: CalendarDate): Promise<string[]> {
  const rows = await db
    .selectFrom('card')
    .select('card_number')
    .where('moved_to', 'is', null)
    .where('state', 'in', ['ACTIVE', 'SUSPENDED'])
    .where((row) => row.or([row('expires_on', '<', day), row('lapses_after', '<', day)]))
    .orderBy('card_number')
    .execute();
  return rows.map(({ card_number }) => card_number);
}

/** Keeps a card as it stands now; what it was before is in its events. */
export async function putCard(trx: Trx, card: Card): Promise<void> {
  const { card_number, ...standing } = rowOf(card);
  await trx
    .insertInto('card')
    .values({ card_number, ...standing })
    .onConflict((conflict) => conflict.column('card_number').doUpdateSet(standing))
    .execute();
}

export async function appendCardEvent(trx: Trx, cardNumber: string, event: CardEvent): Promise<void> {
  const { last } = await trx
    .selectFrom('card_event')
    .select((row) => row.fn.max('ordinal').as('last'))
    .where('card_number', '=', cardNumber)
    .executeTakeFirstOrThrow();
  const { state, invalidBy, on, operator } = event;
  const row = { card_number: cardNumber, ordinal: Number(last ?? 0) + 1, state, invalid_by: invalidBy };
  await trx
    .insertInto('card_event')
    .values({ ...row, noted_on: on, operator })
    .execute();
}

/** The oldest first. */
export async function eventsOf(db: Db, cardNumber: string): Promise<CardEvent[]> {
  const rows = await db
    .selectFrom('card_event')
    .selectAll()
    .where('card_number', '=', cardNumber)
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => ({
    ...{ state: row.state, invalidBy: row.invalid_by, on: row.noted_on, operator: row.operator },
  }));
}

/** Notes how often a chip has answered. @returns false where it has answered that often before */
export async function noteAnswersHere(db: Db, cardNumber: string, answers: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('card')
    .set({ answers })
    .where('card_number', '=', cardNumber)
    .where('answers', '<', answers)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows) > 0;
}

function cardOf(row: Row): Card {
  return {
    ...{ cardNumber: row.card_number, kind: row.kind, recordId: row.record_id, issuedOn: row.issued_on },
    ...{ residentRecordCode: row.resident_record_code, expiresOn: row.expires_on, state: row.state },
    ...{ invalidBy: row.invalid_by, lapsesAfter: row.lapses_after, lapsesBy: row.lapses_by },
    ...{ publicKey: row.public_key, managementKey: row.management_key, version: row.version },
    ...{ answers: row.answers, movedTo: row.moved_to },
  };
}

function rowOf(card: Card): Row {
  return {
    ...{ card_number: card.cardNumber, kind: card.kind, record_id: card.recordId, issued_on: card.issuedOn },
    ...{ resident_record_code: card.residentRecordCode, expires_on: card.expiresOn, state: card.state },
    ...{ invalid_by: card.invalidBy, lapses_after: card.lapsesAfter, lapses_by: card.lapsesBy },
    ...{ public_key: card.publicKey, management_key: card.managementKey, version: card.version },
    ...{ answers: card.answers, moved_to: card.movedTo },
  };
}
