import type { Clock } from '../domain/clock.js';
import type { Change, Holding } from '../domain/fold-changes.js';
import { inGroups } from '../domain/in-groups.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { enterCheck } from '../storage/consistency-checks.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import { type Above, type Difference, findDifferences, lookAgain, type Part } from './compare-ranges.js';
import { restateDifferences } from './restate-differences.js';
import type { Restatement } from './restate-holdings.js';

/** So many of what differs are in memory. */
const AT_ONCE = 200;

/** A level above, as a municipality asks it. */
export interface LevelAbove extends Above {
  office: OfficeId;
  quarantine(holdings: KnownVersion[]): Promise<void>;
  restate(changes: Change[]): Promise<Restatement[]>;
  /** This municipality's own changes with higher versions. */
  changesSince(known: KnownVersion[]): Promise<Change[]>;
}

/** The highest version that is known of a code; 0 where nothing is. */
interface KnownVersion {
  residentRecordCode: ResidentRecordCode;
  version: number;
}

/** A municipality's own part of its ledger, which is the truth. */
interface Checking extends Part {
  clock: Clock;
  /** Delivers what waits to go up: it is no difference. */
  settled: () => Promise<void>;
  /** Those of some codes of which something is still on its way to the level: that is no difference either. */
  waiting: (codes: ResidentRecordCode[]) => Promise<ResidentRecordCode[]>;
  /** Takes changes back that this municipality made, and has lost. @returns how many people they are of */
  recover: (changes: Change[], foundBy: OfficeId) => Promise<number>;
  /** Puts what no repair can decide onto the officers' list. */
  tell: (what: Undecided, codes: ResidentRecordCode[], foundBy: OfficeId) => Promise<void>;
}

type Held = Map<ResidentRecordCode, Holding>;

/** Active here, and newer in another municipality; or held above as active here, and unknown here. */
type Undecided = 'RECORDED_ELSEWHERE' | 'UNKNOWN_HERE';

/** What a check has found, and what was done about it. */
export interface ConsistencyCheck {
  above: OfficeId;
  checkedAt: Date;
  /** Holdings that differed. */
  differing: number;
  /** Of them, those that the level above has as the municipality has them, since. */
  repaired: number;
  /** Of them, those that the municipality had lost, and has again, since. */
  recovered: number;
}

/**
 * Holds a municipality's identity ledger against that of a level above. What contradicts it is quarantined there; where
 * that is asked for, it is restated from here, and what this municipality has lost is taken back from there.
 *
 * @throws Refusal where the level above does not answer
 */
export async function checkConsistency(
  checking: Checking,
  level: LevelAbove,
  { repair }: { repair: boolean },
): Promise<ConsistencyCheck> {
  const { ledger, clock } = checking;
  await checking.settled();
  const found = await findDifferences(checking, level);
  const onTheWay = new Set(await checking.waiting(found.map(codeOf)));
  const differences = await lookAgain(
    checking,
    level,
    found.filter((one) => !onTheWay.has(codeOf(one))),
  );
  const check = {
    above: level.office,
    checkedAt: clock.now(),
    differing: differences.length,
    repaired: 0,
    recovered: 0,
  };
  for (const group of inGroups(differences, AT_ONCE)) {
    const held = await holdingsUnder(ledger, group.map(codeOf));
    await quarantineContradictions(level, group, held);
    if (!repair) continue;
    const restated = await restateDifferences(checking, level, group, held);
    check.repaired += restated.size;
    const left = group.filter((one) => !restated.has(codeOf(one)));
    check.recovered += await takeBack(checking, level, left, held);
  }
  await enterCheck(ledger, check);
  return check;
}

/** What is only older above is no error: it was right once. */
async function quarantineContradictions(level: LevelAbove, differences: Difference[], held: Held): Promise<void> {
  const isContradicted = ({ residentRecordCode, version }: KnownVersion) =>
    version === held.get(residentRecordCode)?.version;
  await level.quarantine(heldAbove(differences).filter(isContradicted));
}

/** @returns how many people's changes came back */
async function takeBack(checking: Checking, level: LevelAbove, differences: Difference[], held: Held): Promise<number> {
  if (differences.length === 0) return 0;
  const codes = differences.map(codeOf);
  const known = codes.map((code) => ({ residentRecordCode: code, version: held.get(code)?.version ?? 0 }));
  const changes = await level.changesSince(known);
  if (!changes.every((change) => isAnswerTo(known, checking.municipality, change)))
    throw new Refusal('INTERNAL', { cause: new Error('the level above tells of changes that it was not asked for') });
  const recovered = await checking.recover(changes, level.office);
  const now = await holdingsUnder(checking.ledger, codes);
  const isElsewhere = (code: ResidentRecordCode) => {
    const holding = now.get(code);
    const isUnchanged = holding?.version === held.get(code)?.version;
    return isUnchanged && holding?.standing === 'ACTIVE' && holding.municipality === checking.municipality;
  };
  await checking.tell('RECORDED_ELSEWHERE', codes.filter(isElsewhere), level.office);
  const unknown = differences.filter((one) => !now.has(codeOf(one)));
  await level.quarantine(heldAbove(unknown));
  await checking.tell('UNKNOWN_HERE', unknown.map(codeOf), level.office);
  return recovered;
}

/** Only this municipality's own changes, of people it asked for, and newer than it knows. */
function isAnswerTo(known: KnownVersion[], municipality: LocalGovernmentCode, change: Change): boolean {
  const asked = known.find(({ residentRecordCode }) => residentRecordCode === change.identification.residentRecordCode);
  return asked !== undefined && change.municipality === municipality && change.version > asked.version;
}

/** What the level above holds, with its versions. */
function heldAbove(differences: Difference[]): KnownVersion[] {
  return differences.flatMap(({ residentRecordCode, above: version }) =>
    version === undefined ? [] : [{ residentRecordCode, version }],
  );
}

function codeOf({ residentRecordCode }: Difference): ResidentRecordCode {
  return residentRecordCode;
}
