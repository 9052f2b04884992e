import type { Receipt } from '#municipality/domain/register/receipt.js';
import { acceptMoveIn } from '#municipality/use-cases/accept-move-in.js';
import { acceptMoveOut } from '#municipality/use-cases/accept-move-out.js';
import { cancelMoveOut } from '#municipality/use-cases/cancel-move-out.js';
import { TOWNS } from '../support/country.js';
import {
  type Dice,
  follow,
  headedBy,
  NOBODY,
  noteFresh,
  pick,
  restated,
  type Step,
  TOMORROW,
  withPassport,
} from './dice.js';
import { faultOfHousehold, type Model, type Person, settle } from './model.js';
import type { World } from './world.js';

async function firstMoveIn(model: Model, world: World, [where, howMany = 0, flaw = 0]: Dice): Promise<void> {
  const town = pick(TOWNS, where) ?? '';
  const household = model.newHousehold();
  const address = `${household}の家`;
  const relationships = ['世帯主', flaw === 1 ? '世帯主' : '妻', '子'].slice(0, 1 + (howMany % 3));
  if (flaw === 2) relationships[0] = '同居人';
  const arriving = relationships.map((relationship): Person => {
    const [sex, birthDate] =
      relationship === '妻' ? ['FEMALE' as const, '1985-02-28'] : ['MALE' as const, '1984-02-29'];
    const residence = { town, household, address, relationship };
    return {
      ...{ name: model.newName(), sex, birthDate, code: '', formerCodes: [], left: [], gone: false },
      residence,
      paper: undefined,
    };
  });
  const expected =
    { 3: 'DATE_NOT_POSSIBLE', 4: 'NOTIFIER_NOT_ENTITLED', 5: 'NO_SUCH_HOUSEHOLD' }[flaw] ??
    faultOfHousehold(arriving.flatMap(({ residence }) => residence ?? []));
  const done = await world.attempt(town, expected, (counter, exchange) =>
    acceptMoveIn(
      counter,
      {
        notifier: withPassport(flaw === 4 ? '通りすがりの人' : (arriving[0]?.name ?? '')),
        ...{ movedInOn: flaw === 3 ? TOMORROW : world.today, address, origin: 'FIRST_RECORD', certificates: [] },
        ...(flaw === 5 && { joinHouseholdOf: NOBODY }),
        people: arriving.map(({ name, sex, birthDate, residence }) => ({
          relationship: residence?.relationship ?? '',
          person: { name, nameReading: 'ジュウミン', birthDate, sex, nationality: '中国', residenceStatus: '永住者' },
        })),
        relationships: [],
      },
      exchange,
    ),
  );
  if (!done) return;
  for (const person of arriving) {
    person.code = await world.codeOf(town, person.name);
    noteFresh(model, person.code);
    model.people.push(person);
  }
  settle(model, household);
}

async function moveOut(model: Model, world: World, [whose, everybody, heir, flaw = 0]: Dice): Promise<void> {
  const person = pick(model.registered, whose);
  if (!person?.residence) return;
  const { town, household } = person.residence;
  const members = model.membersOf(household);
  const movers = everybody === 0 ? [person] : members;
  const staying = members.filter((member) => !movers.includes(member));
  const follower = pick(staying, heir);
  const stated = follower && flaw !== 1 ? headedBy(follower, staying) : [];
  const expected = flaw === 2 ? 'DATE_NOT_POSSIBLE' : faultOfHousehold(restated(staying, stated));
  const done = await world.attempt(town, expected, (counter, exchange) =>
    acceptMoveOut(
      counter,
      {
        ...{ notifier: withPassport(person.name), plannedOn: flaw === 2 ? '1900-01-01' : world.today },
        ...{ destinationMunicipality: '141003', destination: '神奈川県横浜市', relationships: stated },
        movers: movers.map(({ code }) => code),
      },
      exchange,
    ),
  );
  if (!done) return;
  leave(movers, done);
  follow(staying, stated);
  settle(model, household);
}

/** Movers have left, with the paper that names them. */
function leave(movers: Person[], { certificates }: Receipt): void {
  for (const mover of movers) {
    const payload = certificates.find(({ paper }) => paper.includes(mover.code))?.payload;
    if (!mover.residence || payload === undefined) throw new Error('nobody certifies who has moved out');
    mover.paper = { payload, left: mover.residence };
    mover.left.push({ code: mover.code, town: mover.residence.town });
    mover.residence = undefined;
  }
}

async function moveInWithPaper(model: Model, world: World, [who, where, head, flaw = 0]: Dice): Promise<void> {
  const traveller = pick(
    model.people.filter(({ paper }) => paper),
    who,
  );
  if (!traveller?.paper) return;
  const { payload, left } = traveller.paper;
  const others = TOWNS.filter((town) => town !== left.town);
  const town = flaw === 1 ? left.town : (pick(others, where) ?? '');
  const arriving = model.companions(traveller);
  const stated = headedBy(pick(arriving, head) ?? traveller, arriving);
  const stranger = { residentRecordCode: NOBODY, relationship: '同居人' };
  const middle = Math.floor(payload.length / 2);
  const altered = `${payload.slice(0, middle)}${payload[middle] === 'A' ? 'B' : 'A'}${payload.slice(middle + 1)}`;
  const certificates = { 2: [altered], 3: [] }[flaw] ?? [payload];
  const household = model.newHousehold();
  const expected = {
    1: 'CERTIFICATE_NOT_VALID',
    2: 'CERTIFICATE_NOT_VALID',
    3: 'CERTIFICATE_REQUIRED',
    4: 'CERTIFICATE_NOT_VALID',
  }[flaw];
  const again = () =>
    world.attempt(town, expected, (counter, exchange) =>
      acceptMoveIn(
        counter,
        {
          ...{ notifier: withPassport(traveller.name), movedInOn: world.today, address: `${household}の家` },
          ...{ origin: 'MUNICIPALITY', certificates, relationships: [] },
          people: flaw === 4 ? [...stated, stranger] : stated,
        },
        exchange,
      ),
    );
  if (!(await again())) return;
  for (const person of arriving) {
    const relationship =
      stated.find(({ residentRecordCode }) => residentRecordCode === person.code)?.relationship ?? '';
    person.residence = { town, household, address: `${household}の家`, relationship };
    person.paper = undefined;
  }
}

async function takeMoveOutBack(model: Model, world: World, [who, flaw = 0]: Dice): Promise<void> {
  const traveller = pick(
    model.people.filter(({ paper }) => paper),
    who,
  );
  if (!traveller?.paper) return;
  const { payload, left } = traveller.paper;
  const returning = model.companions(traveller);
  const present = model.membersOf(left.household);
  const isHeaded = present.some(({ residence }) => residence?.relationship === '世帯主');
  const stated = isHeaded ? returning.map(({ code }) => ({ residentRecordCode: code, relationship: '同居人' })) : [];
  const after = [
    ...present.flatMap(({ residence }) => residence ?? []),
    ...returning.flatMap(({ paper }) => ({ ...(paper?.left ?? left), ...(isHeaded && { relationship: '同居人' }) })),
  ];
  const expected = flaw === 1 ? 'CERTIFICATE_REQUIRED' : faultOfHousehold(after);
  const done = await world.attempt(left.town, expected, (counter, exchange) =>
    cancelMoveOut(
      counter,
      {
        ...{ notifier: withPassport(traveller.name), certificates: flaw === 1 ? [] : [payload], relationships: stated },
        people: returning.map(({ code }) => code),
      },
      exchange,
    ),
  );
  if (!done) return;
  for (const person of returning) {
    person.residence = person.paper && { ...person.paper.left, ...(isHeaded && { relationship: '同居人' }) };
    person.paper = undefined;
  }
  settle(model, left.household);
}

export const movingSteps: Record<string, Step> = { firstMoveIn, moveOut, moveInWithPaper, takeMoveOutBack };
