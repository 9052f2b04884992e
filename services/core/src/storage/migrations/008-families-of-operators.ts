import type { Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['own_name', 'own_address'])
    await db.schema.alterTable('operator').addColumn(column, 'text').execute();
}
