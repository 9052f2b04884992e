import { z } from 'zod';
import type { CertifiedNote } from '../domain/certified-note.js';
import { type Head, showingBytes } from '../domain/head.js';
import { isOfficeId, type OfficeId, originOf } from '../domain/office.js';
import type { Statements } from '../trust/statements.js';
import { readCheckpoint } from './checkpoint.js';
import { judge, type Why } from './witness.js';

/** An office has shown a log that does not go on from what it had shown before: both, as it has signed them. */
export interface Contradiction {
  /** Whose log. */
  office: OfficeId;
  /** To whom it was shown. */
  witness: OfficeId;
  why: Why;
  kept: CertifiedNote;
  shown: Head;
  /** The delivery with which it came: both offices' logs have it. */
  exchange: string;
  foundAt: Date;
}

/** What the evidence comes to for somebody who believes neither office. */
export type Finding =
  | { verdict: 'CONTRADICTS'; why: Why }
  /** One log can have shown both. */
  | { verdict: 'CONSISTENT' }
  /** What is missing for it to tell anything. */
  | { verdict: 'NO_EVIDENCE'; because: 'KEPT_IS_NOT_SIGNED' | 'SHOWN_IS_NOT_SIGNED' | 'SHOWING_IS_NOT_SIGNED' };

/** Whose signatures are believed. */
type Trust = Pick<Statements, 'textSignedBy' | 'officeThatOnceSigned'>;

/**
 * Holds evidence of a contradiction against itself: no log is needed for it, and no office's word. An office that never
 * rewrote its log has not signed both, whatever others have made of what it did sign.
 */
export async function contradicts({ office, witness, kept, shown }: Contradiction, trust: Trust): Promise<Finding> {
  const origin = originOf(office);
  const held = readCheckpoint(trust.textSignedBy(office, origin, kept) ?? '');
  if (held?.origin !== origin) return { verdict: 'NO_EVIDENCE', because: 'KEPT_IS_NOT_SIGNED' };
  const text = trust.textSignedBy(office, origin, shown.checkpoint) ?? '';
  const checkpoint = readCheckpoint(text);
  if (checkpoint?.origin !== origin) return { verdict: 'NO_EVIDENCE', because: 'SHOWN_IS_NOT_SIGNED' };
  const { shownAt, signature, checkpoint: signed } = shown;
  const statement = { at: shownAt, signature, certificate: signed.certificate };
  if ((await trust.officeThatOnceSigned(showingBytes({ ...shown, witness, text }), statement)) !== office)
    return { verdict: 'NO_EVIDENCE', because: 'SHOWING_IS_NOT_SIGNED' };
  const judgement = judge(held, { ...shown, checkpoint });
  return judgement.is === 'CONTRADICTION' ? { verdict: 'CONTRADICTS', why: judgement.why } : { verdict: 'CONSISTENT' };
}

const Base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const Office = z.string().refine(isOfficeId);
const Signed = z.strictObject({ note: z.string(), certificate: Base64 });
const Evidence = z.strictObject({
  kind: z.literal('juki-contradiction/1'),
  office: Office,
  witness: Office,
  why: z.enum(['OTHER_KEY', 'OTHER_ROOT', 'SHORTER', 'DOES_NOT_GO_ON']),
  kept: Signed,
  shown: z.strictObject({
    checkpoint: Signed,
    fromSize: z.number().int().nonnegative(),
    proof: z.array(Base64),
    shownAt: z.iso.datetime().transform((at) => new Date(at).getTime()),
    signature: Base64,
  }),
  exchange: z.string(),
  foundAt: z.iso.datetime().transform((at) => new Date(at)),
});

/** The evidence as it is kept and handed out: JSON, bytes in base64, times in ISO 8601. */
export function contradictionText({ kept, shown, foundAt, ...rest }: Contradiction): string {
  const { checkpoint, proof, shownAt, signature, fromSize } = shown;
  return JSON.stringify({
    ...{ kind: 'juki-contradiction/1', ...rest, kept: inBase64(kept) },
    shown: {
      ...{ checkpoint: inBase64(checkpoint), fromSize, proof: proof.map((hash) => hash.toString('base64')) },
      ...{ shownAt: new Date(shownAt).toISOString(), signature: signature.toString('base64') },
    },
    foundAt: foundAt.toISOString(),
  });
}

/** @throws Error where the text is no evidence of a contradiction */
export function readContradiction(text: string): Contradiction {
  try {
    const { kind: _kind, ...contradiction } = Evidence.parse(JSON.parse(text));
    return contradiction;
  } catch (cause) {
    throw new Error('this is no evidence of a contradiction', { cause });
  }
}

function inBase64({ note, certificate }: CertifiedNote) {
  return { note, certificate: certificate.toString('base64') };
}
