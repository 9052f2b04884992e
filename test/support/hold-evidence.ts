import { createHash, verify, X509Certificate } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Node } from '#core/node.js';
import type { CoreTables } from '#core/storage/tables.js';

/*
 * What somebody does who holds two offices to what they signed, with their logs, the authority's certificate and nothing
 * else: no message, no key, and none of the network's own code.
 */

/** An entry as an office shows it: the leaf, and what stands beside it. */
interface ShownEntry {
  leaf: string;
  nonce: string;
  purpose: string;
  proof: string | null;
  receipt: string | null;
  mandate: string | null;
}

export interface ShownLog {
  entries: ShownEntry[];
  /** Base64 by fingerprint. */
  certificates: Map<string, string>;
}

interface Leaf {
  event: string;
  exchange: string;
  procedure: string;
  caller: string;
  answering: string;
  operator: string;
  outcome: string | null;
  purposeDigest: string;
  requestDigest: string | null;
  answerDigest: string | null;
  proofDigest: string | null;
  receiptDigest: string | null;
}

interface Evidence {
  at: number;
  signature: string;
  certificate: string;
}

export async function shownLog({ audit }: Node): Promise<ShownLog> {
  const db: Kysely<CoreTables> = audit['db'];
  const columns = ['leaf', 'nonce', 'purpose', 'proof', 'receipt', 'mandate'] as const;
  const entries = await db.selectFrom('audit_entry').select(columns).orderBy('position').execute();
  const rows = await db.selectFrom('signing_certificate').selectAll().execute();
  return { entries, certificates: new Map(rows.map(({ fingerprint, der }) => [fingerprint, der])) };
}

/** Which office it was that signed for having asked, by one log alone; undefined where nobody can be held to it. */
export function whoAsked(log: ShownLog, exchange: string, authority: X509Certificate): string | undefined {
  const entry = log.entries.find(({ leaf, proof }) => proof !== null && read(leaf).exchange === exchange);
  if (!entry?.proof) return undefined;
  const { nonce, purpose } = entry;
  const { procedure, caller, answering, operator, proofDigest, purposeDigest, requestDigest } = read(entry.leaf);
  const salt = sha256(`${nonce}:purpose`);
  if (sha256(`${salt}:${purpose}`) !== purposeDigest) return undefined;
  const mandate = entry.mandate ? sha256(Buffer.from((JSON.parse(entry.mandate) as Evidence).signature, 'base64')) : '';
  const asked = [procedure, officeIn(caller), answering, operator, purposeDigest, mandate];
  const statement = ['juki-proof/1', exchange, ...asked];
  return signer(log, authority, entry.proof, proofDigest, (askedAt) => [...statement, askedAt, requestDigest]);
}

/** Which operator's card stands behind a question, by one log alone, of the operators' authority. */
export function whoseCard(log: ShownLog, exchange: string, authority: X509Certificate): string | undefined {
  const entry = log.entries.find(({ leaf, mandate }) => mandate !== null && read(leaf).exchange === exchange);
  if (!entry?.mandate) return undefined;
  const { caller, operator } = read(entry.leaf);
  const { signature } = JSON.parse(entry.mandate) as Evidence;
  const digest = sha256(Buffer.from(signature, 'base64'));
  const statement = ['juki-mandate/1', officeIn(caller).replace(/\/operator\/.*$/, ''), operator, entry.purpose];
  return signer(log, authority, entry.mandate, digest, (at) => [...statement, at, exchange]);
}

/** Which office it was that signed for having answered: with this outcome and these bytes, to this proof. */
export function whoAnswered(log: ShownLog, exchange: string, authority: X509Certificate): string | undefined {
  const entry = log.entries.find(({ leaf, receipt }) => receipt !== null && read(leaf).exchange === exchange);
  if (!entry?.receipt) return undefined;
  const { answering, outcome, answerDigest, receiptDigest } = read(entry.leaf);
  const proofDigest = log.entries.map(({ leaf }) => read(leaf)).find((leaf) => isProofOf(leaf, exchange))?.proofDigest;
  return signer(log, authority, entry.receipt, receiptDigest, (answeredAt) => [
    ...['juki-receipt/1', exchange, answering, answeredAt, outcome, proofDigest, answerDigest],
  ]);
}

function isProofOf(leaf: Leaf, exchange: string): boolean {
  return leaf.exchange === exchange && leaf.proofDigest !== null;
}

/** The office of the certificate, where the signature is the one that the leaf names and is over this statement. */
function signer(
  { certificates }: ShownLog,
  authority: X509Certificate,
  evidence: string,
  digest: string | null,
  statementAt: (at: string) => unknown[],
): string | undefined {
  const { at, signature, certificate } = JSON.parse(evidence) as Evidence;
  const bytes = Buffer.from(signature, 'base64');
  const der = Buffer.from(certificates.get(certificate) ?? '', 'base64');
  if (sha256(bytes) !== digest || sha256(der) !== certificate) return undefined;
  const signing = new X509Certificate(der);
  if (!signing.checkIssued(authority) || !signing.verify(authority.publicKey)) return undefined;
  const statement = Buffer.from(JSON.stringify(statementAt(new Date(at).toISOString())));
  const key = { key: signing.publicKey, dsaEncoding: 'ieee-p1363' as const };
  if (!verify('sha256', statement, key, bytes)) return undefined;
  return officeIn(/URI:([^,]*)/.exec(signing.subjectAltName ?? '')?.[1] ?? '');
}

function officeIn(uri: string): string {
  return uri.replace(/^juki:\/\//, '');
}

function read(leaf: string): Leaf {
  return JSON.parse(leaf) as Leaf;
}

function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}
