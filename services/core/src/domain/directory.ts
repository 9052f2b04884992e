import { z } from 'zod';
import { isOfficeId, NATIONAL_CENTRE, type OfficeId } from './office.js';
import type { SignedStatement } from './proof.js';

export const CAUSES = ['COMPROMISED', 'MALFUNCTION', 'AT_ITS_REQUEST'] as const;

const Office = z.string().refine(isOfficeId);
const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

const CutOff = z.strictObject({
  /** ISO 8601. */
  since: z.iso.datetime(),
  /** The office that decided it. */
  by: Office,
  cause: z.enum(CAUSES),
});

const SigningKeys = z.strictObject({
  /** SHA-256 over the keys' SubjectPublicKeyInfo (DER), hex; the newest first. */
  keys: z.array(Fingerprint).min(1),
  /** From when the certificate of the newest of them is good, by this machine's clock, ISO 8601. */
  newestFrom: z.iso.datetime(),
});

const Standing = z.strictObject({
  office: Office,
  participating: z.boolean(),
  /** Null while it is not cut off. */
  cutOff: CutOff.nullable(),
  /** The `host:port` of its gRPC server; null where the centre does not know it. */
  address: z.string().min(1).nullable(),
  /** What it may sign with; null where the centre does not know. */
  signing: SigningKeys.nullable(),
});

/** When each certificate was revoked, in seconds since 1970 by this machine's clock; by serial number, as in the lists. */
const Revoked = z.record(z.string().regex(/^[0-9A-F]{1,40}$/), z.number().int().nonnegative());
const Revocations = z.strictObject({ offices: Revoked, operators: Revoked, agencies: Revoked });

/** How grave abuse or failure in the network is: 1 none to information, 2 low, 3 high. */
export const ThreatLevel = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const Content = z.strictObject({
  kind: z.literal('juki-directory/1'),
  number: z.number().int().positive(),
  issuedAt: z.iso.datetime(),
  threatLevel: ThreatLevel,
  offices: z.array(Standing),
  revocations: Revocations,
});

export type CutOff = z.infer<typeof CutOff>;
export type Standing = z.infer<typeof Standing>;
export type SigningKeys = z.infer<typeof SigningKeys>;
export type Revocations = z.infer<typeof Revocations>;
export type ThreatLevel = z.infer<typeof ThreatLevel>;

/** Offices, and how things stand with each and with the network, as the centre has last said it. */
export interface Directory {
  /** Higher than that of every earlier one. */
  number: number;
  issuedAt: Date;
  threatLevel: ThreatLevel;
  offices: Standing[];
  /** By the authority that took them back. */
  revocations: Revocations;
}

/** A directory as the centre has signed it. */
export interface SignedDirectory extends SignedStatement {
  content: Buffer;
}

/** The bytes that the centre signs; one form only. */
export function directoryBytes({ number, issuedAt, threatLevel, offices, revocations }: Directory): Buffer {
  const head = { kind: 'juki-directory/1', number, issuedAt: issuedAt.toISOString(), threatLevel };
  return Buffer.from(JSON.stringify({ ...head, offices, revocations }));
}

/** Undefined where the bytes are no directory. */
export function readDirectory(content: Buffer): Directory | undefined {
  try {
    const { kind: _, issuedAt, ...said } = Content.parse(JSON.parse(content.toString()));
    return { ...said, issuedAt: new Date(issuedAt) };
  } catch {
    return undefined;
  }
}

/** Whether two directories say the same, whichever of them is newer. */
export function saySame(one: Directory, other: Directory): boolean {
  const said = (directory: Directory) => directoryBytes({ ...directory, number: 0, issuedAt: new Date(0) });
  return said(one).equals(said(other));
}

/** A directory with one office's standing changed. */
export function withStanding(
  directory: Directory,
  office: OfficeId,
  change: Partial<Pick<Standing, 'participating' | 'cutOff'>>,
): Directory {
  const offices = directory.offices.map((standing) =>
    standing.office === office ? { ...standing, ...change } : standing,
  );
  return { ...directory, offices };
}

/** Whether somebody may decide about an office: the centre about all but itself, a prefecture about its own. */
export function mayDecide(deciding: OfficeId, office: OfficeId, parent: OfficeId | undefined): boolean {
  if (office === NATIONAL_CENTRE || office === deciding) return false;
  return deciding === NATIONAL_CENTRE || parent === deciding;
}
