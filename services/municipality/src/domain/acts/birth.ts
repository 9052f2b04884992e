import { z } from 'zod';
import { addDays, type CalendarDate } from '#core/domain/calendar-date.js';
import { nextVersion } from '#core/domain/change-version.js';
import { sameName } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import { Address, Day, PersonName, Relationship, Sex } from '../fields.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import { newRecord, Person } from '../register/person.js';
import { childOf } from '../register/relationship.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { checkFollows, checkHasHappened } from './dates.js';

/** How a family register names somebody: it knows no resident record code. */
export const NamedPerson = z.strictObject({
  name: PersonName,
  birthDate: Day,
  sex: Sex,
  address: Address.optional().meta({ description: 'Where two people share the three' }),
});
export type NamedPerson = z.infer<typeof NamedPerson>;

/** 出生届, as far as the resident register needs it. */
export const Birth = z.strictObject({
  parent: NamedPerson.meta({ description: 'The parent whose household the child enters' }),
  child: Person,
  relationship: Relationship.optional().meta({ description: "Where it does not follow from the parent's" }),
});
export type Birth = z.infer<typeof Birth>;

/** What has to be known beside the report itself. */
export interface BirthFacts {
  parent: ResidentRecord;
  household: Household;
  freshCode: string;
  today: CalendarDate;
  newId: () => string;
}

/**
 * Enters a child in a parent's household (Order 12). Repeating a report enters nobody twice: brothers and sisters do not
 * share name and birth date.
 *
 * @throws Refusal DATE_NOT_POSSIBLE, ALREADY_REGISTERED, or what `arrange` says of the household
 */
export function decideBirth({ child, relationship }: Birth, facts: BirthFacts): Decision {
  const { parent, household, freshCode, today, newId } = facts;
  const bornOn = child.birthDate;
  checkHasHappened('birthDate', bornOn, today);
  checkFollows('birthDate', bornOn, "the day after the parent's birth", addDays(parent.birthDate, 1));
  checkFollows('birthDate', bornOn, 'the day on which the parent became a resident', parent.becameResidentOn);
  const isThem = ({ name, birthDate }: ResidentRecord) => birthDate === bornOn && sameName(name, child.name);
  if (household.members.some(isThem)) throw new Refusal('ALREADY_REGISTERED');
  const record = newRecord(child, {
    ...{ recordId: newId(), householdId: household.householdId, address: parent.address },
    relationship: relationship ?? childOf(parent.relationship),
    ...{ becameResidentOn: bornOn, notifiedOn: today, previousAddress: null, municipalItems: '' },
    ...{ residentRecordCode: freshCode, changeVersion: nextVersion(0, today) },
  });
  return {
    ...{ kind: 'BIRTH', causeOn: bornOn, deadline: null, before: household.members },
    after: arrange([...household.members, record], [], 'ALLOWED'),
  };
}
