import { z } from 'zod';
import { isOfficeId, NATIONAL_CENTRE, type OfficeId } from './office.js';
import type { SignedStatement } from './proof.js';

export const CAUSES = ['COMPROMISED', 'MALFUNCTION', 'AT_ITS_REQUEST'] as const;

const CutOff = z.strictObject({
  /** ISO 8601. */
  since: z.iso.datetime(),
  /** The office that decided it. */
  by: z.string().refine(isOfficeId),
  cause: z.enum(CAUSES),
});

const Standing = z.strictObject({
  office: z.string().refine(isOfficeId),
  participating: z.boolean(),
  /** Null while it is not cut off. */
  cutOff: CutOff.nullable(),
});

const Content = z.strictObject({
  kind: z.literal('juki-directory/1'),
  number: z.number().int().positive(),
  issuedAt: z.iso.datetime(),
  offices: z.array(Standing),
});

export type CutOff = z.infer<typeof CutOff>;
export type Standing = z.infer<typeof Standing>;

/** Who takes part and who is cut off, as the centre has last said it. */
export interface Directory {
  /** Higher than that of every earlier one. */
  number: number;
  issuedAt: Date;
  offices: Standing[];
}

/** A directory as the centre has signed it. */
export interface SignedDirectory extends SignedStatement {
  content: Buffer;
}

/** The bytes that the centre signs; one form only. */
export function directoryBytes({ number, issuedAt, offices }: Directory): Buffer {
  const content = { kind: 'juki-directory/1', number, issuedAt: issuedAt.toISOString(), offices };
  return Buffer.from(JSON.stringify(content));
}

/** Undefined where the bytes are no directory. */
export function readDirectory(content: Buffer): Directory | undefined {
  try {
    const { number, issuedAt, offices } = Content.parse(JSON.parse(content.toString()));
    return { number, issuedAt: new Date(issuedAt), offices };
  } catch {
    return undefined;
  }
}

/** The next directory, with one office's standing changed. */
export function nextDirectory(
  present: Directory,
  { office, issuedAt, ...change }: { office: OfficeId; issuedAt: Date } & Partial<Omit<Standing, 'office'>>,
): Directory {
  const offices = present.offices.map((standing) =>
    standing.office === office ? { ...standing, ...change } : standing,
  );
  return { number: present.number + 1, issuedAt, offices };
}

/** Whether somebody may decide about an office: the centre about all but itself, a prefecture about its own. */
export function mayDecide(deciding: OfficeId, office: OfficeId, parent: OfficeId | undefined): boolean {
  if (office === NATIONAL_CENTRE || office === deciding) return false;
  return deciding === NATIONAL_CENTRE || parent === deciding;
}
