import type { OfficeId } from '#core/domain/office.js';
import { acceptChangeOfAddress } from '#municipality/use-cases/accept-change-of-address.js';
import { acceptCodeChangeRequest } from '#municipality/use-cases/accept-code-change-request.js';
import { acceptBirthReport, acceptDeathReport } from '#municipality/use-cases/accept-family-register-report.js';
import { acceptHouseholdChange } from '#municipality/use-cases/accept-household-change.js';
import { approveDraft } from '#municipality/use-cases/close-draft.js';
import { draftExOfficioAct } from '#municipality/use-cases/draft-ex-officio-act.js';
import { SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import {
  type Dice,
  follow,
  headedBy,
  headedByOneOf,
  noteFresh,
  pick,
  restated,
  type Step,
  TOMORROW,
  withPassport,
} from './dice.js';
import { faultOfHousehold, type Model, type Person, settle } from './model.js';
import type { World } from './world.js';

async function moveWithinTown(model: Model, world: World, [whose, everybody, heir, flaw = 0]: Dice): Promise<void> {
  const person = pick(model.registered, whose);
  if (!person?.residence) return;
  const { town, household, address } = person.residence;
  const members = model.membersOf(household);
  const movers = everybody === 0 ? [person] : members;
  const staying = members.filter((member) => !movers.includes(member));
  const goTogether = staying.length === 0;
  const stated = flaw === 1 ? [] : [staying, movers].flatMap((people) => headedByOneOf(people, heir));
  const there = flaw === 2 ? address : `${model.newHousehold()}の家`;
  const expected =
    { 2: 'NOTHING_CHANGES', 3: 'DATE_NOT_POSSIBLE' }[flaw] ??
    faultOfHousehold(restated(staying, stated)) ??
    faultOfHousehold(restated(movers, stated));
  const done = await world.attempt(town, expected, (counter, exchange) =>
    acceptChangeOfAddress(
      counter,
      {
        ...{ notifier: withPassport(person.name), movedOn: flaw === 3 ? TOMORROW : world.today, address: there },
        ...{ movers: movers.map(({ code }) => code), relationships: stated },
      },
      exchange,
    ),
  );
  if (!done) return;
  const newHousehold = goTogether ? household : model.newHousehold();
  for (const one of movers)
    if (one.residence) one.residence = { ...one.residence, household: newHousehold, address: there };
  follow(members, stated);
  settle(model, household);
  settle(model, newHousehold);
}

async function changeHousehold(model: Model, world: World, [whose, heir, flaw = 0]: Dice): Promise<void> {
  const person = pick(model.registered, whose);
  if (!person?.residence) return;
  const { town, household } = person.residence;
  const members = model.membersOf(household);
  const stated = headedBy(pick(members, heir) ?? person, members);
  if (flaw === 1) for (const one of stated) one.relationship = '世帯主';
  const changed = stated.some(
    ({ residentRecordCode, relationship }) =>
      members.find(({ code }) => code === residentRecordCode)?.residence?.relationship !== relationship,
  );
  const alone = members.length === 1;
  const inOrder = faultOfHousehold(stated.map(({ relationship }) => ({ relationship, address: '' })));
  const expected =
    flaw === 2 ? 'NOTIFIER_NOT_ENTITLED' : (inOrder ?? (alone || !changed ? 'NOTHING_CHANGES' : undefined));
  const done = await world.attempt(town, expected, (counter, exchange) =>
    acceptHouseholdChange(
      counter,
      {
        notifier: withPassport(flaw === 2 ? '通りすがりの人' : person.name),
        ...{ changedOn: world.today, householdOf: person.code, leaving: [], relationships: stated },
      },
      exchange,
    ),
  );
  if (done) follow(members, stated);
}

async function birth(model: Model, world: World, [whose, flaw = 0]: Dice): Promise<void> {
  const grown = model.people.filter(({ birthDate }) => birthDate < world.today);
  const parent = pick(
    flaw === 1 ? grown.filter(({ gone }) => gone) : grown.filter(({ residence }) => residence),
    whose,
  );
  if (!parent) return;
  const name = model.newName();
  const expected = { 1: 'RECORD_DELETED', 2: 'DATE_NOT_POSSIBLE' }[flaw];
  const office = parent.residence?.town ?? parent.goneFrom ?? '';
  const birthDate = flaw === 2 ? TOMORROW : world.today;
  const done = await world.attempt(office, expected, (counter, exchange) =>
    acceptBirthReport(
      counter,
      {
        birth: {
          parent: { name: parent.name, birthDate: parent.birthDate, sex: parent.sex },
          child: {
            name,
            nameReading: 'ジュウミン',
            birthDate,
            sex: 'FEMALE',
            nationality: '中国',
            residenceStatus: '永住者',
          },
          relationship: '同居人',
        },
      },
      exchange,
    ),
  );
  if (!done || !parent.residence) return;
  const code = await world.codeOf(office, name);
  noteFresh(model, code);
  model.people.push({
    ...{ name, birthDate, code, sex: 'FEMALE', formerCodes: [], left: [], gone: false, paper: undefined },
    residence: { ...parent.residence, relationship: '同居人' },
  });
}

async function death(model: Model, world: World, [whose, flaw = 0]: Dice): Promise<void> {
  const person = pick(flaw === 1 ? model.people.filter(({ gone }) => gone) : model.registered, whose);
  if (!person) return;
  const office = person.residence?.town ?? person.goneFrom ?? '';
  const expected = { 1: 'RECORD_DELETED', 2: 'DATE_NOT_POSSIBLE' }[flaw];
  const { name, birthDate, sex } = person;
  const done = await world.attempt(office, expected, (counter, exchange) =>
    acceptDeathReport(
      counter,
      { death: { deceased: { name, birthDate, sex }, diedOn: flaw === 2 ? TOMORROW : world.today } },
      exchange,
    ),
  );
  if (!done || !person.residence) return;
  const { household } = person.residence;
  person.gone = true;
  person.goneFrom = office;
  person.residence = undefined;
  settle(model, household);
}

async function changeCode(model: Model, world: World, [whose, flaw = 0]: Dice): Promise<void> {
  const person = pick(
    flaw === 1 ? model.registered.filter((one) => one.formerCodes.length > 0) : model.registered,
    whose,
  );
  if (!person?.residence) return;
  const { town } = person.residence;
  const former = person.formerCodes.at(-1);
  const stated = flaw === 1 ? (former?.code ?? '') : person.code;
  const stale = former?.town === town ? 'CODE_CONTRADICTED' : unknownOrDeleted(person, stated, town);
  const expected = { 1: stale, 2: 'NOTIFIER_NOT_ENTITLED' }[flaw];
  const done = await world.attempt(town, expected, (counter, exchange) =>
    acceptCodeChangeRequest(
      counter,
      { notifier: withPassport(flaw === 2 ? '通りすがりの人' : person.name), residentRecordCode: stated },
      exchange,
    ),
  );
  if (!done) return;
  person.formerCodes.push({ code: person.code, town });
  person.code = await world.codeOf(town, person.name);
  noteFresh(model, person.code);
}

/** What a code is under that another town has changed: this one has at most the record that was deleted here. */
function unknownOrDeleted({ left }: Person, code: string, town: OfficeId): 'RECORD_DELETED' | 'NOT_FOUND' {
  return left.some((one) => one.code === code && one.town === town) ? 'RECORD_DELETED' : 'NOT_FOUND';
}

async function deleteExOfficio(model: Model, world: World, [whose, flaw = 0]: Dice): Promise<void> {
  const person = pick(model.registered, whose);
  if (!person?.residence) return;
  const { town, household } = person.residence;
  const staying = model.membersOf(household).filter((member) => member !== person);
  const [follower] = staying;
  const relationships = follower ? headedBy(follower, staying) : [];
  const deletion = { people: [person.code], on: world.today, noLongerCovered: false, relationships };
  const { draftId } = await draftExOfficioAct(
    world.country.counter(town),
    { act: { deletion }, grounds: '実態調査による' },
    world.country.exchange(town),
  );
  const expected = flaw === 1 ? 'SECOND_PERSON_NEEDED' : undefined;
  const done = await world.attempt(town, expected, (counter, exchange) =>
    approveDraft(counter, draftId, { ...exchange, ...(flaw !== 1 && { operator: SECOND_OPERATOR }) }),
  );
  if (!done) return;
  person.residence = undefined;
  person.gone = true;
  person.goneFrom = town;
  follow(staying, relationships);
  settle(model, household);
}

export const stayingSteps: Record<string, Step> = {
  ...{ moveWithinTown, changeHousehold, birth, death, changeCode, deleteExOfficio },
};
