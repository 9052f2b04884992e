import { z } from 'zod';
import { isCalendarDate } from '../domain/calendar-date.js';
import { CHANGE_REASONS, type ChangeReason } from '../domain/change-information.js';
import type { Change } from '../domain/fold-changes.js';
import { HIGHEST_INTEGER } from '../domain/highest-integer.js';
import { isLocalGovernmentCode } from '../domain/local-government-code.js';
import { isResidentRecordCode } from '../domain/resident-record-code.js';
import { readBySchema } from '../domain/schema-fault.js';
import type { Change__Output, Change as ChangeMessage } from './generated/juki/propagation/v1/Change.js';
import { messageOf, plainOf } from './plain.js';

const TYPE = 'juki.propagation.v1.Change';

const Line = z.string().regex(/^[^\p{Cc}\p{Zl}\p{Zp}]{1,300}$/u, 'is not a line of text');
const Day = z.string().refine(isCalendarDate, 'is not a day of the calendar');
const Code = z.string().refine(isResidentRecordCode, 'is not a resident record code');
const Reason = z.enum(Object.keys(CHANGE_REASONS) as [ChangeReason, ...ChangeReason[]]);

/** A change in the plain shape of its message. */
const PlainChange = z
  .strictObject({
    changeId: z.uuid('is not a UUID'),
    municipality: z.string().refine(isLocalGovernmentCode, 'is not a local government code'),
    reason: Reason,
    causeOn: Day,
    version: z.coerce.number().int().positive().max(HIGHEST_INTEGER),
    identificationInformation: z.strictObject({
      ...{ name: Line, birthDate: Day, sex: z.enum(['MALE', 'FEMALE']), address: Line, residentRecordCode: Code },
    }),
    previousCode: Code.optional(),
  })
  .refine(statesOldCode, 'states an old code for a correction of the code, and only for that');

/** A correction of the code carries the old code, or ex officio that there was none (Regulation 11). */
function statesOldCode({ reason, previousCode, identificationInformation }: StatedCodes): boolean {
  if (CHANGE_REASONS[reason] !== 'CODE_CORRECTION') return previousCode === undefined;
  if (previousCode === undefined) return reason === 'EX_OFFICIO_CODE';
  return previousCode !== identificationInformation.residentRecordCode;
}

interface StatedCodes {
  reason: ChangeReason;
  previousCode?: string | undefined;
  identificationInformation: { residentRecordCode: string };
}

/** Changes as they are delivered; their number is bounded. */
export function changesSchema(most: number, least = 1) {
  return z.strictObject({ changes: z.array(PlainChange).min(least).max(most) });
}

export function changeMessage({ identification, version, kind: _ofTheReason, ...change }: Change): ChangeMessage {
  const { changeId, municipality, reason, causeOn, previousCode } = change;
  const { name, birthDate, sex, address, residentRecordCode } = identification;
  return messageOf<ChangeMessage>(TYPE, {
    ...{ changeId, municipality, reason, causeOn, previousCode, version: String(version) },
    identificationInformation: { name, birthDate, sex, address, residentRecordCode },
  });
}

/** @throws Refusal INVALID_REQUEST with the field at fault */
export function changeOfMessage(message: Change__Output): Change {
  return changeOfPlain(readBySchema(PlainChange, plainOf(TYPE, message)));
}

export function changeOfPlain(plain: z.infer<typeof PlainChange>): Change {
  const { identificationInformation: identification, previousCode = null, ...change } = plain;
  return { ...change, kind: CHANGE_REASONS[plain.reason], identification, previousCode };
}
