import type { Family } from './family.js';
import { ABROAD, cancel, getPaper, getPaperAgain, moveInOnPaper, moveOutOnPaper } from './paper-visits.js';
import type { Arriving, Leaving, Left, Living, Sighting } from './sightings.js';
import { begin, complete, findCard, getCard, handCardOver, loseCard, moveOutWithCard, release } from './visits.js';

type Visit = () => Promise<unknown>;
type Choice = readonly [weight: number, visit: Visit];

/** What a family does next, mostly what leads on and now and then what does not, by itself or two things at once. */
export function drawVisit(family: Family, twice: number): Visit {
  const sighting = family.look();
  const choices = [
    ...ofLiving(family, sighting),
    ...ofLeaving(family, sighting),
    ...ofArriving(family, sighting),
    ...onPaper(family, sighting),
    ...astray(family, sighting),
  ];
  if (choices.length === 0) return () => Promise.resolve();
  const visit = family.random.weighted(choices);
  if (!family.random.chance(twice)) return visit;
  const other = family.random.weighted(choices);
  return () => atOnce(family, visit, other);
}

function ofLiving(family: Family, { living }: Sighting): Choice[] {
  const households = Map.groupBy(living, ({ town, householdId }) => `${town} ${householdId}`);
  const isOneOf = ({ code }: Living) => family.cards.some((card) => card.residentRecordCode === code);
  return [
    ...[...households.values()].flatMap((together): Choice[] => [
      [8, () => moveOutWithCard(family, together)],
      [1, () => moveOutOnPaper(family, together, family.random.chance(0.1))],
    ]),
    ...living.map((one): Choice => [isOneOf(one) ? 1 : 2, () => getCard(family, one)]),
    ...living.filter(isOneOf).flatMap((one): Choice[] => [
      [1, () => handCardOver(family, one.town, cardOf(family, one))],
      [1, () => (family.random.chance(0.3) ? loseCard(family, one) : findCard(family, one))],
    ]),
  ];
}

function ofLeaving(family: Family, { leaving, living }: Sighting): Choice[] {
  const { random } = family;
  const open = leaving.filter(({ state }) => state === 'OPEN');
  const holders = open.filter(({ code }) => hasCard(family, code));
  const frozen = leaving.filter(({ state }) => state === 'CLAIMED');
  const together = [...Map.groupBy([...open, ...frozen], ({ town }) => town).values()];
  const destinationOf = (one: Leaving) => (random.chance(0.8) ? one.destination : family.otherTown(one.town));
  return [
    ...holders.flatMap((one): Choice[] => {
      const beginNow = () => begin(family, destinationOf(one), cardOf(family, one));
      return [
        [9, beginNow],
        [1, () => inTwoTowns(family, one)],
        [1, () => atOnce(family, beginNow, () => getPaper(family, one))],
        [1, () => atOnce(family, beginNow, () => cancel(family, [one], living))],
        [1, () => atOnce(family, beginNow, () => releaseAll(family))],
      ];
    }),
    ...together.flatMap((all): Choice[] => [
      [1, () => cancel(family, random.chance(0.6) ? all : [random.pick(all)], living)],
      [holders.length > 0 ? 1 : 6, () => getPaper(family, random.pick(all))],
    ]),
  ];
}

/** The card shows up at two counters: one of them was called, or copied what it saw. */
function inTwoTowns(family: Family, one: Leaving): Promise<unknown> {
  const card = cardOf(family, one);
  const towns = family.country.towns.filter((town) => town !== one.town);
  return Promise.all(towns.map((town) => begin(family, town, card)));
}

function ofArriving(family: Family, sighting: Sighting): Choice[] {
  return sighting.arriving.flatMap((arriving): Choice[] => {
    const { town, state, cardNumber } = arriving;
    const beginAgain = () => begin(family, town, family.random.chance(0.9) ? arriving : { cardNumber });
    const [giveUp, enter] = [() => release(family, arriving), () => complete(family, arriving, sighting)];
    if (state === 'CLAIMING')
      return [
        [8, beginAgain],
        [3, giveUp],
        [3, () => atOnce(family, beginAgain, giveUp)],
      ];
    return [
      [10, enter],
      [2, giveUp],
      [1, () => atOnce(family, enter, giveUp)],
      [1, () => atOnce(family, giveUp, enter)],
      [1, () => atOnce(family, enter, enter)],
      [1, beginAgain],
    ];
  });
}

/** Whatever has begun by now. */
function releaseAll(family: Family): Promise<unknown> {
  return Promise.all(family.look().arriving.map((one) => release(family, one)));
}

/** Two at two counters, or at one: in one moment, or one while the other waits for an answer. */
function atOnce(family: Family, first: Visit, second: Visit): Promise<unknown> {
  const { random, country } = family;
  const { promise, resolve } = Promise.withResolvers<void>();
  country.time.later(resolve, random.pick([0, random.integer(400), random.integer(5_000)]));
  return Promise.all([first(), promise.then(second)]);
}

function onPaper(family: Family, { left, leaving, living }: Sighting): Choice[] {
  return [
    ...family.inHand.flatMap((paper): Choice[] => {
      const people = paper.codes.map((code) => ({ code, town: paper.origin }));
      return [
        [6, () => moveInOnPaper(family, paper, family.otherTown(paper.origin))],
        [2, () => cancel(family, people, living)],
      ];
    }),
    ...withoutPaper(family, { left, leaving }).map(
      (one): Choice => [4, () => getPaperAgain(family, one.code, one.town)],
    ),
  ];
}

/** Whose paper was made, and never came to their hands. */
export function withoutPaper({ papers }: Family, { left, leaving }: Pick<Sighting, 'left' | 'leaving'>): Left[] {
  const isInHand = (code: string) => papers.some(({ codes }) => codes.includes(code));
  const waits = (code: string) =>
    leaving.some((one) => one.code === code && (one.state === 'OPEN' || one.state === 'CLAIMED'));
  return left.filter(({ code, destination }) => destination !== ABROAD && !isInHand(code) && !waits(code));
}

/** What leads nowhere, or ought not to. */
function astray(family: Family, { arriving, leaving }: Sighting): Choice[] {
  const { random, country, cards } = family;
  return [
    [1, () => begin(family, random.pick(country.towns), random.pick(cards))],
    [
      1,
      () =>
        country
          .office(random.pick(country.towns))
          .during(({ lapse }) => lapse())
          .catch(() => {}),
    ],
    ...arriving.map((one: Arriving): Choice => [1, () => release(family, one)]),
    ...leaving.map((one): Choice => [1, () => getPaper(family, one)]),
  ];
}

function hasCard(family: Family, code: string): boolean {
  return family.cards.some((card) => card.residentRecordCode === code);
}

function cardOf(family: Family, { code }: { code: string }) {
  const card = family.cards.find((one) => one.residentRecordCode === code);
  if (!card) throw new RangeError('has no card');
  return card;
}
