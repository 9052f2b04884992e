import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OfficeId } from '#core/domain/office.js';
import { Preparation } from '../prepared-country.js';
import { streamOf } from '../schedule.js';
import { type Course, CrashNetwork, type CrashViolation, FROM, OFFICES } from './crash-network.js';
import { type Family, familiesIn } from './families.js';
import { drawTogether, planCrashes } from './plan-crashes.js';

/** Each of them with all its processes: one does something while another waits for an office to be there again. */
const NETWORKS = 3;
/** A third of the households are families with a card. */
const HOUSEHOLDS = 750;
/** An office that did not come to a point is told again to die there, so often. */
const TRIES = 3;

/** What a drill of moves came to. */
export interface CrashDrilled {
  /** How many points each office passes while a family moves, and besides while one gives up and begins again. */
  points: Record<OfficeId, number>;
  /** How often an office died. A death after one thing and before the next is at both points. */
  deaths: number;
  violations: CrashViolation[];
}

interface Wanted {
  /** How many families move besides while two or three offices die, at any of the points. */
  together: number;
  seed: number;
  /** Of the points, one in so many is died at, which ones by the seed; each by default. */
  oneIn?: number;
}

/** Is told after each move how many are left at most, and what does not hold. */
type OnMoved = (left: number, violations: CrashViolation[]) => void;

/**
 * Has a family move with its card for each point at which an office can die: before and after each commit and each
 * message that leaves it. First it is seen what the points are, while nobody dies; then each office dies at each of them,
 * is started again, and the end has to be right each time.
 */
export async function drillCrash(wanted: Wanted, onMoved: OnMoved): Promise<CrashDrilled> {
  const folder = mkdtempSync(join(tmpdir(), 'juki-drill-'));
  const networks: CrashNetwork[] = [];
  try {
    const preparation = new Preparation(folder, { offices: OFFICES, households: HOUSEHOLDS });
    let families: Family[] = [];
    for (let nth = 0; nth < NETWORKS; nth++) {
      const country = await preparation.countryIn(join(folder, `country-${nth}`));
      const network = new CrashNetwork(country, folder);
      networks.push(network);
      families = familiesIn(country.people, FROM, network.day);
    }
    const drill = new CrashDrill(networks, families, onMoved);
    await drill.play(wanted);
    return drill.drilled;
  } finally {
    await Promise.all(networks.map((network) => network.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

class CrashDrill {
  readonly drilled: CrashDrilled = { points: {}, deaths: 0, violations: [] };
  private readonly networks: CrashNetwork[];
  private readonly families: Family[];
  private readonly onMoved: OnMoved;
  private left: { course: Course; tries: number }[] = [];

  constructor(networks: CrashNetwork[], families: Family[], onMoved: OnMoved) {
    this.networks = networks;
    this.families = families;
    this.onMoved = onMoved;
  }

  async play({ together, seed, oneIn = 1 }: Wanted): Promise<void> {
    const next = () => this.nextFamily();
    await this.onEach((network) => network.start(next()));
    const [first] = this.networks;
    const planned = first ? await planCrashes(first, next) : [];
    const random = streamOf(seed, 'crash');
    const drawn = Array.from({ length: together }, () => drawTogether(random, planned));
    this.drilled.points = countsOf(planned);
    const played = planned.filter((_, nth) => nth % oneIn === seed % oneIn);
    this.left = [...played, ...drawn].map((course) => ({ course, tries: 0 }));
    await this.onEach((network) => this.crashOn(network));
    await this.onEach((network) => network.end());
  }

  private async onEach(act: (network: CrashNetwork) => Promise<CrashViolation[]>): Promise<void> {
    for (const found of await Promise.all(this.networks.map(act))) this.drilled.violations.push(...found);
  }

  private async crashOn(network: CrashNetwork): Promise<CrashViolation[]> {
    const all: CrashViolation[] = [];
    for (let next = this.left.shift(); next; next = this.left.shift()) {
      const { diedAt, violations } = await network.crash(this.nextFamily(), next.course);
      this.drilled.deaths += diedAt.length;
      const found = [...violations, ...this.comeTo(next, diedAt)];
      all.push(...found);
      this.onMoved(this.left.length, found);
    }
    return all;
  }

  /** Other names of the point at which it died are done with, too. Of several deaths one can have made another impossible. */
  private comeTo({ course, tries }: { course: Course; tries: number }, diedAt: string[][]): CrashViolation[] {
    if (course.deaths.length > 1) return [];
    const [names] = diedAt;
    if (names) this.left = this.left.filter((other) => !isOneOf(other.course, course, names));
    else if (tries + 1 < TRIES) this.left.push({ course, tries: tries + 1 });
    else return [{ rule: 'NEVER_CAME', course, detail: '' }];
    return [];
  }

  private nextFamily(): Family {
    const family = this.families.shift();
    if (!family) throw new RangeError('there are not enough families');
    return family;
  }
}

function countsOf(planned: Course[]): Record<OfficeId, number> {
  const counts = OFFICES.map((office): [OfficeId, number] => [
    office,
    planned.filter(({ deaths: [death] }) => death?.office === office).length,
  ]);
  return Object.fromEntries(counts);
}

function isOneOf({ givesUpOnce, deaths }: Course, died: Course, names: string[]): boolean {
  const [[other, more], [death]] = [deaths, died.deaths];
  const isSameOffice = more === undefined && other?.office === death?.office;
  return isSameOffice && givesUpOnce === died.givesUpOnce && names.includes(other?.at ?? '');
}
