import { type Kysely, sql, type Transaction } from 'kysely';
import { type Evidence, endsQuestion, type Leaf } from '../audit/entry.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { appendLeaves } from './audit-tiles.js';
import { insertion, selection, statement } from './compiled.js';
import { writeAlone } from './dialect.js';
import { keepCertificates, signedText } from './signing-certificates.js';
import type { CoreTables } from './tables.js';

const insertEntries = insertion<CoreTables['audit_entry']>('audit_entry', [
  ...(['position', 'exchange', 'nonce', 'purpose', 'leaf', 'proof', 'receipt', 'mandate'] as const),
]);
const insertNamings = insertion<CoreTables['audit_subject']>('audit_subject', [
  ...(['position', 'resident_record_code', 'number', 'ordinal', 'salt'] as const),
]);
const entriesOf = selection<{ position: number; exchange: string; leaf: string }>((db, exchanges) =>
  db
    .selectFrom('audit_entry')
    .select(['position', 'exchange', 'leaf'])
    .where('exchange', 'in', exchanges)
    .orderBy('position'),
);
const codesAt = selection<{ position: number; code: ResidentRecordCode }>((db, positions) =>
  db
    .selectFrom('audit_subject')
    .select(['position', 'resident_record_code as code'])
    .where('position', 'in', positions),
);
const lastNumbersOf = selection<{ code: ResidentRecordCode; last: number }>((db, codes) =>
  db
    .selectFrom('audit_subject')
    .select((row) => ['resident_record_code as code', row.fn.max('number').as('last')])
    .where('resident_record_code', 'in', codes)
    .groupBy('resident_record_code'),
);
const marked = selection<{ mark: string; number: number }>((db, marks) =>
  db.selectFrom('audit_last_number').selectAll().where('mark', 'in', marks),
);
const provedUnder = selection<{ exchange: string; leaf: string }>((db, exchanges) =>
  db
    .selectFrom('audit_entry')
    .select(['exchange', 'leaf'])
    .where('exchange', 'in', exchanges)
    .where('proof', 'is not', null),
);

const lastPosition = statement<{ last: number | null }>((db) =>
  db.selectFrom('audit_entry').select((row) => row.fn.max('position').as('last')),
);
const anyNumber = statement<{ number: number }>((db) =>
  db.selectFrom('audit_last_number').select('number').limit(sql.lit(1)),
);

/** An entry that is to be written, but for how it names whom it is about: only its place in the log decides that. */
export interface EntryDraft {
  event: Leaf['event'];
  exchange: string;
  /** The URI of whoever asks. */
  caller: string;
  nonce: string;
  purpose: string;
  concerns: readonly ResidentRecordCode[];
  /** Whoever it concerns is named, whatever was named before: it says something of each. */
  namesAll?: boolean;
  evidence: Evidence;
  leafWith(subjects: string[]): string;
}

/** How a log names a person for the so-manieth time; of number 0, what marks them where nothing else of them is kept. */
export type TagOf = (code: ResidentRecordCode, number: number) => string;

/**
 * Appends entries in their order, without a gap. The caller's transaction decides whether they are kept.
 *
 * An entry names whom no earlier one of the same question names: one look is one line for the person looked at; an entry
 * of a provision names all to whom it says what was given. An answer ends a question, so whoever asks again by the name of
 * an exchange is named again: no look hides behind another.
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
    ...{ proof: signedText(evidence.proof), receipt: signedText(evidence.receipt) },
    mandate: signedText(evidence.mandate),
  }));
  await insertEntries(trx, rows);
  await appendLeaves(
    trx,
    first,
    rows.map(({ leaf }) => leaf),
  );
  await keepCertificates(
    trx,
    first,
    drafts.map(({ evidence }) => evidence),
  );
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
  return drafts.map(({ event, exchange, caller, concerns, namesAll }) => {
    const already = named.get(`${caller} ${exchange}`) ?? new Set();
    named.set(`${caller} ${exchange}`, endsQuestion(event) ? new Set() : already);
    const fresh = [...new Set(concerns)].filter((code) => namesAll || !already.has(code));
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
  const earlier = await entriesOf(trx, [...new Set(drafts.map(({ exchange }) => exchange))]);
  // The statement orders what it finds, and there may be several.
  earlier.sort((a, b) => Number(a.position) - Number(b.position));
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
  for (const { position, code } of await codesAt(trx, positions)) {
    const at = codes.get(position) ?? [];
    codes.set(position, at);
    at.push(code);
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
  for (const { code, last } of await lastNumbersOf(trx, codes)) numbers.set(code, Number(last));
  const unknown = codes.filter((code) => !numbers.has(code));
  for (const [code, last] of await prunedNumbers(trx, unknown, tagOf)) numbers.set(code, last);
  return numbers;
}

/** Of those of whom no entry is left. */
async function prunedNumbers(
  trx: Transaction<CoreTables>,
  codes: ResidentRecordCode[],
  tagOf: TagOf,
): Promise<[ResidentRecordCode, number][]> {
  // Marks are worked out of codes: mostly there are none.
  if (codes.length === 0 || !(await isPruned(trx))) return [];
  const byMark = new Map(codes.map((code) => [tagOf(code, 0), code]));
  return (await marked(trx, [...byMark.keys()])).flatMap(({ mark, number }) => {
    const code = byMark.get(mark);
    return code === undefined ? [] : [[code, Number(number)]];
  });
}

async function isPruned(trx: Transaction<CoreTables>): Promise<boolean> {
  return (await anyNumber(trx)).length > 0;
}

async function insertSubjects(trx: Transaction<CoreTables>, first: number, subjects: Subject[][]): Promise<void> {
  const rows = subjects.flatMap((named, i) =>
    named.map(({ code, number }, ordinal) => ({
      ...{ position: first + i, resident_record_code: code, number, ordinal, salt: null },
    })),
  );
  await insertNamings(trx, rows);
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

/** Of the entries of some exchanges, those whose question was proved. */
export async function readProvedLeaves(db: Kysely<CoreTables>, exchanges: string[]): Promise<Map<string, string[]>> {
  const rows = await provedUnder(db, exchanges);
  const leaves = new Map<string, string[]>();
  for (const { exchange, leaf } of rows) leaves.set(exchange, [...(leaves.get(exchange) ?? []), leaf]);
  return leaves;
}

/** How many entries the log has; the position of the next one. */
export async function nextPosition(db: Kysely<CoreTables>): Promise<number> {
  const [{ last } = { last: null }] = await lastPosition(db);
  return last === null ? 0 : Number(last) + 1;
}

/** What the log's tags are made with. */
export async function readLogSecret(db: Kysely<CoreTables>): Promise<Buffer> {
  const { secret } = await db.selectFrom('audit_key').select('secret').executeTakeFirstOrThrow();
  return Buffer.from(secret, 'base64');
}
