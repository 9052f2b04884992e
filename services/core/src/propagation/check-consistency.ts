import { type Clock, today } from '../domain/clock.js';
import type { Change, Holding } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changesOf } from '../storage/changes.js';
import { enterCheck } from '../storage/consistency-checks.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import { type Above, type Difference, findDifferences, lookAgain, type Part } from './compare-ranges.js';
import { piecesOf } from './pieces.js';
import type { Restatement } from './restate-holdings.js';

/** A level above, as a municipality asks it. */
export interface LevelAbove extends Above {
  office: OfficeId;
  quarantine(codes: ResidentRecordCode[]): Promise<void>;
  restate(changes: Change[]): Promise<Restatement[]>;
  /** This municipality's own changes with higher versions. */
  changesSince(known: KnownVersion[]): Promise<Change[]>;
}

/** The highest version that is known of a code; 0 where nothing is. */
export interface KnownVersion {
  residentRecordCode: ResidentRecordCode;
  version: number;
}

/** A municipality's own part of its ledger, which is the truth. */
interface Checking extends Part {
  clock: Clock;
  newId: () => string;
  /** Delivers what waits to go up: it is no difference. */
  settled: () => Promise<void>;
  /** Takes changes back that this municipality made, and has lost. @returns how many people they are of */
  recover: (changes: Change[], foundBy: OfficeId) => Promise<number>;
  /** Puts what no repair can decide onto the officers' list. */
  tell: (what: Undecided, codes: ResidentRecordCode[], foundBy: OfficeId) => Promise<void>;
}

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
  await checking.settled();
  const differences = await lookAgain(checking, level, found);
  const held = await holdingsUnder(ledger, differences.map(codeOf));
  const isNewerAbove = ({ residentRecordCode, above }: Difference) =>
    (above ?? -1) > (held.get(residentRecordCode)?.version ?? -1);
  const ours = differences.filter((one) => !isNewerAbove(one));
  // What is only older above is no error: it was right once.
  const isContradicted = (one: Difference) => one.above !== undefined && one.above === held.get(codeOf(one))?.version;
  await level.quarantine(ours.filter(isContradicted).map(codeOf));
  let [repaired, recovered] = [0, 0];
  if (repair) {
    const stands = await restate(checking, level, ours, held);
    const restated = ours.filter((one) => stands.has(codeOf(one)));
    repaired = restated.length;
    recovered = await takeBack(checking, level, differences.filter((one) => !restated.includes(one)).map(codeOf), held);
  }
  const check = { above: level.office, checkedAt: clock.now(), differing: differences.length, repaired, recovered };
  await enterCheck(ledger, check);
  return check;
}

/** @returns the codes whose holdings stand above as they are here */
async function restate(
  checking: Checking,
  level: LevelAbove,
  ours: Difference[],
  held: Map<ResidentRecordCode, Holding>,
): Promise<Set<ResidentRecordCode>> {
  const stating = new Map<ResidentRecordCode, ResidentRecordCode>();
  const changes: Change[] = [];
  for (const difference of ours) {
    const holding = held.get(codeOf(difference));
    if (!holding) continue;
    const led = await changesThatLedTo(checking, holding, difference.above ?? -1);
    changes.push(...led);
    stating.set(codeOf(difference), led.at(-1)?.identification.residentRecordCode ?? '');
  }
  const stands = new Map<ResidentRecordCode, boolean>();
  for (const piece of piecesOf(changes)) {
    for (const restatement of await level.restate(piece))
      stands.set(restatement.residentRecordCode, restatement.stands);
  }
  return new Set([...stating].flatMap(([code, stated]) => (stands.get(stated) ? [code] : [])));
}

/**
 * The changes above a version that led to a holding, as they were recorded, the oldest first. What a superseded code led
 * to is with its successor; what a ledger began with has no change, and is stated as an entry or deletion ex officio.
 */
async function changesThatLedTo(checking: Checking, holding: Holding, since: number): Promise<Change[]> {
  const { ledger, clock, newId, municipality } = checking;
  const { identification, version, standing, successor } = holding;
  const kept = await changesOf(ledger, successor ?? identification.residentRecordCode);
  const recorded = kept.filter((change) => change.municipality === municipality);
  if (recorded.some((change) => change.version >= version))
    return recorded.filter((change) => change.version > since || change.version === version);
  return [
    {
      ...{ changeId: newId(), municipality, causeOn: today(clock), version, identification, previousCode: null },
      ...(standing === 'ACTIVE'
        ? { kind: 'ENTRY', reason: 'EX_OFFICIO_ENTRY' }
        : { kind: 'DELETION', reason: 'EX_OFFICIO_DELETION' }),
    },
  ];
}

/** @returns how many people's changes came back */
async function takeBack(
  checking: Checking,
  level: LevelAbove,
  codes: ResidentRecordCode[],
  held: Map<ResidentRecordCode, Holding>,
): Promise<number> {
  if (codes.length === 0) return 0;
  const known = codes.map((code) => ({ residentRecordCode: code, version: held.get(code)?.version ?? 0 }));
  const recovered = await checking.recover(await level.changesSince(known), level.office);
  const now = await holdingsUnder(checking.ledger, codes);
  const isElsewhere = (code: ResidentRecordCode) => {
    const holding = now.get(code);
    const isUnchanged = holding?.version === held.get(code)?.version;
    return isUnchanged && holding?.standing === 'ACTIVE' && holding.municipality === checking.municipality;
  };
  await checking.tell('RECORDED_ELSEWHERE', codes.filter(isElsewhere), level.office);
  const unknown = codes.filter((code) => !now.has(code));
  await level.quarantine(unknown);
  await checking.tell('UNKNOWN_HERE', unknown, level.office);
  return recovered;
}

function codeOf({ residentRecordCode }: Difference): ResidentRecordCode {
  return residentRecordCode;
}
