import { z } from 'zod';
import { isOfficeId, type OfficeId } from '#core/domain/office.js';

const FORMAT = 'juki-net/log-export/1';

/** The files of an export. */
export const FILES = {
  log: 'log.json',
  leaves: 'leaves.jsonl',
  hashes: 'leaf-hashes.txt',
  evidence: 'evidence.jsonl',
  certificates: 'certificates.pem',
  checkpoint: 'checkpoint.note',
  witnessed: 'witnessed.jsonl',
  witnesses: 'witnesses.jsonl',
} as const;

/** In its one form: what is told of a byte is told of it alone. */
const bytes = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').toString('base64') === text)
  .transform((text) => Buffer.from(text, 'base64'));
const hash = bytes.refine(({ length }) => length === 32);
const natural = z.number().int().nonnegative();
const office = z.string().refine(isOfficeId);
/** More milliseconds than a Date holds would have it throw. */
const milliseconds = natural.max(8.64e15);
const signed = { at: milliseconds, signature: bytes, certificate: z.string().regex(/^[0-9a-f]{64}$/) };

export const Head = z.strictObject({
  format: z.literal(FORMAT),
  office,
  from: natural,
  size: natural,
  pruned: z.array(z.strictObject({ level: natural.max(52), index: natural, hash })),
  exportedAt: z.iso.datetime().optional(),
});

export const EvidenceLine = z.strictObject({
  position: natural,
  proof: z.strictObject(signed).nullable(),
  receipt: z.strictObject(signed).nullable(),
  mandate: z.strictObject({ ...signed, exchange: z.string() }).nullable(),
});

const note = { size: natural, note: z.string(), certificate: bytes, witnessedAt: z.iso.datetime() };
export const WitnessedLine = z.strictObject({ office, ...note });
export const WitnessLine = z.strictObject({ witness: office, ...note });
export const HashLine = hash;

type Head = z.infer<typeof Head>;

/** What was signed of one entry; a certificate is named by SHA-256 over its DER, hex. */
export type ExportedEvidence = z.infer<typeof EvidenceLine>;
export type ExportedStatement = NonNullable<ExportedEvidence['proof']>;
export type ExportedMandate = NonNullable<ExportedEvidence['mandate']>;

/** A checkpoint of one office's log, signed by that office or by another. */
export interface ExportedCheckpoint {
  /** Whose log it is about, where the other side signed; who signed, where it is about this log. */
  office: OfficeId;
  size: number;
  note: string;
  /** DER. */
  certificate: Buffer;
  witnessedAt: Date;
}

export interface ExportedEntry {
  position: number;
  /** The bytes that are hashed. */
  leaf: Buffer;
  /** The hash of the leaf, as the office's tree keeps it. */
  hash: Buffer;
  evidence: ExportedEvidence | undefined;
}

/** One office's log, as it is exported. */
export interface ExportedLog extends Omit<Head, 'format' | 'exportedAt'> {
  office: OfficeId;
  exportedAt: Date | undefined;
  /** The office's signed note. */
  checkpoint: string;
  /** DER by fingerprint: SHA-256 over it, hex. */
  certificates: ReadonlyMap<string, Buffer>;
  /** Of other offices' logs. */
  witnessed: ExportedCheckpoint[];
  /** Of this log, each signed by another office. */
  witnesses: ExportedCheckpoint[];
  /**
   * From `from` on, in their order, read while they are asked for: a log need not fit into memory.
   *
   * @throws MalformedExport
   */
  entries(): Iterable<ExportedEntry>;
}
