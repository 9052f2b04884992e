import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { LARGEST_MESSAGE } from '../domain/largest-message.js';
import { type Procedure, type Procedures, procedures } from '../wire/procedure.js';
import { type Answer, type Answering, answeringCalls, type DoorDesk } from './answer.js';
import { answeringEach } from './answer-each.js';
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
  /** Those that carry many questions of another procedure of the service, and which. */
  carriers: Record<string, string>;
  /** In bytes, of a question. */
  largest: number;
}

/** Pairs a service's generated definition with its answers, so that the compiler sees one without the other. */
export function rpcService<
  Definition extends object,
  InPieces extends keyof Procedures<Definition> = never,
  Carriers extends keyof Procedures<Definition> = never,
>(
  name: string,
  answers: Omit<Answers<Definition>, InPieces | Carriers>,
  {
    largest = LARGEST_MESSAGE,
    inPieces,
    carriers,
  }: {
    largest?: number;
    inPieces?: Record<InPieces, AnswerInPieces>;
    carriers?: Record<Carriers, keyof Procedures<Definition> & string>;
  } = {},
): RpcService {
  return {
    ...{ name, procedures: procedures<Definition>(name), largest, inPieces: inPieces ?? {}, carriers: carriers ?? {} },
    answers: answers as unknown as RpcService['answers'],
  };
}

/** What grpc-js needs to serve it. Bytes go in and out: reading and writing them is part of answering. */
export function served(desk: DoorDesk, service: RpcService) {
  const all = Object.entries(service.procedures);
  const bytes = {
    ...{ requestSerialize: same, requestDeserialize: same, responseSerialize: same, responseDeserialize: same },
  };
  const isStream = (name: string) => name in service.inPieces || name in service.carriers;
  const streams = (name: string) => ({ requestStream: isStream(name), responseStream: isStream(name) });
  const definition = Object.fromEntries(
    all.map(([name, { path }]) => [name, { ...bytes, ...streams(name), path, originalName: name }]),
  );
  const implementation: UntypedServiceImplementation = Object.fromEntries(
    all.map(([name, procedure]) => [name, handlerOf(desk, service, name, procedure)]),
  );
  return { definition, implementation };
}

function handlerOf(desk: DoorDesk, service: RpcService, name: string, { path }: AnyProcedure) {
  const piecewise = service.inPieces[name];
  if (piecewise) return answeringInPieces(desk, path, piecewise);
  const carried = service.carriers[name];
  if (carried === undefined) return answeringCalls(desk, path, answeringOf(service, name));
  return answeringEach(desk, procedureOf(service, carried).path, answeringOf(service, carried));
}

function answeringOf(service: RpcService, name: string): Answering {
  const [procedure, answer] = [procedureOf(service, name), answerFor(service.answers, name)];
  return {
    largest: service.largest,
    answer: async (request, exchange) =>
      procedure.encodeResponse(await answer(procedure.decodeRequest(request), exchange)),
  };
}

function procedureOf({ procedures: all }: RpcService, name: string): AnyProcedure {
  const procedure = all[name];
  if (!procedure) throw new RangeError(`${name} is no procedure`);
  return procedure;
}

function answerFor(answers: RpcService['answers'], name: string): Answer<unknown, unknown> {
  const answer = answers[name];
  if (!answer) throw new RangeError(`${name} has no answer`);
  return answer;
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
