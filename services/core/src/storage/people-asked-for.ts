import { type Kysely, type Selectable, sql } from 'kysely';
import { matchKey } from '../domain/match-key.js';
import type { Found } from '../domain/provision/answer-inquiry.js';
import type { PersonAskedFor, ToldChange } from '../domain/provision/inquiry.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { selection } from './compiled.js';
import { holdingOf } from './identity-ledger.js';
import type { CoreTables } from './tables.js';

/** So often can a code have led to another. */
const MOST_CHANGES_OF_CODE = 100;

type Row = Omit<Selectable<CoreTables['identification_information']>, 'match_key'>;
const COLUMNS = [
  ...(['resident_record_code', 'name', 'birth_date', 'sex', 'address'] as const),
  ...(['standing', 'version', 'municipality', 'successor', 'quarantined_at'] as const),
] satisfies (keyof Row)[];
const underCodes = selection<Row>((db, codes) =>
  db.selectFrom('identification_information').select(COLUMNS).where('resident_record_code', 'in', codes),
);
const answeringKeys = selection<Row & { match_key: string }>((db, keys) =>
  db
    .selectFrom('identification_information')
    .selectAll()
    .where('match_key', 'in', keys)
    .where('standing', '!=', sql.lit('SUPERSEDED')),
);
const newestOf = selection<ToldChange & { code: ResidentRecordCode }>((db, codes) =>
  db
    .selectFrom('change_information as change')
    .innerJoin('identification_information as held', (join) =>
      join
        .onRef('held.resident_record_code', '=', 'change.resident_record_code')
        .onRef('held.version', '=', 'change.version'),
    )
    .select(['change.resident_record_code as code', 'change.reason', 'change.cause_on as causeOn'])
    .where('change.resident_record_code', 'in', codes),
);

type Finder = (person: PersonAskedFor) => Found | undefined;

/**
 * Finds people by code or by the four items: one unique match each, or none (NOCENTRAL). An old code leads to the person
 * who had it; a deleted record is found until it is forgotten.
 */
export async function findPeople(db: Kysely<CoreTables>, people: readonly PersonAskedFor[]): Promise<Finder> {
  const keys = new Map<PersonAskedFor, string>();
  const codes: ResidentRecordCode[] = [];
  for (const person of people)
    if ('fourItems' in person) keys.set(person, matchKey(person.fourItems));
    else codes.push(person.residentRecordCode);
  const byCode = await rowsUnder(db, codes);
  const byKey = await rowsAnswering(db, [...new Set(keys.values())]);
  return (person) => {
    const row = 'fourItems' in person ? byKey.get(keys.get(person) ?? '') : byCode.get(person.residentRecordCode);
    return row && foundFrom(row, byCode);
  };
}

/** With those that superseded codes have become. */
async function rowsUnder(db: Kysely<CoreTables>, codes: ResidentRecordCode[]): Promise<Map<ResidentRecordCode, Row>> {
  const found = new Map<ResidentRecordCode, Row>();
  for (let wanted = codes; wanted.length > 0; ) {
    const rows = await underCodes(db, wanted);
    for (const row of rows) found.set(row.resident_record_code, row);
    wanted = rows.flatMap(({ successor }) => (successor === null || found.has(successor) ? [] : [successor]));
  }
  return found;
}

/** Where a row leads to; undefined where it leads to nobody. */
function foundFrom(row: Row, rows: ReadonlyMap<ResidentRecordCode, Row>): Found | undefined {
  const codes = [row.resident_record_code];
  let current: Row | undefined = row;
  while (current && current.successor !== null && codes.length <= MOST_CHANGES_OF_CODE) {
    current = rows.get(current.successor);
    if (current) codes.push(current.resident_record_code);
  }
  if (!current || current.standing === 'SUPERSEDED') return undefined;
  return { holding: holdingOf(current), codes, isQuarantined: current.quarantined_at !== null };
}

/** Only where one person alone answers. */
async function rowsAnswering(db: Kysely<CoreTables>, keys: string[]): Promise<Map<string, Row | undefined>> {
  const found = new Map<string, Row | undefined>();
  for (const row of await answeringKeys(db, keys)) found.set(row.match_key, found.has(row.match_key) ? undefined : row);
  return found;
}

/** The change that led to what is held of each, by code. */
export async function newestChanges(
  db: Kysely<CoreTables>,
  found: readonly Found[],
): Promise<Map<ResidentRecordCode, ToldChange>> {
  const newest = new Map<ResidentRecordCode, ToldChange>();
  const codes = found.map(({ holding }) => holding.identification.residentRecordCode);
  for (const { code, reason, causeOn } of await newestOf(db, codes)) newest.set(code, { reason, causeOn });
  return newest;
}
