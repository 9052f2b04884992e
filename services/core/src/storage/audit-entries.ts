import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { Evidence } from '../audit/entry.js';
import type { SignedStatement } from '../domain/proof.js';
import { writeAlone } from './dialect.js';
import type { CoreTables } from './tables.js';

/** An entry ready to be written: its leaf, and what opens the digests in the leaf. */
export interface SealedEntry {
  exchange: string;
  leaf: string;
  nonce: string;
  purpose: string;
  subjects: { residentRecordCode: string; salt: string }[];
  evidence: Evidence;
}

/** Appends entries in their order, without a gap. The caller's transaction decides whether they are kept. */
export async function appendEntries(trx: Transaction<CoreTables>, entries: SealedEntry[]): Promise<void> {
  await writeAlone(trx);
  const first = await nextPosition(trx);
  const rows = entries.map(({ subjects: _beside, evidence, ...entry }, i) => ({
    ...{ position: first + i, ...entry },
    ...{ proof: textOf(evidence.proof), receipt: textOf(evidence.receipt), mandate: textOf(evidence.mandate) },
  }));
  await trx.insertInto('audit_entry').values(rows).execute();
  await keepCertificates(trx, entries);
  const subjects = entries.flatMap((entry, i) =>
    entry.subjects.map(({ residentRecordCode, salt }, ordinal) => ({
      position: first + i,
      ordinal,
      resident_record_code: residentRecordCode,
      salt,
    })),
  );
  if (subjects.length > 0) await trx.insertInto('audit_subject').values(subjects).execute();
}

function textOf(signed: SignedStatement | undefined): string | null {
  if (!signed) return null;
  const { signature, certificate, ...stated } = signed;
  return JSON.stringify({ ...stated, signature: signature.toString('base64'), certificate: fingerprint(certificate) });
}

/** Each once, however often its office signs. */
async function keepCertificates(trx: Transaction<CoreTables>, entries: SealedEntry[]): Promise<void> {
  const signed = entries.flatMap(({ evidence: { proof, receipt, mandate } }) =>
    [proof, receipt, mandate].flatMap((one) => one?.certificate ?? []),
  );
  const rows = new Map(signed.map((der) => [fingerprint(der), der.toString('base64')]));
  if (rows.size === 0) return;
  await trx
    .insertInto('signing_certificate')
    .values([...rows].map(([print, der]) => ({ fingerprint: print, der })))
    .onConflict((conflict) => conflict.column('fingerprint').doNothing())
    .execute();
}

function fingerprint(certificate: Buffer): string {
  return createHash('sha256').update(certificate).digest('hex');
}

/** Entries from a position on, in their order: the leaf, and the purpose that its digest is over. */
export function readEntries(db: Kysely<CoreTables>, from = 0): Promise<{ leaf: string; purpose: string }[]> {
  return db
    .selectFrom('audit_entry')
    .select(['leaf', 'purpose'])
    .where('position', '>=', from)
    .orderBy('position')
    .execute();
}

/** Of the entries of an exchange, those whose question was proved. */
export async function readProvedLeaves(db: Kysely<CoreTables>, exchange: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('leaf')
    .where('exchange', '=', exchange)
    .where('proof', 'is not', null)
    .execute();
  return rows.map(({ leaf }) => leaf);
}

/** How many entries the log has; the position of the next one. */
export async function nextPosition(db: Kysely<CoreTables>): Promise<number> {
  const { last } = await db
    .selectFrom('audit_entry')
    .select((row) => row.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return last === null ? 0 : Number(last) + 1;
}
