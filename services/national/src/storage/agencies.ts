import type { Kysely, Selectable, Transaction } from 'kysely';
import { selection } from '#core/storage/compiled.js';
import type { Agency } from '../domain/agency.js';
import type { NationalTables } from './tables.js';

type Row = Selectable<NationalTables['agency']>;

const underNames = selection<Row>((db, names) => db.selectFrom('agency').selectAll().where('name', 'in', names));

/** Those of some names that were ever registered. */
export async function agenciesNamed(db: Kysely<NationalTables>, names: string[]): Promise<Map<string, Agency>> {
  const rows = await underNames(db, names);
  return new Map(rows.map((row) => [row.name, agencyOf(row)]));
}

export async function allAgencies(db: Kysely<NationalTables>): Promise<Agency[]> {
  const rows = await db.selectFrom('agency').selectAll().orderBy('name').execute();
  return rows.map(agencyOf);
}

/** Puts a registration in the place of the one of before. */
export async function putAgency(trx: Transaction<NationalTables>, agency: Agency): Promise<void> {
  const row = rowOf(agency);
  const { name: _key, ...rest } = row;
  await trx
    .insertInto('agency')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doUpdateSet(rest))
    .execute();
}

function rowOf({ name, bodies, purposes, revokedAt }: Agency): Row {
  const texts = { bodies: JSON.stringify(bodies), purposes: JSON.stringify(purposes) };
  return { name, ...texts, revoked_at: revokedAt?.toISOString() ?? null };
}

function agencyOf({ name, bodies, purposes, revoked_at }: Row): Agency {
  const revokedAt = revoked_at === null ? null : new Date(revoked_at);
  return { name, bodies: JSON.parse(bodies), purposes: JSON.parse(purposes), revokedAt };
}
