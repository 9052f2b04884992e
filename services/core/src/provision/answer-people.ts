import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { CalendarDate } from '../domain/calendar-date.js';
import { answerInquiry, type Found } from '../domain/provision/answer-inquiry.js';
import { changedSince } from '../domain/provision/changed-since.js';
import type { PersonAskedFor, ProvisionAnswer, ProvisionField } from '../domain/provision/inquiry.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { changesUnder } from '../storage/changes.js';
import { findPeople, newestChanges } from '../storage/people-asked-for.js';
import type { CoreTables } from '../storage/tables.js';

/** What is told of a person, and who they are; undefined where they are nobody, or more than one. */
export interface Answered {
  code: ResidentRecordCode | undefined;
  answer: ProvisionAnswer;
}

interface Asked {
  fields: readonly ProvisionField[];
  /** Only what has changed since that day; null: what is held today. */
  since: CalendarDate | null;
}

export type AnswerPeople = (people: readonly PersonAskedFor[], asked: Asked) => Promise<Answered[]>;

/** Answers many at once, out of an office's own ledger, in their order. */
export function answerPeople(ledger: Kysely<CoreTables>): AnswerPeople {
  return async (people, { fields, since }) => {
    const find = await findPeople(ledger, people);
    // Whoever asks about one person has a turn in between.
    await setImmediate();
    const found = people.map(find);
    const answerOf = await (since === null ? asHeld(ledger, fields, found) : asChanged(ledger, fields, found, since));
    return people.map((person, i) => ({
      code: found[i]?.holding.identification.residentRecordCode,
      answer: answerOf(person, found[i]),
    }));
  };
}

type AnswerOf = (person: PersonAskedFor, found: Found | undefined) => ProvisionAnswer;

async function asHeld(
  ledger: Kysely<CoreTables>,
  fields: readonly ProvisionField[],
  found: readonly (Found | undefined)[],
): Promise<AnswerOf> {
  const known = found.filter((one) => one !== undefined);
  const newest = fields.includes('CHANGE_INFORMATION') ? await newestChanges(ledger, known) : undefined;
  return (person, one) => {
    const change = one && newest?.get(one.holding.identification.residentRecordCode);
    return answerInquiry(person, fields, one, change && [change]);
  };
}

async function asChanged(
  ledger: Kysely<CoreTables>,
  fields: readonly ProvisionField[],
  found: readonly (Found | undefined)[],
  since: CalendarDate,
): Promise<AnswerOf> {
  const changes = await changesUnder(
    ledger,
    found.flatMap((one) => one?.codes ?? []),
  );
  return (person, one) => {
    if (!one) return { outcome: 'NOT_FOUND' };
    const history = one.codes.flatMap((code) => changes.get(code) ?? []);
    return changedSince(person, fields, one, history, since);
  };
}
