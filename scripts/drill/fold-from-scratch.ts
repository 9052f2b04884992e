import { matchKey } from '#core/domain/match-key.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { ChangeRow, HoldingRow } from './ledger-state.js';

/**
 * Where changes have to lead (CHAIN), whatever order they came in: under each code, the newest of what is said of it.
 * It is written anew here, without order or state, so that a fault of the services' own fold does not hide in both.
 *
 * @param first what the ledger held before any of the changes
 */
export function foldFromScratch(first: HoldingRow[], changes: ChangeRow[]): Map<ResidentRecordCode, HoldingRow> {
  const said = [...first, ...changes.flatMap(saidBy)];
  const byCode = Map.groupBy(said, ({ resident_record_code }) => resident_record_code);
  return new Map([...byCode].map(([code, all]) => [code, all.reduce((a, b) => (b.version > a.version ? b : a))]));
}

/** What a change says of its own code, and of the one that it replaces. */
function saidBy(change: ChangeRow): HoldingRow[] {
  const { resident_record_code, previous_code, name, birth_date, sex, address, version, municipality } = change;
  const match_key = matchKey({ name, birthDate: birth_date, sex, address });
  const common = { name, birth_date, sex, address, version, municipality, quarantined_at: null, match_key };
  const standing = change.kind === 'DELETION' ? ('DELETED' as const) : ('ACTIVE' as const);
  const own = { ...common, resident_record_code, standing, successor: null };
  if (previous_code === null) return [own];
  const successor = resident_record_code;
  return [own, { ...common, resident_record_code: previous_code, standing: 'SUPERSEDED', successor }];
}
