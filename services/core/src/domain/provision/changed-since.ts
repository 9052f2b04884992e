import type { CalendarDate } from '../calendar-date.js';
import type { KeptChange } from '../change-history.js';
import { answerInquiry, type Found } from './answer-inquiry.js';
import type { PersonAskedFor, ProvisionAnswer, ProvisionField } from './inquiry.js';

/**
 * What has changed of a person since a day, as the ledger came to know of it: which changes, and the fields that are not
 * what they were. Where nothing has, that is the whole answer, whatever is held of them.
 *
 * @param history under all codes that the person had
 */
export function changedSince(
  person: PersonAskedFor,
  fields: readonly ProvisionField[],
  found: Found,
  history: readonly KeptChange[],
  since: CalendarDate,
): ProvisionAnswer {
  const sorted = history.toSorted((a, b) => a.version - b.version);
  const later = sorted.filter(({ recordedOn }) => recordedOn >= since);
  const isSame = later.length === 0 && 'residentRecordCode' in person && found.codes.length === 1;
  if (isSame && !found.isQuarantined)
    return { outcome: 'AS_STATED', deleted: found.holding.standing === 'DELETED', provided: {} };
  const before = sorted.findLast(({ recordedOn }) => recordedOn < since)?.identification;
  const stated = 'fourItems' in person ? person : { ...person, known: { ...before, ...person.known } };
  const told = fields.includes('CHANGE_INFORMATION') ? later.map(({ reason, causeOn }) => ({ reason, causeOn })) : [];
  return answerInquiry(stated, fields, found, told);
}
