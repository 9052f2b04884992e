import type { OfficeId } from '#core/domain/office.js';
import type { Random } from '../../seed/random.js';
import { type Course, type CrashNetwork, OFFICES } from './crash-network.js';
import type { Family } from './families.js';

type Survey = Map<OfficeId, string[]>;

/**
 * A course for each point that each office passes while a family moves and nobody dies; and for each that there is besides
 * where one gives up once. Both are looked at twice: what came once alone is something that an office does by itself.
 */
export async function planCrashes(network: CrashNetwork, next: () => Family): Promise<Course[]> {
  const [straight, givenUp] = [[] as Survey[], [] as Survey[]];
  for (const surveys of [straight, givenUp])
    for (const _twice of [1, 2]) surveys.push(await network.survey(next(), surveys === givenUp));
  return OFFICES.flatMap((office) => {
    const each = passedEachTime(straight, office);
    const besides = passedEachTime(givenUp, office).filter((at) => !each.includes(at));
    return [
      ...each.map((at): Course => ({ givesUpOnce: false, deaths: [{ office, at }] })),
      ...besides.map((at): Course => ({ givesUpOnce: true, deaths: [{ office, at }] })),
    ];
  });
}

function passedEachTime(surveys: Survey[], office: OfficeId): string[] {
  const [first = [], ...others] = surveys.map((survey) => survey.get(office) ?? []);
  const each = first.filter((at) => others.every((other) => other.includes(at)));
  // Whoever dies before something dies after what came before it: what is left to do after that is little.
  return each.toSorted((a, b) => Number(isAfter(a)) - Number(isAfter(b)));
}

function isAfter(at: string): boolean {
  return at.startsWith('after ');
}

/** Two or three offices that die in one move, each at a point of a course that was planned for it. */
export function drawTogether(random: Random, planned: Course[]): Course {
  const drawn = Array.from({ length: random.between(2, 3) }, () => random.pick(planned));
  const deaths = new Map(drawn.flatMap((course) => course.deaths).map((death) => [death.office, death]));
  return { givesUpOnce: drawn.some(({ givesUpOnce }) => givesUpOnce), deaths: [...deaths.values()] };
}
