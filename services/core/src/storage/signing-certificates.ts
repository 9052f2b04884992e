import { hash } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Evidence } from '../audit/entry.js';
import type { SignedStatement } from '../domain/proof.js';
import { insertion } from './compiled.js';
import type { CoreTables } from './tables.js';

const putCertificates = insertion<CoreTables['signing_certificate']>(
  'signing_certificate',
  ['fingerprint', 'der', 'last_entry'],
  (insert) =>
    insert.onConflict((conflict) =>
      conflict.column('fingerprint').doUpdateSet((row) => ({ last_entry: row.ref('excluded.last_entry') })),
    ),
);

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
  await putCertificates(trx, rows);
}

/** Each certificate signs again and again. */
const known = new WeakMap<Buffer, string>();

function fingerprint(certificate: Buffer): string {
  const print = known.get(certificate) ?? hash('sha256', certificate);
  known.set(certificate, print);
  return print;
}
