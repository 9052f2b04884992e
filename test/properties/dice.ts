import type { MoveIn } from '#municipality/domain/acts/move-in.js';
import type { Model, Person } from './model.js';
import type { World } from './world.js';

/** Numbers that decide everything that is left open. */
export type Dice = number[];

export const NOBODY = '24727059608';
export const TOMORROW = '2999-01-01';

export type Step = (model: Model, world: World, dice: Dice) => Promise<void>;

export function pick<T>(from: readonly T[], die: number | undefined): T | undefined {
  return from.length === 0 ? undefined : from[(die ?? 0) % from.length];
}

export function withPassport(name: string, letterOfAttorney = false): MoveIn['notifier'] {
  return { photoId: { kind: 'PASSPORT', expiresOn: '2099-01-01', name }, letterOfAttorney };
}

/** One named as the householder, the rest as lodgers: what stands in every household in which somebody follows. */
export function headedBy(head: Person, members: Person[]) {
  return members.map((person) => ({
    residentRecordCode: person.code,
    relationship: person === head ? '世帯主' : '同居人',
  }));
}

export function follow(people: Person[], stated: { residentRecordCode: string; relationship: string }[]): void {
  for (const { code, residence } of people) {
    const anew = stated.find(({ residentRecordCode }) => residentRecordCode === code);
    if (residence && anew) residence.relationship = anew.relationship;
  }
}

export function noteFresh(model: Model, code: string): void {
  if (model.codesEver.has(code)) throw new Error('a code was given twice');
  model.codesEver.add(code);
}

/** How a household would stand once relationships are as stated. */
export function restated(people: Person[], stated: { residentRecordCode: string; relationship: string }[]) {
  return people.map(({ code, residence }) => ({
    address: residence?.address ?? '',
    relationship:
      stated.find(({ residentRecordCode }) => residentRecordCode === code)?.relationship ??
      residence?.relationship ??
      '',
  }));
}

/** Whoever the die says heads them, if there is anybody. */
export function headedByOneOf(people: Person[], die: number | undefined) {
  const head = pick(people, die);
  return head ? headedBy(head, people) : [];
}
