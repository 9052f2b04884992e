import type { AlarmRaiser } from '../audit/raise-alarms.js';
import type { Exchange } from '../domain/exchange.js';
import type { ProvisionAnswer } from '../domain/provision/inquiry.js';
import type { ImmediateInquiry } from '../domain/provision/inquiry-schema.js';
import { shownBy } from '../domain/provision/shown-by.js';

/**
 * Has another office asked. This office's log names whom it is about as far as the code is known, and the family check
 * is told whom the answer shows to an operator.
 */
export async function askElsewhere(
  alarms: Pick<AlarmRaiser, 'noteShown'>,
  { inquiry, person }: ImmediateInquiry,
  exchange: Exchange,
  inquire: () => Promise<ProvisionAnswer>,
): Promise<ProvisionAnswer> {
  if ('residentRecordCode' in person) exchange.concerns.add(person.residentRecordCode);
  const answer = await inquire();
  const residentRecordCode = 'provided' in answer ? answer.provided.residentRecordCode : undefined;
  if (residentRecordCode !== undefined) exchange.concerns.add(residentRecordCode);
  const shown = shownBy(person, inquiry, answer);
  if (shown) alarms.noteShown(exchange, [{ ...shown, residentRecordCode }]);
  return answer;
}
