import type { Kysely } from 'kysely';
import type { SignedDirectory } from '../domain/directory.js';
import type { CoreTables } from './tables.js';

/** The newest that this office holds. */
export async function heldDirectory(db: Kysely<CoreTables>): Promise<SignedDirectory | undefined> {
  const row = await db.selectFrom('directory').selectAll().orderBy('number', 'desc').limit(1).executeTakeFirst();
  if (!row) return undefined;
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const { content, issued_at, signature, certificate } = row;
  return {
    ...{ content: bytes(content), at: Number(issued_at) },
    ...{ signature: bytes(signature), certificate: bytes(certificate) },
  };
}

/** Keeps a directory beside the earlier ones. One of its number that is kept was of a centre that is believed no more. */
export async function keepDirectory(
  db: Kysely<CoreTables>,
  number: number,
  { content, at, signature, certificate }: SignedDirectory,
  receivedAt: Date,
): Promise<void> {
  const values = {
    ...{ number, content: content.toString('base64'), issued_at: String(at) },
    ...{ signature: signature.toString('base64'), certificate: certificate.toString('base64') },
    received_at: receivedAt.toISOString(),
  };
  await db
    .insertInto('directory')
    .values(values)
    .onConflict((conflict) => conflict.column('number').doUpdateSet(values))
    .execute();
}

/** Of all that were ever kept, believed or not; 0 where none was. */
export async function highestNumber(db: Kysely<CoreTables>): Promise<number> {
  const { number } = await db
    .selectFrom('directory')
    .select(({ fn }) => fn.max('number').as('number'))
    .executeTakeFirstOrThrow();
  return Number(number ?? 0);
}
