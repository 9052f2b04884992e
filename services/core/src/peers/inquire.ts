import type { Account } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { answerFits } from '../domain/provision/answer-fits.js';
import type { ProvisionAnswer } from '../domain/provision/inquiry.js';
import type { ImmediateInquiry } from '../domain/provision/inquiry-schema.js';
import { type Reason, Refusal } from '../domain/refusal.js';
import type { Answer__Output } from '../wire/generated/juki/provision/v1/Answer.js';
import { messageOf } from '../wire/plain.js';
import type { Asked } from '../wire/procedure.js';
import { answerOfMessage } from '../wire/provision-message.js';
import { type Asker, ask } from './ask.js';

/** What a governor may say to an inquiry. */
const REASONS: readonly Reason[] = [
  'NOT_PARTICIPATING',
  'PURPOSE_NOT_ALLOWED',
  'PURPOSE_NOT_IN_FORCE',
  'FIELD_NOT_COVERED',
  'GOVERNOR_UNAVAILABLE',
];

interface Question<Request> {
  governor: OfficeId;
  request: Request;
  account: Account;
  withinMs: number;
}

/**
 * Puts an inquiry to a governor, once.
 *
 * @throws Refusal the governor's, or OFFICE_UNAVAILABLE; INTERNAL where the answer is not one to the question
 */
export async function inquire<Input, Request extends ImmediateInquiry>(
  asker: Asker,
  procedure: Asked<Input, { answer: Answer__Output | null }>,
  { governor, request, account, withinMs }: Question<Request>,
): Promise<ProvisionAnswer> {
  const { inquiry, person } = request;
  const { answer } = await ask(asker, procedure, {
    ...{ office: governor, request: messageOf<Input>(procedure.question, request), account },
    concerns: 'residentRecordCode' in person ? [person.residentRecordCode] : [],
    ...{ reasons: REASONS, withinMs },
  });
  const read = readAnswer(governor, answer);
  if (answerFits(read, inquiry)) return read;
  throw new Refusal('INTERNAL', { office: governor, cause: new Error('the answer is not what was asked for') });
}

function readAnswer(office: OfficeId, answer: Answer__Output | null): ProvisionAnswer {
  try {
    return answerOfMessage(answer);
  } catch (cause) {
    throw new Refusal('INTERNAL', { office, cause });
  }
}
