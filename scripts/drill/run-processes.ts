import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { type Reason, refusalOf } from '#core/domain/refusal.js';
import type { Random } from '../seed/random.js';
import { type CounterAct, CounterActs } from './counter-acts.js';
import { type Violation, violationsIn } from './invariants.js';
import { type LedgerState, ledgersOf } from './ledger-state.js';
import { OfficeProcesses } from './office-processes.js';
import type { Preparation, PreparedCountry } from './prepared-country.js';
import { type ProcessSchedule, streamOf } from './schedule.js';

/** After an act was sent, its office is killed within so many milliseconds: before, while or after it is recorded. */
const MOST_UNDER_WAY_MS = 25;
/** What a counter says where its office, or its process, is gone. */
const UNANSWERED: Reason[] = ['OFFICE_UNAVAILABLE', 'DEADLINE_PASSED'];

/** Plays a schedule with real processes, and says what does not hold at its end. */
export async function runProcesses(
  schedule: ProcessSchedule,
  { folder, preparation }: { folder: string; preparation: Preparation },
): Promise<Violation[]> {
  const own = mkdtempSync(join(folder, 'processes-'));
  const country = await preparation.countryIn(own);
  const processes = new OfficeProcesses(country);
  try {
    const first = new Map((await ledgersOf(country)).map(({ office, holdings }) => [office, holdings]));
    await processes.startAll();
    const { confirmed, refused } = await playActs(schedule, country, processes);
    await processes.startAll();
    const atRest = await processes.isAtRest();
    await processes.stopAll();
    const ledgers = await ledgersOf(country);
    const setBack = new Set<OfficeId>();
    return [
      ...(atRest ? [] : [{ rule: 'UNREST' as const, office: NATIONAL_CENTRE, detail: 'changes still wait' }]),
      ...refused,
      ...confirmed.flatMap((act) => unrecorded(act, ledgers)),
      ...violationsIn({ network: country.network, ledgers, confirmed: new Map(), first, setBack }),
    ];
  } finally {
    await processes.stopAll();
    rmSync(own, { recursive: true, force: true });
  }
}

/** Acts one after another; at some of them, a process is killed, and is started again an act or two later. */
async function playActs(
  { seed, acts, kills }: ProcessSchedule,
  { people }: PreparedCountry,
  processes: OfficeProcesses,
) {
  const random = streamOf(seed, 'processes');
  const counters = new CounterActs(streamOf(seed, 'acts'), people);
  const killAt = new Set(Array.from({ length: kills }, () => random.integer(acts)));
  const confirmed: CounterAct[] = [];
  const refused: Violation[] = [];
  for (let nth = 0; nth < acts; nth++) {
    const act = counters.draw();
    const asked = act.ask(processes.operatorOf(act.office)).then(
      () => void confirmed.push(act),
      (error: unknown) => void refused.push(...violationOf(act, error)),
    );
    if (killAt.has(nth)) await killSoon(random, act, processes);
    await asked;
    if (!processes.areAllUp && random.chance(0.5)) await processes.startAll();
  }
  return { confirmed, refused };
}

/** Rather the office that is acting than another. */
async function killSoon(random: Random, { office }: CounterAct, processes: OfficeProcesses): Promise<void> {
  const victim = random.chance(0.6) ? office : random.pick(processes.offices);
  await wait(random.integer(MOST_UNDER_WAY_MS));
  await processes.kill(victim);
}

/** An act that got no answer may be recorded or not; one that is refused for another reason is a fault of the drill's or of the office's. */
function violationOf({ office }: CounterAct, error: unknown): Violation[] {
  const { reason } = refusalOf(error);
  return UNANSWERED.includes(reason) ? [] : [{ rule: 'FAILED', office, detail: reason }];
}

function unrecorded({ office, changes }: CounterAct, ledgers: LedgerState[]): Violation[] {
  const history = ledgers.find((ledger) => ledger.office === office)?.history ?? [];
  const missing = changes.filter(
    ({ code, reason }) =>
      !history.some((row) => row.reason === reason && [row.resident_record_code, row.previous_code].includes(code)),
  );
  return missing.map(({ reason }) => ({ rule: 'LOST', office, detail: `${reason} that was confirmed` }));
}
