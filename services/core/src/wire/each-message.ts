import type { Account } from '../domain/exchange.js';
import type { SignedStatement } from '../domain/proof.js';
import { Refusal } from '../domain/refusal.js';
import { missingIn, wellFormed } from './account-metadata.js';
import type {
  ProvideEachToAgencyRequest,
  ProvideEachToAgencyRequest__Output,
} from './generated/juki/provision/v1/ProvideEachToAgencyRequest.js';
import type {
  ProvideEachToAgencyResponse,
  ProvideEachToAgencyResponse__Output,
} from './generated/juki/provision/v1/ProvideEachToAgencyResponse.js';
import { message } from './schema.js';
import { statementMessage, statementOf } from './statement-message.js';
import { checkStrictly } from './strict-check.js';

const V1 = 'juki.provision.v1';
const ASKED = message<ProvideEachToAgencyRequest, ProvideEachToAgencyRequest__Output>(
  `${V1}.ProvideEachToAgencyRequest`,
);
const ANSWERED = message<ProvideEachToAgencyResponse, ProvideEachToAgencyResponse__Output>(
  `${V1}.ProvideEachToAgencyResponse`,
);

/** A question among others on a stream. */
export interface QuestionAsked {
  account: Omit<Account, 'mandate'>;
  proof: SignedStatement;
  /** What the proof is over. */
  request: Buffer;
}

/** As it arrived: only what is in its due form. */
export interface QuestionArrived {
  account: Partial<QuestionAsked['account']>;
  /** The part of its account that is missing or malformed. */
  accountFault: string | undefined;
  proof: SignedStatement | undefined;
  request: Buffer;
}

/** The answer to one of them: the bytes of it, or of a refusal as a google.rpc.Status. */
export interface QuestionAnswered {
  /** Empty where the question named none. */
  exchange: string;
  receipt: SignedStatement | undefined;
  outcome: { answer: Buffer } | { refusal: Buffer };
}

export function writeQuestions(questions: readonly QuestionAsked[]): Buffer {
  return ASKED.serialize({
    questions: questions.map(({ account: { id, nonce, operator, purpose }, proof, request }) => ({
      ...{ exchange: id, nonce, operator, purpose, proof: statementMessage(proof), request },
    })),
  });
}

/** @throws Refusal INVALID_REQUEST, also where there is none: nothing would be taken out of an allowance for it */
export function readQuestions(bytes: Buffer): QuestionArrived[] {
  checkStrictly(`${V1}.ProvideEachToAgencyRequest`, bytes);
  const { questions } = ASKED.deserialize(bytes);
  if (questions.length === 0) throw new Refusal('INVALID_REQUEST', { field: 'questions', fault: 'are missing' });
  return questions.map(({ proof, request, ...told }) => {
    const account = wellFormed((part) => (part === 'id' ? told.exchange : told[part]));
    const missing = missingIn(account);
    const accountFault = missing === 'id' ? 'exchange' : missing;
    return { account, accountFault, proof: statementOf(proof), request };
  });
}

export function writeAnswers(answers: readonly QuestionAnswered[]): Buffer {
  return ANSWERED.serialize({
    answers: answers.map(({ exchange, receipt, outcome }) => ({
      ...{ exchange, ...outcome },
      ...(receipt && { receipt: statementMessage(receipt) }),
    })),
  });
}

/** @throws Refusal INVALID_REQUEST */
export function readAnswers(bytes: Buffer): QuestionAnswered[] {
  checkStrictly(`${V1}.ProvideEachToAgencyResponse`, bytes);
  return ANSWERED.deserialize(bytes).answers.map(({ exchange, receipt, answer, refusal }) => ({
    ...{ exchange, receipt: statementOf(receipt) },
    outcome: refusal ? { refusal } : { answer: answer ?? Buffer.alloc(0) },
  }));
}
