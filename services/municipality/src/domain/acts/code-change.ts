import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import { Notifier } from '../counter/notifier.js';
import { Code } from '../fields.js';
import type { ActKind } from '../register/act.js';
import type { Decision } from '../register/decision.js';
import type { ResidentRecord } from '../register/resident-record.js';

/** 変更請求, Article 30-3: without a reason, as often as somebody likes. The number can not be chosen: no field takes one. */
export const CodeChangeRequest = z.strictObject({
  notifier: Notifier,
  residentRecordCode: Code.meta({ description: 'The current one, as the applicant states it' }),
});
export type CodeChangeRequest = z.infer<typeof CodeChangeRequest>;

/**
 * Writes another code in the place of the present one. The old one leads to the new one from now on, and is never
 * allotted again.
 *
 * @throws Refusal ALREADY_REGISTERED where the code is somebody's, CODE_CONTRADICTED where it was somebody else's
 */
export function decideCodeChange(
  kind: Extract<ActKind, 'CODE_CHANGE_REQUEST' | 'EX_OFFICIO_CODE'>,
  record: ResidentRecord,
  { newCode, holders, causeOn }: { newCode: string; holders: ResidentRecord[]; causeOn: CalendarDate },
): Decision {
  const others = holders.filter(({ recordId }) => recordId !== record.recordId);
  if (others.some(({ deletedOn }) => deletedOn === null)) throw new Refusal('ALREADY_REGISTERED');
  const isEarlierTheirs = ({ birthDate, sex }: ResidentRecord) => birthDate === record.birthDate && sex === record.sex;
  if (!others.every(isEarlierTheirs)) throw new Refusal('CODE_CONTRADICTED');
  const after = [{ ...record, residentRecordCode: newCode }];
  return { kind, causeOn, deadline: null, before: [record], after, cards: { invalidBy: 'CODE_CHANGED' } };
}
