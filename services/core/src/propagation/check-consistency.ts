import type { Kysely } from 'kysely';
import type { CalendarDate } from '../domain/calendar-date.js';
import { type Clock, today } from '../domain/clock.js';
import type { Change, Holding } from '../domain/fold-changes.js';
import type { LocalGovernmentCode } from '../domain/local-government-code.js';
import type { OfficeId } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changesOf } from '../storage/changes.js';
import { enterCheck } from '../storage/consistency-checks.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import type { CoreTables } from '../storage/tables.js';
import { type Above, findDifferences } from './compare-ranges.js';

const AT_ONCE = 50;

/** A level above that can be repaired. */
export interface RepairableAbove extends Above {
  restate(changes: Change[]): Promise<{ residentRecordCode: ResidentRecordCode; stands: boolean }[]>;
}

interface Checking {
  ledger: Kysely<CoreTables>;
  clock: Clock;
  newId: () => string;
  municipality: LocalGovernmentCode;
}

/** What a check has found, and what was done about it. */
export interface ConsistencyCheck {
  above: OfficeId;
  checkedAt: Date;
  /** Holdings that differed. */
  differing: number;
  /** Of them, those that the level above has as the municipality has them, now. */
  repaired: number;
  /** Of them, those of which the level above knows something newer: lost here, or gone elsewhere. */
  newerAbove: ResidentRecordCode[];
}

/**
 * Holds a municipality's identity ledger against that of a level above, and restates what differs there from its own.
 *
 * @throws Refusal where the level above does not answer
 */
export async function checkConsistency(
  checking: Checking,
  above: OfficeId,
  level: RepairableAbove,
  { repair }: { repair: boolean },
): Promise<ConsistencyCheck> {
  const { ledger, clock, municipality } = checking;
  const differences = await findDifferences(ledger, municipality, level);
  const held = await holdingsUnder(
    ledger,
    differences.map(({ residentRecordCode }) => residentRecordCode),
  );
  const isOurs = ({ residentRecordCode, above: theirs }: (typeof differences)[number]) =>
    (held.get(residentRecordCode)?.version ?? -1) >= (theirs ?? -1);
  const restatable = differences.filter(isOurs).flatMap(({ residentRecordCode }) => held.get(residentRecordCode) ?? []);
  const repaired = repair ? await restate(checking, level, restatable) : 0;
  const newerAbove = differences.filter((one) => !isOurs(one)).map(({ residentRecordCode }) => residentRecordCode);
  const check = { above, checkedAt: clock.now(), differing: differences.length, repaired, newerAbove };
  await enterCheck(ledger, check);
  return check;
}

async function restate(checking: Checking, level: RepairableAbove, holdings: Holding[]): Promise<number> {
  let repaired = 0;
  for (let i = 0; i < holdings.length; i += AT_ONCE) {
    const changes = [];
    for (const holding of holdings.slice(i, i + AT_ONCE)) changes.push(await changeThatLedTo(checking, holding));
    repaired += (await level.restate(changes)).filter(({ stands }) => stands).length;
  }
  return repaired;
}

/** The change as it was recorded; of what a ledger began with, an entry or deletion ex officio of today. */
async function changeThatLedTo(checking: Checking, holding: Holding): Promise<Change> {
  const { ledger, clock, newId } = checking;
  const { identification, version, municipality, standing } = holding;
  const kept = await changesOf(ledger, identification.residentRecordCode);
  const recorded = kept.find((change) => change.version === version);
  if (recorded) return { ...recorded, identification };
  const isDeleted = standing === 'DELETED';
  const causeOn: CalendarDate = today(clock);
  return {
    ...{ changeId: newId(), municipality, causeOn, version, identification, previousCode: null },
    ...(isDeleted
      ? { kind: 'DELETION', reason: 'EX_OFFICIO_DELETION' }
      : { kind: 'ENTRY', reason: 'EX_OFFICIO_ENTRY' }),
  };
}
