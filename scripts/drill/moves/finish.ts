import type { VirtualTime } from '../virtual-time.js';
import { withoutPaper } from './draw-visit.js';
import type { Family } from './family.js';
import { cancel, getPaper, getPaperAgain, moveInOnPaper } from './paper-visits.js';
import type { Arriving, Left, Sighting } from './sightings.js';
import { begin, complete, release } from './visits.js';

/** After so many rounds at the latest nothing is under way, and nobody between two registers. */
const ROUNDS = 6;
/** From then on, what is under way is given up, and whoever waits is entered on paper. */
const PATIENT_ROUNDS = 2;
const MOST_EVENTS = 50_000;

/** Lets a round of visits come to its end, and all that follows from it. @throws Error where nothing comes to rest */
async function round(time: VirtualTime, visits: Promise<unknown>[]): Promise<void> {
  const all = Promise.all(visits);
  if (!(await time.passes(MOST_EVENTS))) throw new RangeError('does not come to rest');
  await all;
}

/** The line is good: officers go on with what is under way, or give it up. */
export async function finishArrivals(time: VirtualTime, families: Family[]): Promise<void> {
  for (let nth = 0; nth < ROUNDS; nth++) {
    const visits = families.flatMap((family) => {
      const sighting = family.look();
      return sighting.arriving.map((one) => goOn(family, one, sighting, nth < PATIENT_ROUNDS));
    });
    await round(time, visits);
    if (visits.length === 0) return;
  }
}

function goOn(family: Family, arriving: Arriving, sighting: Sighting, isPatient: boolean): Promise<unknown> {
  if (!isPatient || family.random.chance(0.3)) return release(family, arriving);
  const { town, state } = arriving;
  return state === 'CLAIMING' ? begin(family, town, arriving) : complete(family, arriving, sighting);
}

/** Everybody who is between two registers is entered somewhere: with the card, on paper, or where they were. */
export async function enterEverybody(time: VirtualTime, families: Family[]): Promise<void> {
  for (let nth = 0; nth < ROUNDS; nth++) {
    const visits = families.flatMap((family) => enter(family, nth < PATIENT_ROUNDS));
    await round(time, visits);
    if (visits.length === 0) return;
    await finishArrivals(time, families);
  }
}

function enter(family: Family, isPatient: boolean): Promise<unknown>[] {
  const { random } = family;
  const sighting = family.look();
  const { left, leaving, living } = sighting;
  // One paper a household, and one household a time: whoever is named on a paper waits for it.
  const lost = firstOfEachTown(withoutPaper(family, sighting));
  const open = leaving.filter(({ state }) => state === 'OPEN');
  return [
    ...family.inHand.map((paper) => moveInOnPaper(family, paper, family.otherTown(paper.origin))),
    ...lost.map(({ code, town }) => getPaperAgain(family, code, town)),
    ...firstOfEachTown(left.filter(({ code }) => open.some((one) => one.code === code))).map((one) => {
      const together = open.filter(({ town }) => town === one.town);
      const card = family.cards.find(({ residentRecordCode }) =>
        together.some(({ code }) => code === residentRecordCode),
      );
      if (isPatient && card && random.chance(0.5)) return begin(family, family.otherTown(one.town), card);
      return isPatient && random.chance(0.3) ? cancel(family, together, living) : getPaper(family, one);
    }),
  ];
}

function firstOfEachTown(left: Left[]): Left[] {
  return left.filter((one, i) => left.findIndex(({ town }) => town === one.town) === i);
}
