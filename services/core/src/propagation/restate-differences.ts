import { type Clock, today } from '../domain/clock.js';
import type { Change, Holding } from '../domain/fold-changes.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changesOf } from '../storage/changes.js';
import type { Difference, Part } from './compare-ranges.js';
import { piecesOf } from './pieces.js';
import type { Restatement } from './restate-holdings.js';

/** A municipality, which is where the truth is. */
interface Stating extends Part {
  clock: Clock;
  newId: () => string;
}

/**
 * Restates at a level above what differs there, from what the municipality itself has.
 *
 * @returns the codes whose holdings stand above as they are here; what is newer above, or unknown here, is not among them
 */
export async function restateDifferences(
  stating: Stating,
  level: { restate(changes: Change[]): Promise<Restatement[]> },
  differences: Difference[],
  held: Map<ResidentRecordCode, Holding>,
): Promise<Set<ResidentRecordCode>> {
  const statedUnder = new Map<ResidentRecordCode, ResidentRecordCode>();
  const changes: Change[] = [];
  for (const { residentRecordCode: code, above = -1 } of differences) {
    const holding = held.get(code);
    if (!holding || above > holding.version) continue;
    changes.push(...(await changesThatLedTo(stating, holding, above)));
    statedUnder.set(code, holding.successor ?? code);
  }
  const stands = new Map<ResidentRecordCode, boolean>();
  for (const piece of piecesOf(changes)) {
    for (const restatement of await level.restate(piece))
      stands.set(restatement.residentRecordCode, restatement.stands);
  }
  return new Set([...statedUnder].flatMap(([code, stated]) => (stands.get(stated) ? [code] : [])));
}

/**
 * The changes above a version that led to a holding, as they were recorded, the oldest first. What a superseded code led
 * to is with its successor; what a ledger began with has no change, and is stated as an entry or deletion ex officio.
 */
async function changesThatLedTo(stating: Stating, holding: Holding, since: number): Promise<Change[]> {
  const { ledger, clock, newId, municipality } = stating;
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
