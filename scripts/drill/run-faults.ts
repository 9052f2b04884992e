import { NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import type { ConsistencyCheck } from '#core/propagation/check-consistency.js';
import type { Random } from '../seed/random.js';
import { Country } from './country.js';
import { drillNetwork } from './drill-network.js';
import { Faults } from './faults.js';
import { type Aftermath, type Violation, violationsIn } from './invariants.js';
import { type FaultSchedule, streamOf } from './schedule.js';
import type { Templates } from './templates.js';

const DAY = 86_400_000;
/** Of a day: so long are the counters busy. */
const BUSY_MS = 20 * 60_000;
/** Three municipalities, two levels above each. */
const CHECKS = 6;
/** A schedule comes to rest within far fewer. */
const MOST_EVENTS = 50_000;

/** Plays a schedule in one process, over ledgers that overwrite those of the last one, and says what does not hold at its end. */
export async function runFaults(
  schedule: FaultSchedule,
  { folder, templates }: { folder: string; templates: Templates },
): Promise<Violation[]> {
  const country = new Country(drillNetwork(), schedule, { folder, templates });
  const faults = new Faults(country, streamOf(schedule.seed, 'faults'), folder);
  try {
    await country.start();
    plan(country, faults, schedule);
    if (!(await country.time.passes(MOST_EVENTS)))
      return [{ rule: 'UNREST', office: NATIONAL_CENTRE, detail: 'does not come to rest' }];
    await country.settleDoubts();
    const unrepairedOnes = await repairAtTheEnd(country, faults, streamOf(schedule.seed, 'end'));
    return [...unrepairedOnes, ...violationsIn(await aftermathOf(country, faults))];
  } finally {
    await country.close();
  }
}

/** Acts come in the first minutes of each day, close to one another and to what goes wrong. */
function plan(country: Country, faults: Faults, schedule: FaultSchedule): void {
  const { time, line } = country;
  const { seed, acts, days } = schedule;
  const random = streamOf(seed, 'moments');
  const moment = () => random.integer(days) * DAY + random.integer(BUSY_MS);
  for (let i = 0; i < acts; i++) time.later(() => void country.act(), moment());
  faults.plan(schedule, moment);
  time.later(() => line.heal(), (days - 1) * DAY + BUSY_MS);
}

/** Where a level is known or feared to have drifted, its municipalities hold their ledgers against it. */
async function repairAtTheEnd(country: Country, faults: Faults, random: Random): Promise<Violation[]> {
  if (faults.setBack.size + faults.corrupted === 0) return [];
  await repair(country);
  const second = await repair(country);
  if (second.length < CHECKS) return [unrepaired(NATIONAL_CENTRE, 'a check fails')];
  const drifted = second.filter(({ differing }) => differing > 0);
  const above = [...faults.setBack, NATIONAL_CENTRE].slice(0, 1);
  const isCorrupted = await faults.corrupt(random.pick(above));
  const found = isCorrupted ? await repair(country) : [];
  const all = found.reduce((sum, { repaired }) => sum + repaired, 0);
  return [
    ...drifted.map(({ above: office, differing }) => unrepaired(office, `${differing} still differ`)),
    ...(isCorrupted && all !== 1 ? [unrepaired(NATIONAL_CENTRE, 'a character that changed was not found')] : []),
  ];
}

/** All offices are up and the line is good, so that each check has to succeed. */
async function repair(country: Country): Promise<ConsistencyCheck[]> {
  const repairing = country.repairAll();
  await country.time.passes(MOST_EVENTS);
  return repairing;
}

function unrepaired(office: OfficeId, detail: string): Violation {
  return { rule: 'UNREPAIRED', office, detail };
}

async function aftermathOf(country: Country, { setBack }: Faults): Promise<Aftermath> {
  const { network, confirmed } = country;
  return { network, confirmed, setBack, first: new Map(), ledgers: await country.ledgers() };
}
