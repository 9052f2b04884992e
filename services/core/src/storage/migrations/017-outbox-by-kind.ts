import type { Kysely } from 'kysely';

/** A hundred thousand changes can wait for an office: what else waits for it is found without reading them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.createIndex('outbox_kind').on('outbox').columns(['kind', 'destination', 'position']).execute();
  await db.schema.dropIndex('outbox_destination').execute();
}
