import { z } from 'zod';
import type { CertifiedNote } from '../domain/certified-note.js';
import { signatureDigest } from '../domain/digest.js';
import type { Extracts, LogExtract } from '../domain/log-extract.js';
import { isOfficeId, type OfficeId, originOf } from '../domain/office.js';
import { OPERATOR_ROLES } from '../domain/operator-role.js';
import { isReason, type Reason } from '../domain/refusal.js';
import type { Statements } from '../trust/statements.js';
import { checkExtract, ExtractError, type ToldEntry } from './check-extract.js';

const FORMAT = 'juki-net/access-report/1';
/** So far may the clocks of two offices be apart. */
const APART_MS = 5 * 60_000;

/** What a resident is handed: who had to do with them, out of every log that was asked. */
export interface AccessReport extends Extracts {
  /** Who made it. */
  office: OfficeId;
  askedAt: Date;
}

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const office = z.string().refine(isOfficeId);

const ReportBody = z.strictObject({
  format: z.literal(FORMAT),
  office,
  askedAt: z.iso.datetime().transform((text) => new Date(text)),
  extracts: z.array(
    z.strictObject({
      ...{ office, residentRecordCode: z.string(), note: z.string(), certificate: base64, keyProof: base64 },
      entries: z.array(
        z.strictObject({
          ...{ position: z.int().min(0), number: z.int().min(0), leaf: z.string(), inclusion: z.array(base64) },
          ...{ purpose: z.string(), purposeSalt: z.string(), salt: z.string().nullable() },
          operatorRole: z.enum(OPERATOR_ROLES).nullable(),
        }),
      ),
    }),
  ),
  missing: z.array(z.strictObject({ office, reason: z.custom<Reason>((text) => isReason(String(text))) })),
});

/** As it is handed out: the body is JSON in a string, so that what is signed is its bytes. */
const ReportDocument = z.strictObject({ note: z.string(), certificate: base64, body: z.string() });

/** @returns the document as JSON, signed by the office that makes it */
export function writeReport(
  { askedAt, office: maker, extracts, missing }: AccessReport,
  statements: Statements,
): string {
  const body = JSON.stringify({
    ...{ format: FORMAT, office: maker, askedAt: askedAt.toISOString() },
    ...{ extracts: extracts.map(plainExtract), missing },
  });
  const { note, certificate } = statements.signNote(textOver(maker, body), originOf(maker));
  return JSON.stringify({ note, certificate: certificate.toString('base64'), body });
}

/** Something about a report that does not hold. */
export class ReportError extends Error {}

/**
 * Reads a report, and holds everything in it against the signatures in it.
 *
 * @throws ReportError, ExtractError with the first thing that is wrong
 */
export function checkReport(
  document: string,
  textSignedBy: (office: OfficeId, name: string, note: CertifiedNote) => string | undefined,
): AccessReport & { told: ToldEntry[] } {
  const { note, certificate, body } = read(ReportDocument, document, 'the document');
  const report = read(ReportBody, body, 'its body');
  const text = textSignedBy(report.office, originOf(report.office), { note, certificate });
  if (text !== textOver(report.office, body)) throw new ReportError('the report is not signed by the office it names');
  const told = report.extracts.flatMap((extract) => {
    const entries = checkExtract(extract, textSignedBy);
    checkIsFresh(extract, entries, report.askedAt);
    return entries;
  });
  return { ...report, told };
}

/** An extract from before would end before what came since. */
function checkIsFresh({ office: from }: LogExtract, told: ToldEntry[], askedAt: Date): void {
  const at = Date.parse(told.findLast(({ leaf }) => leaf.event === 'RECORDED')?.leaf.at ?? '');
  if (!(Math.abs(at - askedAt.getTime()) <= APART_MS)) throw new ExtractError(from, 'DISCLOSURE_MISSING');
}

function textOver(maker: OfficeId, body: string): string {
  return `${originOf(maker)}\n${FORMAT}\n${signatureDigest(Buffer.from(body))}\n`;
}

function plainExtract({ certificate, keyProof, entries, ...extract }: LogExtract) {
  return {
    ...extract,
    ...{ certificate: certificate.toString('base64'), keyProof: keyProof.toString('base64') },
    entries: entries.map((entry) => ({ ...entry, inclusion: entry.inclusion.map((hash) => hash.toString('base64')) })),
  };
}

function read<Schema extends z.ZodType>(schema: Schema, json: string, what: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    throw new ReportError(`${what} is malformed`);
  }
}
