import type { Kysely, Selectable, Transaction } from 'kysely';
import type { Draft } from '../domain/register/draft.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;

export async function enterDraft(db: Db, draft: Draft): Promise<void> {
  await db
    .insertInto('draft')
    .values({
      draft_id: draft.draftId,
      content: JSON.stringify(draft.act),
      grounds: draft.grounds,
      drafted_by: draft.draftedBy,
      drafted_at: draft.draftedAt.toISOString(),
      standing: JSON.stringify(draft.standing),
      state: draft.state,
      ...{ closed_by: null, closed_at: null, act_id: null },
    })
    .execute();
}

export async function findDraft(db: Db, draftId: string): Promise<Draft | undefined> {
  const row = await db.selectFrom('draft').selectAll().where('draft_id', '=', draftId).executeTakeFirst();
  return row && draftOf(row);
}

/** The drafts that wait for a second person, the oldest first. */
export async function openDrafts(db: Db, most: number): Promise<Draft[]> {
  const rows = await db
    .selectFrom('draft')
    .selectAll()
    .where('state', '=', 'OPEN')
    .orderBy('drafted_at')
    .orderBy('draft_id')
    .limit(most)
    .execute();
  return rows.map(draftOf);
}

/** Closes a draft; the caller has seen in the same transaction that it is open. */
export async function closeDraft(
  trx: Transaction<MunicipalityTables>,
  draftId: string,
  closed: { state: 'APPROVED' | 'WITHDRAWN'; by: string; at: Date; actId: string | null },
): Promise<void> {
  const { state, by, at, actId } = closed;
  await trx
    .updateTable('draft')
    .set({ state, closed_by: by, closed_at: at.toISOString(), act_id: actId })
    .where('draft_id', '=', draftId)
    .execute();
}

function draftOf(row: Selectable<MunicipalityTables['draft']>): Draft {
  return {
    draftId: row.draft_id,
    act: JSON.parse(row.content),
    grounds: row.grounds,
    draftedBy: row.drafted_by,
    draftedAt: new Date(row.drafted_at),
    standing: JSON.parse(row.standing),
    state: row.state,
  };
}
