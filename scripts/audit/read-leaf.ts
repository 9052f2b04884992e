import { z } from 'zod';
import type { Leaf } from '#core/audit/entry.js';
import { isOfficeId } from '#core/domain/office.js';
import { ProvisionSchema } from '#core/domain/provision/provision-schema.js';
import type { Reason } from '#core/domain/refusal.js';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const office = z.string().refine(isOfficeId);
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text);

/** In the order in which a leaf has them. */
const LEAF = {
  at: instant,
  event: z.enum(['ASKED', 'ANSWER_RECEIVED', 'ANSWERED', 'RECORDED']),
  procedure: z.string(),
  exchange: z.string(),
  caller: z.string(),
  operator: z.string().nullable(),
  answering: office,
  // A later version may know reasons that this one does not.
  outcome: z
    .string()
    .regex(/^[A-Z][A-Z_]*$/)
    .transform((reason) => reason as 'OK' | Reason)
    .nullable(),
  purposeDigest: digest,
  requestDigest: digest.nullable(),
  answerDigest: digest.nullable(),
};
const [evidence, subjects] = [{ proofDigest: digest.nullable(), receiptDigest: digest.nullable() }, z.array(digest)];
const Now = z.strictObject({ ...LEAF, ...evidence, subjects, provision: ProvisionSchema.optional() });
/** Of release 0.1.0, which knew neither proofs nor receipts. */
const Before = z.strictObject({ ...LEAF, subjects });

/** A leaf, and whether it is of a time before questions were proved. */
export interface ReadLeaf {
  leaf: Leaf;
  isOfBefore: boolean;
}

/** Undefined where the bytes are no leaf in its one form. */
export function readLeaf(bytes: Buffer): ReadLeaf | undefined {
  const value = jsonIn(bytes.toString());
  const now = Now.safeParse(value);
  if (now.success) return isWritten(now.data, bytes) ? { leaf: now.data, isOfBefore: false } : undefined;
  const before = Before.safeParse(value);
  if (!before.success || !isWritten(before.data, bytes)) return undefined;
  return { leaf: { ...before.data, proofDigest: null, receiptDigest: null }, isOfBefore: true };
}

function isWritten(leaf: object, bytes: Buffer): boolean {
  return Buffer.from(JSON.stringify(leaf)).equals(bytes);
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
