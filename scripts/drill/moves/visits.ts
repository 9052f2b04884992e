import { addDays } from '#core/domain/calendar-date.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { acceptSpecialMoveOut } from '#municipality/use-cases/accept-special-move-out.js';
import { beginSpecialMoveIn } from '#municipality/use-cases/begin-special-move-in.js';
import { completeSpecialMoveIn } from '#municipality/use-cases/complete-special-move-in.js';
import { continueCard } from '#municipality/use-cases/continue-card.js';
import { issueCard } from '#municipality/use-cases/issue-card.js';
import { reportCardFound, reportCardLoss } from '#municipality/use-cases/lose-and-find-card.js';
import { releaseSpecialMoveIn } from '#municipality/use-cases/release-special-move-in.js';
import { type CardInHand, type Family, related } from './family.js';
import type { Told } from './officer.js';
import { PIN } from './residents.js';
import type { Arriving, Living, Sighting } from './sightings.js';

/** What people with a card do at counters. */

export function moveOutWithCard(family: Family, together: Living[]): Promise<Told<unknown>> {
  const [{ town, since } = { town: '', since: '' }] = together;
  const destination = family.otherTown(town);
  const planned = addDays(family.today(town), family.random.pick([-1, 0, 0, 0, 1, 3]));
  const { movers, relationships } = family.someOf(together);
  const moveOut = {
    ...{ notifier: family.notifier(movers[0]), channel: 'COUNTER' as const, movers, relationships },
    ...{ plannedOn: [planned, since].toSorted()[1] ?? planned, destinationMunicipality: codeOf(destination) },
    destination: family.addressIn(destination),
  };
  return family.ask(town, acceptSpecialMoveOut, moveOut);
}

/** The first move-in notification; the day of one that has been begun stays. */
export function begin(
  family: Family,
  town: OfficeId,
  { cardNumber, movedInOn = family.lately(town) }: Pick<CardInHand, 'cardNumber'> & { movedInOn?: string },
) {
  const moveIn = { card: { cardNumber, pin: PIN }, movedInOn };
  return family.ask(town, beginSpecialMoveIn, moveIn);
}

/** All of those who are certified, or only some, who found a household or join one of their family. */
export async function complete(
  family: Family,
  { town, arrivalId, holder, codes }: Arriving,
  sighting: Sighting,
): Promise<Told<unknown>> {
  const { random } = family;
  const others = codes.filter((code) => code !== holder);
  const all = random.chance(0.7);
  const coming = [holder, ...(all ? others : random.shuffled(others).slice(0, random.integer(others.length + 1)))];
  const host = sighting.living.find((one) => one.town === town);
  const joins = host !== undefined && random.chance(0.6);
  const people = joins
    ? coming.map((residentRecordCode) => ({ residentRecordCode, relationship: '同居人' }))
    : related(coming);
  const moveIn = {
    ...{ arrivalId, relationships: [], address: joins ? host.address : family.addressIn(town) },
    // As they were in the household that they left.
    people: all && random.chance(0.4) ? [] : people,
    ...(joins && { joinHouseholdOf: host.code }),
  };
  const told = await family.ask(town, completeSpecialMoveIn, moveIn);
  if (told !== 'NOTHING' && 'done' in told) family.entered(coming, town);
  return told;
}

export function release(family: Family, { town, arrivalId }: Pick<Arriving, 'town' | 'arrivalId'>) {
  return family.ask(town, releaseSpecialMoveIn, arrivalId);
}

export function handCardOver(family: Family, town: OfficeId, { cardNumber }: CardInHand) {
  return family.ask(town, continueCard, { cardNumber, pin: PIN });
}

/** An individual number card, in the place of one that was left behind. */
export async function getCard(family: Family, { town, code }: Living): Promise<void> {
  const issue = {
    ...{ notifier: family.notifier(code), residentRecordCode: code, pin: PIN, reissue: false },
    kind: 'INDIVIDUAL_NUMBER_CARD' as const,
  };
  const told = await family.ask(town, issueCard, issue);
  if (told !== 'NOTHING' && 'done' in told) family.cards.unshift(told.done);
}

export function loseCard(family: Family, { town, code }: Living) {
  const loss = { notifier: family.notifier(code), residentRecordCode: code };
  return family.ask(town, reportCardLoss, loss);
}

export function findCard(family: Family, { town, code }: Living) {
  const { cardNumber = '' } = family.cards.find((card) => card.residentRecordCode === code) ?? {};
  const find = { notifier: family.notifier(code), cardNumber };
  return family.ask(town, reportCardFound, find);
}
