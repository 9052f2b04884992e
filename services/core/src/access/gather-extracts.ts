import type { Exchange } from '../domain/exchange.js';
import type { Extracts } from '../domain/log-extract.js';
import { NATIONAL_CENTRE, type OfficeId, roleOf } from '../domain/office.js';
import { refusalOf } from '../domain/refusal.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import type { Network } from '../network.js';
import type { AskForExtracts } from '../peers/ask-for-extracts.js';
import { historyOf } from '../storage/changes.js';
import { type ExtractingOffice, extractLog } from './extract-log.js';

/** How long an answer may take: each office leaves those behind it less. */
const PATIENCE_MS = { municipality: 9_000, prefecture: 7_000, national: 5_000, below: 3_000 };

/** An office between others. */
export interface GatheringOffice extends ExtractingOffice {
  network: Network;
  askForExtracts: AskForExtracts;
}

/**
 * What the logs have about a person: this office's, and those of the offices behind it along the tree. Asked from below,
 * or at the counter, that is the office above, and whichever offices below reported the person once; asked from above, it is
 * the latter alone. A log that can not be asked is named.
 *
 * @param known - the person's codes, the present one first
 */
export async function gatherExtracts(
  desk: GatheringOffice,
  known: readonly ResidentRecordCode[],
  exchange: Exchange,
): Promise<Extracts> {
  const { network, office } = desk;
  const asking = exchange.caller.kind === 'office' ? exchange.caller.office : undefined;
  const { parent } = network.entry(office);
  const { codes, homes } = await pathOf(desk, known);
  const below = [...new Set(homes.flatMap((home) => nextTowards(network, office, home) ?? []))];
  const isFromAbove = asking !== undefined && asking === parent;
  const withinMs = isFromAbove ? PATIENCE_MS.below : PATIENCE_MS[roleOf(office)];
  const { askForExtracts } = desk;
  const askAbove = (above: OfficeId) => askForExtracts.above(above, known[0] ?? '', withinMs);
  const gathered = await Promise.all([
    ...(parent !== undefined && !isFromAbove ? [orMissing(parent, askAbove)] : []),
    ...below
      .filter((other) => other !== asking)
      .map((other) => orMissing(other, () => askForExtracts.below(other, codes, withinMs))),
  ]);
  // Its own come last, so that what it asked of others is in them.
  const own = await extractLog(desk, codes, exchange);
  return {
    extracts: [...own, ...gathered.flatMap(({ extracts }) => extracts)],
    missing: gathered.flatMap(({ missing }) => missing),
  };
}

/** Under which codes, and by which municipalities, this office heard of the person. */
async function pathOf({ ledger, network }: GatheringOffice, known: readonly ResidentRecordCode[]) {
  const history = [];
  for (const code of known) history.push(...(await historyOf(ledger, code)));
  const codes = new Set([...known, ...history.map(({ identification }) => identification.residentRecordCode)]);
  const homes = new Set(history.map(({ municipality }) => network.municipalityOf(municipality)));
  return { codes: [...codes], homes: [...homes] };
}

/** The office below this one on the way to a municipality; undefined where the way does not lead down. */
function nextTowards(network: Network, office: OfficeId, home: OfficeId): OfficeId | undefined {
  if (!network.has(home) || home === office) return undefined;
  const { parent } = network.entry(home);
  if (parent === office) return home;
  return office === NATIONAL_CENTRE ? parent : undefined;
}

async function orMissing(office: OfficeId, ask: (office: OfficeId) => Promise<Extracts>): Promise<Extracts> {
  try {
    return await ask(office);
  } catch (error) {
    return { extracts: [], missing: [{ office, reason: refusalOf(error).reason }] };
  }
}
