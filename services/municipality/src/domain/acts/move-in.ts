import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { nextVersion, versionAfterUnknown } from '#core/domain/change-version.js';
import { lastDayWithin, NOTIFICATION_DAYS } from '#core/domain/deadline.js';
import { sameName } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import type { CertifiedPerson } from '../certificates/move-out-certificate.js';
import { Notifier } from '../counter/notifier.js';
import { Address, Certificates, Code, Day, MOST_PEOPLE, Relationship, Relationships, Text } from '../fields.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import { newRecord, Person } from '../register/person.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { addressForm } from '../register/search-forms.js';
import { checkFollows, checkHasHappened } from './dates.js';

/** Where people come from: another municipality, abroad after having been recorded, or no register at all. */
const ORIGINS = ['MUNICIPALITY', 'ABROAD', 'FIRST_RECORD'] as const;

const MovingPerson = z.strictObject({
  relationship: Relationship,
  residentRecordCode: Code.optional().meta({
    description: 'As a certificate has it, or the last one before going abroad; left out where it can not be found',
  }),
  person: Person.optional().meta({ description: 'Of whom no certificate tells' }),
});

/** 転入届, Article 22. */
export const MoveIn = z
  .strictObject({
    notifier: Notifier,
    movedInOn: Day,
    address: Address,
    origin: z.enum(ORIGINS),
    previousAddress: Text.optional().meta({ description: 'Of whom no certificate tells' }),
    certificates: Certificates,
    joinHouseholdOf: Code.optional().meta({ description: 'A member of the household that they join; else a new one' }),
    people: z.array(MovingPerson).min(1).max(MOST_PEOPLE),
    relationships: Relationships,
  })
  .superRefine(({ origin, people, certificates }, issues) => {
    if (origin !== 'MUNICIPALITY' && certificates.length > 0)
      issues.addIssue({ code: 'custom', path: ['certificates'], message: 'are for people from another municipality' });
    for (const [i, { person, residentRecordCode }] of people.entries()) {
      const complain = (field: string, message: string) =>
        issues.addIssue({ code: 'custom', path: ['people', i, field], message });
      if ((origin === 'MUNICIPALITY') === (person !== undefined))
        complain('person', 'is stated for those, and only those, of whom no certificate tells');
      if (origin === 'MUNICIPALITY' && residentRecordCode === undefined)
        complain('residentRecordCode', 'says who in the certificate comes');
      if (origin === 'FIRST_RECORD' && residentRecordCode !== undefined)
        complain('residentRecordCode', 'is not there before the first record');
    }
  });
export type MoveIn = z.infer<typeof MoveIn>;

/** What has to be known beside the notification itself. */
export interface MoveInFacts {
  /** By the certificates on paper, or by what an origin has told. */
  certified: CertifiedPerson[];
  /** The household that they join. */
  joined: Household | undefined;
  /** Everybody here, active or deleted, with a code or a name and birth date that the notification states. */
  known: ResidentRecord[];
  /** Codes that have become others here, and so are nobody's any more. */
  superseded: ReadonlySet<string>;
  /** One for each person who gets a code for the first time. */
  freshCodes: string[];
  today: CalendarDate;
  newId: () => string;
}

/** Who came to the counter is no matter of what is decided. */
type Entry = Omit<MoveIn, 'notifier'>;
type Moving = MoveIn['people'][number];

/**
 * Enters people who moved in from elsewhere. Whoever was recorded before keeps the code that the last municipality wrote
 * (Article 30-2, FOLLOW).
 *
 * @throws Refusal DATE_NOT_POSSIBLE, CERTIFICATE_REQUIRED, CERTIFICATE_NOT_VALID, ALREADY_REGISTERED, CODE_CONTRADICTED,
 * or what `arrange` says of the household
 */
export function decideMoveIn(moveIn: Entry, facts: MoveInFacts): Decision {
  const { movedInOn, joinHouseholdOf, relationships } = moveIn;
  const { joined, today, newId } = facts;
  checkHasHappened('movedInOn', movedInOn, today);
  if (joinHouseholdOf !== undefined && !joined) throw new Refusal('NO_SUCH_HOUSEHOLD', { field: 'joinHouseholdOf' });
  const codes = moveIn.people.flatMap(({ residentRecordCode }) => residentRecordCode ?? []);
  if (new Set(codes).size < codes.length) throw new Refusal('ALREADY_REGISTERED', { fault: 'is named twice' });
  const householdId = joined?.householdId ?? newId();
  const freshCodes = [...facts.freshCodes];
  const entered = moveIn.people.map((moving) => enter(moving, moveIn, { ...facts, householdId, freshCodes }));
  const before = joined?.members ?? [];
  return {
    kind: 'MOVE_IN',
    causeOn: movedInOn,
    deadline: lastDayWithin(NOTIFICATION_DAYS, movedInOn),
    before,
    after: arrange([...before, ...entered], relationships),
  };
}

/** How many of them get a code for the first time. */
export function freshCodesNeeded({ people }: Pick<MoveIn, 'people'>): number {
  return people.filter(({ residentRecordCode }) => residentRecordCode === undefined).length;
}

type Entering = MoveInFacts & { householdId: string };

function enter(moving: Moving, moveIn: Entry, facts: Entering): ResidentRecord {
  const { movedInOn, address } = moveIn;
  const { today, newId, householdId } = facts;
  const certified = moveIn.origin === 'MUNICIPALITY' ? certificateOf(moving, facts) : undefined;
  const person = certified?.person ?? moving.person;
  if (!person) throw new Error('the schema lets nobody through without particulars');
  checkFollows('movedInOn', movedInOn, 'the birth of one of them', person.birthDate);
  checkIsNew(moving, person, moveIn, facts);
  return newRecord(person, {
    ...{ recordId: newId(), householdId, relationship: moving.relationship, address },
    ...{ becameResidentOn: movedInOn, notifiedOn: today },
    previousAddress: certified?.previousAddress ?? moveIn.previousAddress ?? null,
    municipalItems: certified?.municipalItems ?? '',
    residentRecordCode: moving.residentRecordCode ?? freshCode(facts),
    changeVersion: certified?.version ?? versionOf(moving, facts.known, today),
  });
}

/** @throws Refusal CERTIFICATE_REQUIRED, CERTIFICATE_NOT_VALID */
function certificateOf({ residentRecordCode: code }: Moving, facts: MoveInFacts): CertifiedPerson {
  if (facts.certified.length === 0) throw new Refusal('CERTIFICATE_REQUIRED');
  const certified = facts.certified.filter((candidate) => candidate.residentRecordCode === code);
  const found = certified.sort((a, b) => b.version - a.version)[0];
  if (!found) throw notValid('names somebody whom no certificate names');
  const isNewer = (record: ResidentRecord) =>
    record.residentRecordCode === code && record.changeVersion >= found.version;
  const newer = facts.known.filter(isNewer);
  if (newer.some(({ deletedOn }) => deletedOn === null)) throw new Refusal('ALREADY_REGISTERED');
  if (newer.length > 0) throw notValid('is not of the last move-out');
  return found;
}

function notValid(fault: string): Refusal {
  return new Refusal('CERTIFICATE_NOT_VALID', { field: 'people', fault });
}

/** Nobody is entered who is on this register already, or under a code that is somebody else's (ONE). */
function checkIsNew(
  { residentRecordCode: code }: Moving,
  person: Person,
  { address }: Entry,
  facts: MoveInFacts,
): void {
  const { known, superseded } = facts;
  const isThem = (record: ResidentRecord) => sameName(record.name, person.name) && canBe(record, person);
  const active = known.filter(({ deletedOn }) => deletedOn === null);
  if (active.some((record) => record.residentRecordCode === code)) throw new Refusal('ALREADY_REGISTERED');
  if (active.some((record) => isThem(record) && addressForm(record.address) === addressForm(address)))
    throw new Refusal('ALREADY_REGISTERED');
  if (code === undefined) return;
  const earlier = known.filter(({ residentRecordCode }) => residentRecordCode === code);
  if (superseded.has(code) || !earlier.every((record) => canBe(record, person))) throw new Refusal('CODE_CONTRADICTED');
}

/** A name can have changed meanwhile. */
function canBe({ birthDate, sex }: ResidentRecord, person: Person): boolean {
  return birthDate === person.birthDate && sex === person.sex;
}

function freshCode({ freshCodes }: MoveInFacts): string {
  const code = freshCodes.shift();
  if (code === undefined) throw new Refusal('CODES_EXHAUSTED');
  return code;
}

function versionOf({ residentRecordCode: code }: Moving, known: ResidentRecord[], today: CalendarDate): number {
  if (code === undefined) return nextVersion(0, today);
  const here = known.filter((record) => record.residentRecordCode === code).map((record) => record.changeVersion);
  // Two numbers of an earlier move-out from here went with its certificate.
  return Math.max(versionAfterUnknown(today), ...here.map((version) => version + 2));
}
