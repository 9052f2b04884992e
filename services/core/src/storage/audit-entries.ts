import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import { type Evidence, endsQuestion, type Leaf } from '../audit/entry.js';
import { inGroups } from '../domain/in-groups.js';
import type { SignedStatement } from '../domain/proof.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { appendLeaves } from './audit-tiles.js';
import { writeAlone } from './dialect.js';
import type { CoreTables } from './tables.js';

/** Databases bound how many values one statement can have. */
const CODES_AT_ONCE = 5_000;

/** An entry that is to be written, but for how it names whom it is about: only its place in the log decides that. */
export interface EntryDraft {
  event: Leaf['event'];
  exchange: string;
  /** The URI of whoever asks. */
  caller: string;
  nonce: string;
  purpose: string;
  concerns: readonly ResidentRecordCode[];
  evidence: Evidence;
  leafWith(subjects: string[]): string;
}

/** How a log names a person for the so-manieth time; of number 0, what marks them where nothing else of them is kept. */
export type TagOf = (code: ResidentRecordCode, number: number) => string;

/**
 * Appends entries in their order, without a gap. The caller's transaction decides whether they are kept.
 *
 * An entry names whom no earlier one of the same question names: one look is one line for the person looked at. An
 * answer ends a question, so whoever asks again by the name of an exchange is named again: no look hides behind another.
 */
export async function appendEntries(
  trx: Transaction<CoreTables>,
  drafts: readonly EntryDraft[],
  tagOf: TagOf,
): Promise<void> {
  await writeAlone(trx);
  const first = await nextPosition(trx);
  const subjects = await subjectsOf(trx, drafts, tagOf);
  const rows = drafts.map(({ exchange, nonce, purpose, evidence, leafWith }, i) => ({
    ...{ position: first + i, exchange, nonce, purpose },
    leaf: leafWith((subjects[i] ?? []).map(({ code, number }) => tagOf(code, number))),
    ...{ proof: textOf(evidence.proof), receipt: textOf(evidence.receipt), mandate: textOf(evidence.mandate) },
  }));
  await trx.insertInto('audit_entry').values(rows).execute();
  await appendLeaves(
    trx,
    first,
    rows.map(({ leaf }) => leaf),
  );
  await keepCertificates(trx, first, drafts);
  await insertSubjects(trx, first, subjects);
}

interface Subject {
  code: ResidentRecordCode;
  number: number;
}

/** Of each entry, whom it names, numbered on from what the log has. */
async function subjectsOf(
  trx: Transaction<CoreTables>,
  drafts: readonly EntryDraft[],
  tagOf: TagOf,
): Promise<Subject[][]> {
  const about = drafts.filter(({ concerns }) => concerns.length > 0);
  if (about.length === 0) return [];
  const named = await namedBefore(trx, about);
  const numbers = await lastNumbers(trx, [...new Set(about.flatMap(({ concerns }) => concerns))], tagOf);
  return drafts.map(({ event, exchange, caller, concerns }) => {
    const already = named.get(`${caller} ${exchange}`) ?? new Set();
    named.set(`${caller} ${exchange}`, endsQuestion(event) ? new Set() : already);
    const fresh = [...new Set(concerns)].filter((code) => !already.has(code));
    return fresh.map((code) => {
      already.add(code);
      const number = (numbers.get(code) ?? 0) + 1;
      numbers.set(code, number);
      return { code, number };
    });
  });
}

/** By caller and exchange, since anybody can give theirs a name that another has used. */
async function namedBefore(
  trx: Transaction<CoreTables>,
  drafts: readonly EntryDraft[],
): Promise<Map<string, Set<ResidentRecordCode>>> {
  const exchanges = [...new Set(drafts.map(({ exchange }) => exchange))];
  const earlier = await trx
    .selectFrom('audit_entry')
    .select(['position', 'exchange', 'leaf'])
    .where('exchange', 'in', exchanges)
    .orderBy('position')
    .execute();
  const codes = await codesNamedAt(
    trx,
    earlier.map(({ position }) => position),
  );
  const named = new Map<string, Set<ResidentRecordCode>>();
  for (const { position, exchange, leaf } of earlier) {
    const { caller, event } = JSON.parse(leaf) as Leaf;
    const key = `${caller} ${exchange}`;
    const before = [...(named.get(key) ?? []), ...(codes.get(position) ?? [])];
    named.set(key, new Set(endsQuestion(event) ? [] : before));
  }
  return named;
}

async function codesNamedAt(
  trx: Transaction<CoreTables>,
  positions: number[],
): Promise<Map<number, ResidentRecordCode[]>> {
  const codes = new Map<number, ResidentRecordCode[]>();
  for (const group of inGroups(positions, CODES_AT_ONCE)) {
    const rows = await trx
      .selectFrom('audit_subject')
      .select(['position', 'resident_record_code as code'])
      .where('position', 'in', group)
      .execute();
    for (const { position, code } of rows) {
      const at = codes.get(position) ?? [];
      codes.set(position, at);
      at.push(code);
    }
  }
  return codes;
}

/** How often the log has named each so far; those that it never did are missing. */
async function lastNumbers(
  trx: Transaction<CoreTables>,
  codes: ResidentRecordCode[],
  tagOf: TagOf,
): Promise<Map<ResidentRecordCode, number>> {
  const numbers = new Map<ResidentRecordCode, number>();
  for (const group of inGroups(codes, CODES_AT_ONCE)) {
    const rows = await trx
      .selectFrom('audit_subject')
      .select((row) => ['resident_record_code', row.fn.max('number').as('last')])
      .where('resident_record_code', 'in', group)
      .groupBy('resident_record_code')
      .execute();
    for (const row of rows) numbers.set(row.resident_record_code, Number(row.last));
    const unknown = group.filter((code) => !numbers.has(code));
    for (const [code, last] of await prunedNumbers(trx, unknown, tagOf)) numbers.set(code, last);
  }
  return numbers;
}

/** Of those of whom no entry is left. */
async function prunedNumbers(
  trx: Transaction<CoreTables>,
  codes: ResidentRecordCode[],
  tagOf: TagOf,
): Promise<[ResidentRecordCode, number][]> {
  if (codes.length === 0) return [];
  const byMark = new Map(codes.map((code) => [tagOf(code, 0), code]));
  const rows = await trx
    .selectFrom('audit_last_number')
    .selectAll()
    .where('mark', 'in', [...byMark.keys()])
    .execute();
  return rows.flatMap(({ mark, number }) => {
    const code = byMark.get(mark);
    return code === undefined ? [] : [[code, Number(number)]];
  });
}

async function insertSubjects(trx: Transaction<CoreTables>, first: number, subjects: Subject[][]): Promise<void> {
  const rows = subjects.flatMap((named, i) =>
    named.map(({ code, number }, ordinal) => ({
      ...{ position: first + i, resident_record_code: code, number, ordinal, salt: null },
    })),
  );
  for (const group of inGroups(rows, CODES_AT_ONCE)) await trx.insertInto('audit_subject').values(group).execute();
}

function textOf(signed: SignedStatement | undefined): string | null {
  if (!signed) return null;
  const { signature, certificate, ...stated } = signed;
  return JSON.stringify({ ...stated, signature: signature.toString('base64'), certificate: fingerprint(certificate) });
}

/** Each once, however often its office signs, with the newest entry that needs it. */
async function keepCertificates(
  trx: Transaction<CoreTables>,
  first: number,
  entries: readonly EntryDraft[],
): Promise<void> {
  const rows = new Map<string, { fingerprint: string; der: string; last_entry: number }>();
  for (const [i, { evidence }] of entries.entries())
    for (const signed of [evidence.proof, evidence.receipt, evidence.mandate]) {
      if (!signed) continue;
      const print = fingerprint(signed.certificate);
      rows.set(print, { fingerprint: print, der: signed.certificate.toString('base64'), last_entry: first + i });
    }
  if (rows.size === 0) return;
  await trx
    .insertInto('signing_certificate')
    .values([...rows.values()])
    .onConflict((conflict) =>
      conflict.column('fingerprint').doUpdateSet((row) => ({ last_entry: row.ref('excluded.last_entry') })),
    )
    .execute();
}

function fingerprint(certificate: Buffer): string {
  return createHash('sha256').update(certificate).digest('hex');
}

/** Entries from a position on, in their order: the leaf, and the purpose that its digest is over. */
export function readEntries(db: Kysely<CoreTables>, from = 0): Promise<{ leaf: string; purpose: string }[]> {
  return db
    .selectFrom('audit_entry')
    .select(['leaf', 'purpose'])
    .where('position', '>=', from)
    .orderBy('position')
    .execute();
}

/** Of the entries of an exchange, those whose question was proved. */
export async function readProvedLeaves(db: Kysely<CoreTables>, exchange: string): Promise<string[]> {
  const rows = await db
    .selectFrom('audit_entry')
    .select('leaf')
    .where('exchange', '=', exchange)
    .where('proof', 'is not', null)
    .execute();
  return rows.map(({ leaf }) => leaf);
}

/** How many entries the log has; the position of the next one. */
export async function nextPosition(db: Kysely<CoreTables>): Promise<number> {
  const { last } = await db
    .selectFrom('audit_entry')
    .select((row) => row.fn.max('position').as('last'))
    .executeTakeFirstOrThrow();
  return last === null ? 0 : Number(last) + 1;
}

/** What the log's tags are made with. */
export async function readLogSecret(db: Kysely<CoreTables>): Promise<Buffer> {
  const { secret } = await db.selectFrom('audit_key').select('secret').executeTakeFirstOrThrow();
  return Buffer.from(secret, 'base64');
}
