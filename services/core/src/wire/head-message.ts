import { z } from 'zod';
import type { Head, Witnessed } from '../domain/head.js';
import { isSignatureLength } from '../domain/signature-length.js';
import type { Head as HeadMessage } from './generated/juki/audit/v1/Head.js';
import type { Witnessed as WitnessedMessage } from './generated/juki/audit/v1/Witnessed.js';

/** In characters, of a checkpoint with its signatures. */
const LONGEST_NOTE = 4_096;
/** In bytes. */
const LONGEST_CERTIFICATE = 8_192;
/** Of a log with more entries than a number of JavaScript counts. */
const LONGEST_PROOF = 2 * 53;

const Size = z.coerce.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);
const Hash = z.instanceof(Buffer).refine(({ length }) => length === 32, 'is not 32 bytes');
const Signed = z.strictObject({
  note: z.string().min(1).max(LONGEST_NOTE),
  certificate: z.instanceof(Buffer).refine(({ length }) => length > 0 && length <= LONGEST_CERTIFICATE, 'is too long'),
});

/** A head in the plain shape of its message. */
export const PlainHead = z
  .strictObject({
    checkpoint: Signed,
    fromSize: Size,
    consistencyProof: z.array(Hash).max(LONGEST_PROOF),
    // Of the times that a Date can be.
    shownAt: z.coerce.number().int().nonnegative().max(8_640_000_000_000_000),
    signature: z.instanceof(Buffer).refine(({ length }) => isSignatureLength(length), 'is no signature'),
  })
  .transform(({ consistencyProof: proof, ...head }): Head => ({ ...head, proof }));

/** The same of what was witnessed. */
export const PlainWitnessed = z
  .strictObject({ size: Size, countersigned: Signed.optional(), kept: Signed.optional() })
  .transform((witnessed): Witnessed => witnessed);

export function headMessage({ checkpoint, fromSize, proof, shownAt, signature }: Head): HeadMessage {
  const [from, at] = [String(fromSize), String(shownAt)];
  return { checkpoint, fromSize: from, consistencyProof: proof, shownAt: at, signature };
}

export function witnessedMessage({ size, countersigned, kept }: Witnessed): WitnessedMessage {
  return { size: String(size), ...(countersigned && { countersigned }), ...(kept && { kept }) };
}
