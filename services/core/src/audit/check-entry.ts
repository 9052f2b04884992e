import { digestOf, purposeDigest, signatureDigest } from '../domain/digest.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { Leaf } from './entry.js';
import type { LogKey } from './log-key.js';
import { leafHash } from './merkle-tree.js';

/** What stands beside a leaf and does not fit it. */
export type Misfit = 'LEAF' | 'EXCHANGE' | 'PURPOSE' | 'SUBJECTS' | 'NUMBER' | 'PROOF' | 'RECEIPT';

/** An entry with everything that a ledger has beside it. */
export interface KeptEntry {
  position: number;
  exchange: string;
  leaf: string;
  nonce: string;
  purpose: string;
  proof: string | null;
  receipt: string | null;
  /** As the tree keeps it. */
  hash: Buffer;
  /** In the order of the leaf's tags. */
  subjects: KeptSubject[];
}

interface KeptSubject {
  code: ResidentRecordCode;
  number: number;
  salt: string | null;
  /** The number that the entry before has, which names them; undefined where none does. */
  before: number | undefined;
}

/** @returns the first thing that does not fit; undefined where all does */
export function misfitOf(entry: KeptEntry, key: LogKey): Misfit | undefined {
  if (!leafHash(entry.leaf).equals(entry.hash)) return 'LEAF';
  const leaf = JSON.parse(entry.leaf) as Leaf;
  if (leaf.exchange !== entry.exchange) return 'EXCHANGE';
  if (leaf.purposeDigest !== purposeDigest(entry.nonce, entry.purpose)) return 'PURPOSE';
  if (leaf.subjects.join() !== entry.subjects.map((subject) => tagIn(subject, key)).join()) return 'SUBJECTS';
  if (!entry.subjects.every(followsOn)) return 'NUMBER';
  if (leaf.proofDigest !== digestIn(entry.proof)) return 'PROOF';
  return leaf.receiptDigest === digestIn(entry.receipt) ? undefined : 'RECEIPT';
}

function tagIn({ code, number, salt }: KeptSubject, key: LogKey): string {
  return salt === null ? key.tag(code, number) : digestOf(salt, code);
}

/** The first that is left can have any number: those before it may be older than entries are kept. */
function followsOn({ number, before }: KeptSubject): boolean {
  return before === undefined || number === before + 1;
}

function digestIn(signed: string | null): string | null {
  if (signed === null) return null;
  const { signature } = JSON.parse(signed) as { signature: string };
  return signatureDigest(Buffer.from(signature, 'base64'));
}
