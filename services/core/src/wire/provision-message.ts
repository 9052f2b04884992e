import { CHANGE_REASONS, type ChangeReason } from '../domain/change-information.js';
import { type Citable, lastDayOf } from '../domain/provision/check-citation.js';
import type { Provided as ProvidedFields, ProvisionAnswer, ToldChange } from '../domain/provision/inquiry.js';
import { isResidentRecordCode } from '../domain/resident-record-code.js';
import { calendarDateMessage, calendarDateOfMessage } from './calendar-date-message.js';
import type { Answer, Answer__Output } from './generated/juki/provision/v1/Answer.js';
import type { ChangeInformation, ChangeInformation__Output } from './generated/juki/provision/v1/ChangeInformation.js';
import type { Provided, Provided__Output } from './generated/juki/provision/v1/Provided.js';
import type { StatutoryPurpose } from './generated/juki/provision/v1/StatutoryPurpose.js';
import { messageOf } from './plain.js';
import { sexMessage, sexOfMessage } from './sex-message.js';

/** The wire form of what is told of a person. Written out, since batches have many of them. */
export function answerMessage(answer: ProvisionAnswer): Answer {
  const outcome = `OUTCOME_${answer.outcome}` as const;
  if (!('provided' in answer)) return { outcome };
  const { deleted, provided } = answer;
  const { name, birthDate, sex, address, residentRecordCode, changes } = provided;
  const message: Provided = {
    ...(name !== undefined && { name }),
    ...(birthDate !== undefined && { birthDate: calendarDateMessage(birthDate) }),
    ...(sex !== undefined && { sex: sexMessage(sex) }),
    ...(address !== undefined && { address }),
    ...(residentRecordCode !== undefined && { residentRecordCode }),
    ...(changes && { changes: changes.map(changeMessage) }),
  };
  return { outcome, deleted, ...(answer.outcome === 'PROVIDED' && { provided: message }) };
}

function changeMessage({ reason, causeOn }: ToldChange): ChangeInformation {
  return { reason: `CHANGE_REASON_${reason}`, causeOn: calendarDateMessage(causeOn) };
}

/** The reverse. @throws RangeError where it is no answer */
export function answerOfMessage(message: Answer__Output | null): ProvisionAnswer {
  const { outcome, deleted, provided } = message ?? { outcome: 'OUTCOME_UNSPECIFIED', deleted: false, provided: null };
  if (outcome === 'OUTCOME_NOT_FOUND') return { outcome: 'NOT_FOUND' };
  if (outcome === 'OUTCOME_IN_QUARANTINE') return { outcome: 'IN_QUARANTINE' };
  if (outcome === 'OUTCOME_AS_STATED') return { outcome: 'AS_STATED', deleted, provided: {} };
  if (outcome !== 'OUTCOME_PROVIDED' || !provided) throw new RangeError('what came is no answer');
  return { outcome: 'PROVIDED', deleted, provided: providedOf(provided) };
}

function providedOf(message: Provided__Output): ProvidedFields {
  const { name, address, residentRecordCode } = message;
  const [birthDate, sex] = [calendarDateOfMessage(message.birthDate), sexOfMessage(message.sex)];
  if (residentRecordCode !== '' && !isResidentRecordCode(residentRecordCode))
    throw new RangeError('what came is no code');
  return {
    ...(name !== '' && { name }),
    ...(birthDate !== undefined && { birthDate }),
    ...(sex !== undefined && { sex }),
    ...(address !== '' && { address }),
    ...(residentRecordCode !== '' && { residentRecordCode }),
    ...(message.changes.length > 0 && { changes: message.changes.map(changeOf) }),
  };
}

function changeOf({ reason, causeOn }: ChangeInformation__Output): ToldChange {
  const [told, day] = [reason.replace('CHANGE_REASON_', ''), calendarDateOfMessage(causeOn)];
  if (!Object.hasOwn(CHANGE_REASONS, told) || day === undefined) throw new RangeError('what came is no change');
  return { reason: told as ChangeReason, causeOn: day };
}

/** The wire form of a purpose that somebody may cite. */
export function purposeMessage(citable: Citable): StatutoryPurpose {
  const { id, table, law } = citable.purpose;
  return messageOf<StatutoryPurpose>('juki.provision.v1.StatutoryPurpose', {
    ...{ id, table, law, fields: citable.fields, until: lastDayOf(citable) },
  });
}
