import { codeOf, type OfficeId, roleOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { foldFromScratch } from './fold-from-scratch.js';
import { type HistoryRule, violationsOfHistory } from './history.js';
import type { ChangeRow, HoldingRow, LedgerState } from './ledger-state.js';

/** LOST to ACCUSED are about ledgers; UNREST, UNREPAIRED and FAILED about a schedule as a whole. */
type Rule =
  | HistoryRule
  | 'CHAIN'
  | 'ONE'
  | 'OUTBOX'
  | 'DISCREPANCY'
  | 'SET_APART'
  | 'ACCUSED'
  | 'UNREST'
  | 'UNREPAIRED'
  | 'FAILED';

/** A rule that does not hold, and where. Nothing in it tells of a person. */
export interface Violation {
  rule: Rule;
  office: OfficeId;
  /** The change, where it is about one; a word of what is wrong, where it is not. */
  detail: string;
}

/** What a schedule has left behind, and what has to be true of it. */
export interface Aftermath {
  network: Network;
  ledgers: LedgerState[];
  /** Changes whose recording was confirmed: they have to be there. By office. */
  confirmed: Map<OfficeId, string[]>;
  /** What each ledger began with. */
  first: Map<OfficeId, HoldingRow[]>;
  /** Levels that were put back to an old copy, or that a level below was which had taken changes already. */
  setBack: ReadonlySet<OfficeId>;
}

/** Every rule that does not hold. */
export function violationsIn(aftermath: Aftermath): Violation[] {
  const { network, ledgers } = aftermath;
  const recorded = recordedBy(ledgers);
  const municipal = [...recorded.values()].flat();
  return [
    ...ledgers.flatMap((ledger) => {
      const reported = [...recorded]
        .filter(([below]) => isUnder(network, below, ledger.office))
        .flatMap(([, all]) => all);
      return [
        ...historyOf(aftermath, ledger, reported),
        ...chainOf(aftermath, ledger, reported),
        ...oneIn(ledger, municipal),
        ...leftIn(ledger),
        ...accusedIn(aftermath, ledger),
      ];
    }),
    ...oneNationWide(ledgers, municipal),
  ];
}

/** What each municipality has in its history: that is the truth which those above have to show. */
function recordedBy(ledgers: LedgerState[]): Map<OfficeId, ChangeRow[]> {
  return new Map(ledgers.filter(isMunicipal).map(({ office, history }) => [office, history]));
}

function isMunicipal({ office }: { office: OfficeId }): boolean {
  return roleOf(office) === 'municipality';
}

function isUnder(network: Network, below: OfficeId, office: OfficeId): boolean {
  if (below === office) return true;
  const { parent } = network.entry(below);
  return parent !== undefined && isUnder(network, parent, office);
}

function historyOf({ confirmed, setBack }: Aftermath, ledger: LedgerState, reported: ChangeRow[]): Violation[] {
  const { office, history } = ledger;
  const own = confirmed.get(office) ?? [];
  const ids = new Set(history.map(({ change_id }) => change_id));
  const unrecorded = own.filter((id) => !ids.has(id));
  return [
    ...unrecorded.map((detail): Violation => ({ rule: 'LOST', office, detail })),
    ...violationsOfHistory(history, reported, { newestOnly: setBack.has(office) }).map((found) => ({
      ...found,
      office,
    })),
    ...strangers(ledger),
  ];
}

/** A municipality records its own changes and no other's. */
function strangers({ office, history }: LedgerState): Violation[] {
  if (!isMunicipal({ office })) return [];
  const others = history.filter(({ municipality }) => municipality !== codeOf(office));
  return others.map(({ change_id }) => ({ rule: 'INVENTED', office, detail: change_id }));
}

/** CHAIN: what is held under each code is where all changes have led. Of a level that was set back: under each active one. */
function chainOf({ first, setBack }: Aftermath, { office, holdings }: LedgerState, reported: ChangeRow[]): Violation[] {
  const right = foldFromScratch(first.get(office) ?? [], reported);
  const held = new Map(holdings.map((holding) => [holding.resident_record_code, holding]));
  const codes = new Set([...right.keys(), ...held.keys()]);
  const matters = (holding: HoldingRow | undefined) => !setBack.has(office) || holding?.standing === 'ACTIVE';
  return [...codes].flatMap((code): Violation[] => {
    const [is, ought] = [held.get(code), right.get(code)];
    if (!matters(is) && !matters(ought)) return [];
    const wrong = wrongIn(is, ought);
    return wrong === undefined ? [] : [{ rule: 'CHAIN', office, detail: wrong }];
  });
}

/** The column that is wrong, or what is missing. */
function wrongIn(is: HoldingRow | undefined, ought: HoldingRow | undefined): string | undefined {
  if (!ought) return 'holds what nobody recorded';
  if (!is) return `holds nothing where ${ought.standing} ought to be`;
  const columns = Object.keys(ought) as (keyof HoldingRow)[];
  const wrong = columns.filter((column) => column !== 'quarantined_at' && is[column] !== ought[column]);
  if (wrong.length === 0) return undefined;
  return wrong.includes('standing') ? `${is.standing} instead of ${ought.standing}` : `wrong in ${wrong.join(', ')}`;
}

/** ONE: of the codes that a person has had, one at most is active in a ledger. */
function oneIn({ office, holdings }: LedgerState, municipal: ChangeRow[]): Violation[] {
  const first = firstCodes(municipal);
  const active = holdings.filter(({ standing }) => standing === 'ACTIVE');
  const people = Map.groupBy(active, ({ resident_record_code: code }) => first(code));
  const twice = [...people.values()].filter((records) => records.length > 1);
  return twice.map(() => ({ rule: 'ONE', office, detail: 'two active codes of one person' }));
}

/** ONE: and over all municipalities, one active record. */
function oneNationWide(ledgers: LedgerState[], municipal: ChangeRow[]): Violation[] {
  const first = firstCodes(municipal);
  const active = ledgers.filter(isMunicipal).flatMap(({ office, holdings }) => {
    const here = holdings.filter(({ standing }) => standing === 'ACTIVE');
    return here.map(({ resident_record_code: code }) => ({ office, person: first(code) }));
  });
  const people = Map.groupBy(active, ({ person }) => person);
  const twice = [...people.values()].filter((records) => new Set(records.map(({ office }) => office)).size > 1);
  return twice.map(([one]) => ({ rule: 'ONE', office: one?.office ?? '', detail: 'active in two municipalities' }));
}

/** A person is known by the first code that they had. */
function firstCodes(changes: ChangeRow[]): (code: string) => string {
  const previous = new Map(
    changes.flatMap(({ resident_record_code, previous_code }) =>
      previous_code === null ? [] : [[resident_record_code, previous_code] as const],
    ),
  );
  return (code) => {
    let first = code;
    for (let before = previous.get(first); before !== undefined; before = previous.get(first)) first = before;
    return first;
  };
}

/** Only a log that was put back can contradict what was seen of it, whatever was lost, doubled or late on the line. */
function accusedIn({ setBack }: Aftermath, { contradicted }: LedgerState): Violation[] {
  const wrongly = contradicted.filter((office) => !setBack.has(office));
  return wrongly.map((office) => ({ rule: 'ACCUSED', office, detail: 'its log was never put back' }));
}

/** What ought not to be left once all is at rest. */
function leftIn({ office, waiting, holdings, discrepancies }: LedgerState): Violation[] {
  const setApart = holdings.filter(({ quarantined_at }) => quarantined_at !== null).length;
  return [
    ...(waiting > 0 ? [{ rule: 'OUTBOX' as const, office, detail: `${waiting} wait` }] : []),
    ...discrepancies.map((detail) => ({ rule: 'DISCREPANCY' as const, office, detail: detail ?? 'of a holding' })),
    ...(setApart > 0 ? [{ rule: 'SET_APART' as const, office, detail: `${setApart} holdings` }] : []),
  ];
}
