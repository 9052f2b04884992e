import type { Kysely } from 'kysely';
import type { Leaf } from '../audit/entry.js';
import { inGroups } from '../domain/in-groups.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { CoreTables } from './tables.js';

const EXCHANGES_AT_ONCE = 500;

/** An entry that is about a person, or that goes on with the exchange of one that is. */
export interface EntryAbout {
  position: number;
  /** How often the log had named the person by then; 0 where it only goes on. */
  number: number;
  leaf: string;
  nonce: string;
  purpose: string;
  salt: string | null;
}

/**
 * What the log has about a person, in its order, up to the entry of an exchange that names them.
 *
 * An entry names whom no earlier one of its exchange and caller named, so the outcome of what somebody asked stands in a
 * later one that names nobody. One that says what others were given goes on with nothing of theirs.
 */
export async function entriesAbout(
  db: Kysely<CoreTables>,
  code: ResidentRecordCode,
  until: string,
): Promise<EntryAbout[]> {
  const naming = await db
    .selectFrom('audit_subject')
    .innerJoin('audit_entry', 'audit_entry.position', 'audit_subject.position')
    .select(['audit_entry.position', 'number', 'exchange', 'leaf', 'nonce', 'purpose', 'salt'])
    .where('resident_record_code', '=', code)
    .orderBy('number')
    .execute();
  const last = Number(naming.findLast(({ exchange }) => exchange === until)?.position ?? 0);
  const named = naming.filter(({ position }) => Number(position) <= last);
  const goingOn = await laterOnes(db, named, last);
  return [...named, ...goingOn]
    .map(({ position, number, leaf, nonce, purpose, salt }) => ({
      ...{ position: Number(position), number: Number(number), leaf, nonce, purpose, salt },
    }))
    .toSorted((a, b) => a.position - b.position);
}

/** Whoever it was that used this name for theirs. */
export async function isExchangeLogged(db: Kysely<CoreTables>, exchange: string): Promise<boolean> {
  const found = db.selectFrom('audit_entry').select('position').where('exchange', '=', exchange).limit(1);
  return (await found.executeTakeFirst()) !== undefined;
}

/** Of the same exchanges and callers: others may have used the same name for theirs. A batch has many for one exchange. */
async function laterOnes(
  db: Kysely<CoreTables>,
  named: { position: number; exchange: string; leaf: string }[],
  last: number,
) {
  const keyOf = (exchange: string, { caller }: Leaf) => `${caller} ${exchange}`;
  const keys = new Set(named.map(({ exchange, leaf }) => keyOf(exchange, JSON.parse(leaf) as Leaf)));
  const positions = new Set(named.map(({ position }) => Number(position)));
  const goesOn = ({ position, exchange, leaf: text }: (typeof named)[number]) => {
    const leaf = JSON.parse(text) as Leaf;
    const isOfOthers = leaf.provision !== undefined && leaf.subjects.length > 0;
    return !isOfOthers && !positions.has(Number(position)) && keys.has(keyOf(exchange, leaf));
  };
  const found = [];
  for (const group of inGroups([...new Set(named.map(({ exchange }) => exchange))], EXCHANGES_AT_ONCE)) {
    const rows = await db
      .selectFrom('audit_entry')
      .select(['position', 'exchange', 'leaf', 'nonce', 'purpose'])
      .where('exchange', 'in', group)
      .where('position', '<=', last)
      .execute();
    found.push(...rows.filter(goesOn));
  }
  return found.map((row) => ({ ...row, number: 0, salt: null }));
}
