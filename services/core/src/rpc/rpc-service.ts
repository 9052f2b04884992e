import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import { LARGEST_MESSAGE } from '../domain/largest-message.js';
import { type Procedure, type Procedures, procedures } from '../wire/procedure.js';
import { type Answer, answering, type Desk } from './answer.js';

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

/** A service that an office offers: its full name, and an answer for each of its procedures. */
export interface RpcService {
  name: string;
  // biome-ignore lint/suspicious/noExplicitAny: typed where it is made, by rpcService
  procedures: Record<string, Procedure<any, any, any, any>>;
  answers: Record<string, Answer<unknown, unknown>>;
  /** In bytes, of a question. */
  largest: number;
}

/** Pairs a service's generated definition with its answers, so that the compiler sees one without the other. */
export function rpcService<Definition extends object>(
  name: string,
  answers: Answers<Definition>,
  largest = LARGEST_MESSAGE,
): RpcService {
  return {
    ...{ name, procedures: procedures<Definition>(name), largest },
    answers: answers as unknown as RpcService['answers'],
  };
}

/** What grpc-js needs to serve it. Bytes go in and out: reading and writing them is part of answering. */
export function served(desk: Desk, { procedures: all, answers, largest }: RpcService) {
  const bytes = {
    requestSerialize: same,
    requestDeserialize: same,
    responseSerialize: same,
    responseDeserialize: same,
  };
  const unary = { ...bytes, requestStream: false, responseStream: false };
  const definition = Object.fromEntries(
    Object.entries(all).map(([name, { path }]) => [name, { ...unary, path, originalName: name }]),
  );
  const implementation: UntypedServiceImplementation = Object.fromEntries(
    Object.entries(all).map(([name, procedure]) => [
      name,
      answering(desk, procedure, answerFor(answers, name), largest),
    ]),
  );
  return { definition, implementation };
}

function answerFor(answers: RpcService['answers'], name: string): Answer<unknown, unknown> {
  const answer = answers[name];
  if (!answer) throw new RangeError(`${name} has no answer`);
  return answer;
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
