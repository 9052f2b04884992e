import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Channel, Departing, DepartingState, Departure } from '../domain/moves/departure.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;
type Trx = Transaction<MunicipalityTables>;
type DepartingRow = Selectable<MunicipalityTables['departing_record']>;

/** Keeps a special move-out, with the act that deleted the records. */
export async function enterDeparture(
  trx: Trx,
  { departureId, actId, plannedOn, destinationMunicipality, destination, notifiedAt }: Departure,
  channel: Channel,
): Promise<void> {
  await trx
    .insertInto('departure')
    .values({
      ...{ departure_id: departureId, act_id: actId, planned_on: plannedOn, destination, channel },
      ...{ destination_municipality: destinationMunicipality, notified_at: notifiedAt.toISOString() },
    })
    .execute();
}

export async function findDeparture(db: Db, departureId: string): Promise<Departure | undefined> {
  const row = await db.selectFrom('departure').selectAll().where('departure_id', '=', departureId).executeTakeFirst();
  return (
    row && {
      ...{ departureId, actId: row.act_id, plannedOn: row.planned_on, destination: row.destination },
      ...{ destinationMunicipality: row.destination_municipality, notifiedAt: new Date(row.notified_at) },
    }
  );
}

/** Keeps how somebody's move-out stands, in the place of how it stood. */
export async function putDeparting(trx: Trx, departing: Departing): Promise<void> {
  const { departure_id, record_id, ...standing } = rowOf(departing);
  await trx
    .insertInto('departing_record')
    .values({ departure_id, record_id, ...standing })
    .onConflict((conflict) => conflict.columns(['departure_id', 'record_id']).doUpdateSet(standing))
    .execute();
}

/** The last special move-out of the holder of a record, if there was one. */
export async function lastDepartingOf(db: Db, recordId: string): Promise<Departing | undefined> {
  const row = await db
    .selectFrom('departing_record')
    .innerJoin('departure', 'departure.departure_id', 'departing_record.departure_id')
    .selectAll('departing_record')
    .where('departing_record.record_id', '=', recordId)
    .orderBy('departing_record.next_version', 'desc')
    .executeTakeFirst();
  return row && departingOf(row);
}

export async function departingIn(db: Db, departureId: string, state: DepartingState): Promise<Departing[]> {
  const rows = await db
    .selectFrom('departing_record')
    .selectAll()
    .where('departure_id', '=', departureId)
    .where('state', '=', state)
    .orderBy('record_id')
    .execute();
  return rows.map(departingOf);
}

/** Those whom a claim is about, whatever became of them since. */
export async function departingUnder(db: Db, claimId: string): Promise<Departing[]> {
  const rows = await db
    .selectFrom('departing_record')
    .selectAll()
    .where('claim_id', '=', claimId)
    .orderBy('record_id')
    .execute();
  return rows.map(departingOf);
}

/** Everybody who is between this register and another, the longest first. */
export async function departingUnderWay(db: Db, most: number): Promise<Departing[]> {
  const rows = await db
    .selectFrom('departing_record')
    .selectAll()
    .where('state', 'in', ['OPEN', 'CLAIMED'])
    .orderBy('changed_at')
    .orderBy('record_id')
    .limit(most)
    .execute();
  return rows.map(departingOf);
}

function departingOf(row: DepartingRow): Departing {
  return {
    ...{ departureId: row.departure_id, recordId: row.record_id, householderName: row.householder_name },
    ...{ state: row.state, nextVersion: row.next_version, claimId: row.claim_id, changedAt: new Date(row.changed_at) },
  };
}

function rowOf(departing: Departing): DepartingRow {
  return {
    ...{ departure_id: departing.departureId, record_id: departing.recordId, state: departing.state },
    ...{ householder_name: departing.householderName, next_version: departing.nextVersion },
    ...{ claim_id: departing.claimId, changed_at: departing.changedAt.toISOString() },
  };
}
