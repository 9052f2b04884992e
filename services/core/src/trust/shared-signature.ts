import type { KeyObject } from 'node:crypto';
import { inclusionProof, leafHash, nodeHash, rootByInclusion, rootHash } from '../audit/merkle-tree.js';
import { COMPACT, HASH, isSignatureLength, MOST_SHARING, PLACE } from '../domain/signature-length.js';
import { verifyCompact } from './compact-signature.js';

/*
 * One signature for many statements. It is over the root of a tree (RFC 6962) that has them as its leaves; each statement
 * has the signature with its own place in the tree, and stands by itself. A signature takes longer than the tree over all
 * that an office states at one moment.
 *
 * In bytes: the signature, 64; and where it is shared, the statement's place among how many, two each, and the path.
 */

/** @param sign makes a compact signature. @returns a signature for each statement, in their order */
export async function signShared(statements: Buffer[], sign: (bytes: Buffer) => Promise<Buffer>): Promise<Buffer[]> {
  const [only] = statements;
  if (statements.length === 1 && only) return [await sign(only)];
  const size = statements.length;
  const full = treeOver(statements.map((statement) => leafHash(statement)));
  const signature = await sign(sharedBytes(size, rootHash(size, full)));
  return statements.map((_, nth) => {
    const place = Buffer.alloc(PLACE);
    place.writeUInt16BE(nth);
    place.writeUInt16BE(size, 2);
    return Buffer.concat([signature, place, ...inclusionProof(nth, size, full)]);
  });
}

/** What a compact signature is over. */
interface SignedOver {
  bytes: Buffer;
  signature: Buffer;
}

/** What holds a statement: itself, or what it shares with others; undefined where the signature has not its form. */
export function signedOver(statement: Buffer, signature: Buffer): SignedOver | undefined {
  if (signature.length === COMPACT) return { bytes: statement, signature };
  if (!isSignatureLength(signature.length)) return undefined;
  const [nth, size] = [signature.readUInt16BE(COMPACT), signature.readUInt16BE(COMPACT + 2)];
  const path = [];
  for (let at = COMPACT + PLACE; at < signature.length; at += HASH) path.push(signature.subarray(at, at + HASH));
  if (size < 2 || size > MOST_SHARING) return undefined;
  const root = rootByInclusion(leafHash(statement), { index: nth, size, path });
  return root && { bytes: sharedBytes(size, root), signature: signature.subarray(0, COMPACT) };
}

/** Whether a signature, shared or not, holds a statement. */
export function verifyShared(statement: Buffer, key: KeyObject, signature: Buffer): boolean {
  const over = signedOver(statement, signature);
  return over !== undefined && verifyCompact(over.bytes, key, over.signature);
}

/** Unlike anything else that is signed. */
function sharedBytes(size: number, root: Buffer): Buffer {
  return Buffer.from(JSON.stringify(['juki-statements/1', size, root.toString('hex')]));
}

/** The full subtrees over leaves, level by level. */
function treeOver(leaves: Buffer[]): (level: number, index: number) => Buffer {
  const levels = [leaves];
  for (let below = leaves; below.length > 1; ) {
    const level = Array.from({ length: below.length >> 1 }, (_, i) =>
      nodeHash(below[2 * i] as Buffer, below[2 * i + 1] as Buffer),
    );
    levels.push(level);
    below = level;
  }
  return (level, index) => levels[level]?.[index] as Buffer;
}
