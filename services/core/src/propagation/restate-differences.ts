import { createHash } from 'node:crypto';
import { dayOfVersion } from '../domain/change-version.js';
import type { Change, Holding } from '../domain/fold-changes.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changesOf } from '../storage/changes.js';
import { holdingsUnder } from '../storage/identity-ledger.js';
import type { Difference, Part } from './compare-ranges.js';
import { piecesOf } from './pieces.js';
import type { Restatement } from './restate-holdings.js';

/**
 * Restates at a level above what differs there, from what the municipality itself has.
 *
 * @returns the codes whose holdings stand above as they are here; what is newer above, or unknown here, is not among them
 */
export async function restateDifferences(
  stating: Part,
  level: { restate(changes: Change[]): Promise<Restatement[]> },
  differences: Difference[],
  held: Map<ResidentRecordCode, Holding>,
): Promise<Set<ResidentRecordCode>> {
  const statedUnder = new Map<ResidentRecordCode, ResidentRecordCode>();
  const changes = new Map<string, Change>();
  for (const { residentRecordCode: code, above = -1 } of differences) {
    const holding = held.get(code);
    if (!holding || above > holding.version) continue;
    // Of a code and its successor the same change can have led to both.
    for (const change of await changesThatLedTo(stating, holding, above)) changes.set(change.changeId, change);
    statedUnder.set(code, holding.successor ?? code);
  }
  const stands = new Map<ResidentRecordCode, boolean>();
  for (const piece of piecesOf([...changes.values()])) {
    for (const restatement of await level.restate(piece))
      stands.set(restatement.residentRecordCode, restatement.stands);
  }
  return new Set([...statedUnder].flatMap(([code, stated]) => (stands.get(stated) ? [code] : [])));
}

/**
 * The changes above a version that led to a holding, as they were recorded, the oldest first. What a superseded code led
 * to is with its successors.
 */
async function changesThatLedTo(stating: Part, holding: Holding, since: number): Promise<Change[]> {
  const { ledger, municipality } = stating;
  const { identification, version } = holding;
  const kept = await changesOfLine(ledger, holding.successor ?? identification.residentRecordCode);
  const recorded = kept.filter((change) => change.municipality === municipality);
  if (recorded.some((change) => change.version >= version))
    return recorded.filter((change) => change.version > since || change.version === version);
  return [beginning(holding)];
}

/** Under a code, and under those that it has become. */
async function changesOfLine(ledger: Part['ledger'], code: ResidentRecordCode): Promise<Change[]> {
  const changes = [];
  for (let next: ResidentRecordCode | null = code; next !== null; ) {
    changes.push(...(await changesOf(ledger, next)));
    next = (await holdingsUnder(ledger, [next])).get(next)?.successor ?? null;
  }
  return changes;
}

/**
 * What a ledger began with has no change, and is stated as an entry or deletion ex officio of the day that its version
 * tells: the same one each time, whichever level asks for it.
 */
function beginning({ identification, standing, version, municipality }: Holding): Change {
  const stated = { municipality, causeOn: dayOfVersion(version), version, identification, previousCode: null };
  const changeId = idOf(`${municipality} ${identification.residentRecordCode} ${version}`);
  return standing === 'ACTIVE'
    ? { changeId, ...stated, kind: 'ENTRY', reason: 'EX_OFFICIO_ENTRY' }
    : { changeId, ...stated, kind: 'DELETION', reason: 'EX_OFFICIO_DELETION' };
}

/** A UUID of its own making (RFC 9562, version 8). */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
