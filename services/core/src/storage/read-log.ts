import type { Kysely } from 'kysely';
import type { KeptEntry } from '../audit/check-entry.js';
import type { Subtree } from '../audit/merkle-tree.js';
import { fullSubtreesBefore } from '../audit/merkle-tree.js';
import { TILE_WIDTH } from '../audit/tiles.js';
import { fromTree } from './audit-tiles.js';
import type { CoreTables } from './tables.js';

const PAGE = 500;
/** So many characters of leaves come in one page: one of them can be of a delivery of a thousand changes. */
const MOST_CHARACTERS = 1_000_000;

/** A leaf and what was signed beside it: what may leave an office. */
export interface LoggedLeaf {
  position: number;
  leaf: string;
  /** As the tree keeps it. */
  hash: Buffer;
  proof: string | null;
  receipt: string | null;
  mandate: string | null;
}

/** A page of the log, and where it goes on; undefined at its end. */
export interface Page<Entry> {
  entries: Entry[];
  next: number | undefined;
}

type Row = Omit<LoggedLeaf, 'hash'> & { exchange: string; nonce: string; purpose: string };

export async function readLeaves(db: Kysely<CoreTables>, from: number): Promise<Page<LoggedLeaf>> {
  const { entries, next } = await readPage(db, from);
  const hashes = await leafHashes(db, entries);
  return {
    entries: entries.map(({ position, leaf, proof, receipt, mandate }, i) => ({
      ...{ position, leaf, hash: hashes[i] ?? Buffer.alloc(0), proof, receipt, mandate },
    })),
    next,
  };
}

/** With everything that stands beside it, which does not leave the office. */
export async function readKeptEntries(db: Kysely<CoreTables>, from: number): Promise<Page<KeptEntry>> {
  const { entries, next } = await readPage(db, from);
  const [hashes, subjects] = [await leafHashes(db, entries), await subjectsOf(db, entries)];
  return {
    entries: entries.map(({ mandate: _own, ...entry }, i) => ({
      ...{ ...entry, hash: hashes[i] ?? Buffer.alloc(0), subjects: subjects.get(entry.position) ?? [] },
    })),
    next,
  };
}

/** Leaves and purposes, for whoever searches them. */
export async function readToSearch(
  db: Kysely<CoreTables>,
  from: number,
): Promise<Page<{ position: number; leaf: string; purpose: string }>> {
  return readPage(db, from);
}

/** What covers the positions before the first entry that is left. */
export async function prunedSubtrees(db: Kysely<CoreTables>): Promise<Subtree[]> {
  const { first } = await db
    .selectFrom('audit_entry')
    .select((row) => row.fn.min('position').as('first'))
    .executeTakeFirstOrThrow();
  return fromTree(db, (full) => fullSubtreesBefore(Number(first ?? 0), full));
}

/** After one fingerprint, in their order. */
export async function readSigningCertificates(db: Kysely<CoreTables>, after: string) {
  const rows = await db
    .selectFrom('signing_certificate')
    .selectAll()
    .where('fingerprint', '>', after)
    .orderBy('fingerprint')
    .limit(PAGE)
    .execute();
  return rows.map(({ fingerprint, der }) => ({ fingerprint, der: Buffer.from(der, 'base64') }));
}

async function readPage(db: Kysely<CoreTables>, from: number): Promise<Page<Row>> {
  const columns = ['position', 'exchange', 'leaf', 'nonce', 'purpose', 'proof', 'receipt', 'mandate'] as const;
  const rows = await db
    .selectFrom('audit_entry')
    .select(columns)
    .where('position', '>=', from)
    .orderBy('position')
    .limit(PAGE)
    .execute();
  let characters = 0;
  const fit = rows.findIndex(({ leaf }, i) => {
    characters += leaf.length;
    return i > 0 && characters > MOST_CHARACTERS;
  });
  const entries = (fit < 0 ? rows : rows.slice(0, fit)).map((row) => ({ ...row, position: Number(row.position) }));
  const isWhole = fit < 0 && rows.length < PAGE;
  return { entries, next: isWhole ? undefined : (entries.at(-1)?.position ?? 0) + 1 };
}

/** Out of the lowest tiles; a page of entries lies in a few of them. */
async function leafHashes(db: Kysely<CoreTables>, entries: { position: number }[]): Promise<Buffer[]> {
  const [first, last] = [entries[0]?.position ?? 0, entries.at(-1)?.position ?? -1];
  const tiles = await db
    .selectFrom('audit_tile')
    .select(['tile', 'hashes'])
    .where('level', '=', 0)
    .where('tile', '>=', Math.floor(first / TILE_WIDTH))
    .where('tile', '<=', Math.floor(last / TILE_WIDTH))
    .execute();
  const rowOf = new Map(tiles.map(({ tile, hashes }) => [Number(tile), Buffer.from(hashes, 'base64')]));
  return entries.map(({ position }) => {
    const at = (position % TILE_WIDTH) * 32;
    return rowOf.get(Math.floor(position / TILE_WIDTH))?.subarray(at, at + 32) ?? Buffer.alloc(0);
  });
}

async function subjectsOf(db: Kysely<CoreTables>, entries: { position: number }[]) {
  const [first, last] = [entries[0]?.position ?? 0, entries.at(-1)?.position ?? -1];
  const rows = await db
    .selectFrom('audit_subject as one')
    .leftJoin('audit_subject as other', (join) =>
      join
        .onRef('other.resident_record_code', '=', 'one.resident_record_code')
        .on((row) => row('other.number', '=', row('one.number', '-', 1))),
    )
    .select(['one.position', 'one.resident_record_code as code', 'one.number', 'one.salt', 'other.number as before'])
    .select((row) =>
      row
        .selectFrom('audit_subject as any')
        .select((inner) => inner.fn.min('any.number').as('least'))
        .whereRef('any.resident_record_code', '=', 'one.resident_record_code')
        .as('least'),
    )
    .where('one.position', '>=', first)
    .where('one.position', '<=', last)
    .orderBy('one.position')
    .orderBy('one.ordinal')
    .execute();
  const byPosition = new Map<number, KeptEntry['subjects']>();
  for (const { position, code, number, salt, before, least } of rows) {
    const named = byPosition.get(Number(position)) ?? [];
    // The least number has nobody before it; any other has to.
    const previous = Number(number) === Number(least) ? undefined : Number(before ?? Number.NaN);
    named.push({ code, number: Number(number), salt, before: previous });
    byPosition.set(Number(position), named);
  }
  return byPosition;
}
