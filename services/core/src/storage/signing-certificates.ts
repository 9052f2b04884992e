import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Evidence } from '../audit/entry.js';
import type { SignedStatement } from '../domain/proof.js';
import type { CoreTables } from './tables.js';

/** What was signed, as the log keeps it: the certificate by its fingerprint. */
export function signedText(signed: SignedStatement | undefined): string | null {
  if (!signed) return null;
  const { signature, certificate, ...stated } = signed;
  return JSON.stringify({ ...stated, signature: signature.toString('base64'), certificate: fingerprint(certificate) });
}

/**
 * Keeps the certificates behind what was signed, each once, however often its office signs, with the newest entry that
 * needs it.
 *
 * @param first - the position of the first entry
 * @param evidences - of the entries from there on
 */
export async function keepCertificates(
  trx: Transaction<CoreTables>,
  first: number,
  evidences: readonly Evidence[],
): Promise<void> {
  const last = new Map<string, { certificate: Buffer; entry: number }>();
  for (const [i, { proof, receipt, mandate }] of evidences.entries())
    for (const signed of [proof, receipt, mandate])
      if (signed) last.set(fingerprint(signed.certificate), { certificate: signed.certificate, entry: first + i });
  if (last.size === 0) return;
  const rows = [...last].map(([print, { certificate, entry }]) => ({
    ...{ fingerprint: print, der: certificate.toString('base64'), last_entry: entry },
  }));
  await trx
    .insertInto('signing_certificate')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('fingerprint').doUpdateSet((row) => ({ last_entry: row.ref('excluded.last_entry') })),
    )
    .execute();
}

/** Those that were hashed lately: each certificate signs again and again. */
const MOST_KNOWN = 1_000;
const known = new Map<string, string>();

function fingerprint(certificate: Buffer): string {
  const text = certificate.toString('latin1');
  const found = known.get(text);
  if (found !== undefined) return found;
  const print = hash('sha256', certificate);
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(text, print);
  return print;
}
