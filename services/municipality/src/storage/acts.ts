import type { Kysely, Transaction } from 'kysely';
import type { Act } from '../domain/register/act.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;

/** Keeps an act, beside what it writes. */
export async function enterAct(trx: Transaction<MunicipalityTables>, act: Act): Promise<void> {
  await trx
    .insertInto('act')
    .values({
      act_id: act.actId,
      kind: act.kind,
      cause_on: act.causeOn,
      accepted_on: act.acceptedOn,
      accepted_at: act.acceptedAt.toISOString(),
      deadline: act.deadline,
      notifier_name: act.notifier?.name ?? null,
      notifier_standing: act.notifier?.standing ?? null,
      notifier_document: act.notifier?.document ?? null,
      operator: act.operator,
      checked_by: act.checkedBy,
      grounds: act.grounds,
    })
    .execute();
}

/** Acts by their ids, in no particular order. */
export async function actsWithIds(db: Db, ids: string[]): Promise<Act[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('act').selectAll().where('act_id', 'in', ids).execute();
  return rows.map((row) => ({
    actId: row.act_id,
    kind: row.kind,
    causeOn: row.cause_on,
    acceptedOn: row.accepted_on,
    acceptedAt: new Date(row.accepted_at),
    deadline: row.deadline,
    notifier:
      row.notifier_name !== null && row.notifier_standing && row.notifier_document
        ? { name: row.notifier_name, standing: row.notifier_standing, document: row.notifier_document }
        : null,
    operator: row.operator,
    checkedBy: row.checked_by,
    grounds: row.grounds,
  }));
}
