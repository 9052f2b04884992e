import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Arrival, ArrivalState } from '../domain/moves/arrival.js';
import type { CertificateInformation } from '../domain/moves/claim.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;
type Row = Selectable<MunicipalityTables['arrival']>;

const UNDER_WAY: ArrivalState[] = ['CLAIMING', 'CLAIMED', 'ENTERED', 'RELEASING'];

export async function findArrival(db: Db, arrivalId: string): Promise<Arrival | undefined> {
  const row = await db.selectFrom('arrival').selectAll().where('arrival_id', '=', arrivalId).executeTakeFirst();
  return row && arrivalOf(row);
}

/** The special move-in that was begun with a card, and has neither been done nor given up. */
export async function begunWith(db: Db, cardNumber: string): Promise<Arrival | undefined> {
  const row = await db
    .selectFrom('arrival')
    .selectAll()
    .where('card_number', '=', cardNumber)
    .where('state', 'in', ['CLAIMING', 'CLAIMED'])
    .executeTakeFirst();
  return row && arrivalOf(row);
}

/** Those that are under way, the longest first. */
export async function arrivalsUnderWay(db: Db, most: number): Promise<Arrival[]> {
  const rows = await db
    .selectFrom('arrival')
    .selectAll()
    .where('state', 'in', UNDER_WAY)
    .orderBy('changed_at')
    .orderBy('arrival_id')
    .limit(most)
    .execute();
  return rows.map(arrivalOf);
}

/** Keeps how a special move-in stands, in the place of how it stood. */
export async function putArrival(trx: Transaction<MunicipalityTables>, arrival: Arrival): Promise<void> {
  const { arrival_id, ...standing } = rowOf(arrival);
  await trx
    .insertInto('arrival')
    .values({ arrival_id, ...standing })
    .onConflict((conflict) => conflict.column('arrival_id').doUpdateSet(standing))
    .execute();
}

function arrivalOf(row: Row): Arrival {
  return {
    ...{ arrivalId: row.arrival_id, origin: row.origin, cardNumber: row.card_number, problem: row.problem },
    ...{ residentRecordCode: row.resident_record_code, movedInOn: row.moved_in_on, notifiedOn: row.notified_on },
    ...{ state: row.state, changedAt: new Date(row.changed_at) },
    certificate: row.certificate === null ? null : (JSON.parse(row.certificate) as CertificateInformation),
  };
}

function rowOf(arrival: Arrival): Row {
  const { certificate } = arrival;
  return {
    ...{ arrival_id: arrival.arrivalId, origin: arrival.origin, card_number: arrival.cardNumber },
    ...{ resident_record_code: arrival.residentRecordCode, moved_in_on: arrival.movedInOn },
    ...{ notified_on: arrival.notifiedOn, state: arrival.state, problem: arrival.problem },
    ...{ certificate: certificate && JSON.stringify(certificate), changed_at: arrival.changedAt.toISOString() },
  };
}
