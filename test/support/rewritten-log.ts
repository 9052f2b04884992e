import type { Kysely } from 'kysely';
import { appendLeaves } from '#core/storage/audit-tiles.js';
import type { CoreTables } from '#core/storage/tables.js';

/** What somebody can do to a log who has its database: entries are removed or altered, and the tree is laid anew over them. */
export async function rewriteLog(
  ledger: Kysely<CoreTables>,
  { keep = Number.MAX_SAFE_INTEGER, alter }: { keep?: number; alter?: number },
): Promise<void> {
  await ledger.transaction().execute(async (trx) => {
    for (const table of ['audit_entry', 'audit_subject'] as const)
      await trx.deleteFrom(table).where('position', '>=', keep).execute();
    const rows = await trx.selectFrom('audit_entry').select(['position', 'leaf']).orderBy('position').execute();
    const leaves = rows.map(({ leaf }, nth) => (nth === alter ? leaf.replace('juki://', 'juki:// ') : leaf));
    for (const [nth, leaf] of leaves.entries())
      await trx.updateTable('audit_entry').set({ leaf }).where('position', '=', nth).execute();
    await trx.deleteFrom('audit_tile').execute();
    await appendLeaves(trx, 0, leaves);
  });
}
