import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { LARGEST_MESSAGE } from '../domain/largest-message.js';
import { type Procedure, type Procedures, procedures } from '../wire/procedure.js';
import { type Answer, answeringCalls, type Desk } from './answer.js';
import { type AnswerInPieces, answeringInPieces } from './answer-in-pieces.js';

type Answers<Definition> = {
  [Method in keyof Procedures<Definition>]: Procedures<Definition>[Method] extends Procedure<
    infer _RequestInput,
    infer Request,
    infer ResponseInput,
    infer _Response
  >
    ? Answer<Request, ResponseInput>
    : never;
};

// biome-ignore lint/suspicious/noExplicitAny: typed where it is made, by rpcService
type AnyProcedure = Procedure<any, any, any, any>;

/** A service that an office offers: its full name, and an answer for each of its procedures. */
export interface RpcService {
  name: string;
  procedures: Record<string, AnyProcedure>;
  answers: Record<string, Answer<unknown, unknown>>;
  /** Those whose questions and answers come in pieces, instead of an answer. */
  inPieces: Record<string, AnswerInPieces>;
  /** In bytes, of a question. */
  largest: number;
}

/** Pairs a service's generated definition with its answers, so that the compiler sees one without the other. */
export function rpcService<Definition extends object, InPieces extends keyof Procedures<Definition> = never>(
  name: string,
  answers: Omit<Answers<Definition>, InPieces>,
  { largest = LARGEST_MESSAGE, inPieces }: { largest?: number; inPieces?: Record<InPieces, AnswerInPieces> } = {},
): RpcService {
  return {
    ...{ name, procedures: procedures<Definition>(name), largest, inPieces: inPieces ?? {} },
    answers: answers as unknown as RpcService['answers'],
  };
}

/** What grpc-js needs to serve it. Bytes go in and out: reading and writing them is part of answering. */
export function served(desk: Desk, service: RpcService) {
  const all = Object.entries(service.procedures);
  const bytes = {
    ...{ requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same },
  };
  const streams = (name: string) => ({
    requestStream: name in service.inPieces,
    responseStream: name in service.inPieces,
  });
  const definition = Object.fromEntries(
    all.map(([name, { path }]) => [name, { ...bytes, ...streams(name), path, originalName: name }]),
  );
  const implementation: UntypedServiceImplementation = Object.fromEntries(
    all.map(([name, procedure]) => [name, handlerOf(desk, service, name, procedure)]),
  );
  return { definition, implementation };
}

function handlerOf(desk: Desk, { answers, inPieces, largest }: RpcService, name: string, procedure: AnyProcedure) {
  const { path } = procedure;
  const piecewise = inPieces[name];
  if (piecewise) return answeringInPieces(desk, path, piecewise);
  const answer = answerFor(answers, name);
  return answeringCalls(desk, path, {
    largest,
    answer: async (request, exchange) =>
      procedure.encodeResponse(await answer(procedure.decodeRequest(request), exchange)),
  });
}

function answerFor(answers: RpcService['answers'], name: string): Answer<unknown, unknown> {
  const answer = answers[name];
  if (!answer) throw new RangeError(`${name} has no answer`);
  return answer;
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
