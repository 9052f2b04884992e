import type { Transaction } from 'kysely';
import type { ShownLog } from '../audit/show-log.js';
import type { WitnessOfLogs } from '../audit/witness-logs.js';
import type { Exchange } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import type { Verdict } from '../domain/fold-delivery.js';
import type { Head, Witnessed } from '../domain/head.js';
import type { OfficeId } from '../domain/office.js';
import type { CoreTables } from '../storage/tables.js';
import { acceptChanges, type Level } from './accept-changes.js';

/** What comes from the level below: changes, its log, and what it has seen of this office's. */
export interface Delivery {
  changes: Change[];
  head?: Head | undefined;
  witnessed?: Witnessed | undefined;
}

/** What it is told. */
export interface Taken {
  verdicts: Verdict[];
  witnessed: Witnessed;
  head?: Head | undefined;
}

interface WitnessedLevel extends Level {
  shownLog: ShownLog;
  witness: WitnessOfLogs;
}

/** Takes a delivery of an office below: what is seen of its log is kept in one transaction with its changes. */
export async function takeDelivery(
  level: WitnessedLevel,
  from: OfficeId,
  { changes, head, witnessed }: Delivery,
  exchange: Exchange,
): Promise<Taken> {
  const believed = head && (await level.witness.believe(from, head));
  let seen: Witnessed | undefined;
  const see = async (trx: Transaction<CoreTables>) => {
    if (believed) seen = await level.witness.take(trx, believed, exchange);
  };
  const verdicts = changes.length > 0 ? await acceptChanges(level, changes, exchange, see) : [];
  if (changes.length === 0) await level.ledger.transaction().execute(see);
  const taken = { verdicts, witnessed: seen ?? (await level.witness.seenOf(from)) };
  return level.parent ? taken : { ...taken, head: await showBelow(level, from, witnessed, exchange) };
}

/** No office is above this one: those below are its witnesses. */
async function showBelow(
  { shownLog }: WitnessedLevel,
  below: OfficeId,
  witnessed: Witnessed | undefined,
  exchange: Exchange,
): Promise<Head | undefined> {
  if (witnessed) await shownLog.heed(below, witnessed, { exchange });
  return shownLog.headIfAny(below, witnessed?.size ?? 0);
}
