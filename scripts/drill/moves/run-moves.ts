import { NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import type { Random } from '../../seed/random.js';
import { streamOf } from '../schedule.js';
import { type Covered, coverageOf } from './coverage.js';
import { drawVisit } from './draw-visit.js';
import { Family } from './family.js';
import { enterEverybody, finishArrivals } from './finish.js';
import { MovingCountry } from './moving-country.js';
import type { MovingTemplates } from './moving-templates.js';
import { violationsOfMoves } from './rules.js';
import type { MoveSchedule } from './schedule.js';
import type { MoveViolation } from './violation.js';

const MINUTE = 60_000;
const MOST_EVENTS = 50_000;
const MOST_STEPS = 2_000;

/** What a schedule came to. */
export interface MovesPlayed {
  violations: MoveViolation[];
  covered: Covered;
  /** What happened, for whoever looks into it. */
  story: string[];
}

/** Plays a schedule in one process, over ledgers of its own, and says what does not hold. */
export async function runMoves(schedule: MoveSchedule, templates: MovingTemplates): Promise<MovesPlayed> {
  const country = new MovingCountry(schedule, templates);
  try {
    await country.start();
    const play = new Play(country, schedule, templates);
    return { violations: await play.through(), covered: coverageOf(country), story: country.story };
  } finally {
    await country.close();
  }
}

class Play {
  private readonly country: MovingCountry;
  private readonly schedule: MoveSchedule;
  private readonly families: Family[];
  private readonly random: Random;
  /** What was thrown that no procedure may throw. */
  private readonly failures: MoveViolation[] = [];

  constructor(country: MovingCountry, schedule: MoveSchedule, { people, signing }: MovingTemplates) {
    const { seed, families } = schedule;
    this.country = country;
    this.schedule = schedule;
    this.random = streamOf(seed, 'visits');
    this.families = people.flatMap((town, nth) =>
      families.includes(nth) ? [new Family(country, town, { seed, nth, signing })] : [],
    );
  }

  async through(): Promise<MoveViolation[]> {
    const { country, families, schedule } = this;
    const { time, line } = country;
    for (const family of families) time.later(() => this.visit(family, schedule.visits), schedule.startsAfter);
    if (!(await time.passes(MOST_EVENTS))) return [this.unrest()];
    line.heal();
    country.tell('the line heals');
    try {
      await finishArrivals(time, families);
      await enterEverybody(time, families);
    } catch (error) {
      this.fail(error);
    }
    return [...this.failures, ...(await violationsOfMoves(country))];
  }

  /** Something goes wrong in the middle of it, now and then. */
  private visit(family: Family, left: number): void {
    if (left <= 0) return;
    const { random, country, schedule } = this;
    const offices = [...country.offices.keys()];
    if (random.integer(schedule.visits) < schedule.partitions) this.cutOff(random.pick(offices));
    const visited = drawVisit(family, schedule.atOnce)().catch((error: unknown) => this.fail(error));
    if (random.integer(schedule.visitCrashOneIn) === 0) {
      const moment = random.integer(random.pick([1, 200]));
      const [office, steps] = [random.pick(offices), random.integer(MOST_STEPS)];
      country.time.later(() => country.crash(office, steps), moment);
    }
    const wait = random.integer(random.weighted(schedule.waits));
    const goOn = () => void country.time.later(() => this.visit(family, left - 1), wait);
    // Some do not wait for an answer before they come again, or go elsewhere.
    if (random.chance(schedule.atOnce)) goOn();
    else void visited.then(goOn);
  }

  private cutOff(office: OfficeId): void {
    const { line, time } = this.country;
    line.partition(office, this.random.pick(['SILENT', 'REFUSING']));
    time.later(() => line.join(office), this.random.between(1, 15 * MINUTE));
  }

  private fail(error: unknown): void {
    // Its words could hold anything.
    const detail = error instanceof Error ? error.name : 'failed';
    this.country.tell(`failed: ${error instanceof Error ? error.stack : error}`);
    this.failures.push({ rule: 'FAILED', office: NATIONAL_CENTRE, detail });
  }

  private unrest(): MoveViolation {
    return { rule: 'UNREST', office: NATIONAL_CENTRE, detail: 'does not come to rest' };
  }
}
