import type { MethodDefinition } from '@grpc/proto-loader';
import { descriptors, service } from './schema.js';
import { checkStrictly } from './strict-check.js';

/** One rpc as its asker sees it: its path, how the question becomes bytes, and how the answer is read, strictly. */
export interface Asked<RequestInput, Response> {
  path: string;
  /** The full names of its messages. */
  question: string;
  answer: string;
  encodeRequest(request: RequestInput): Buffer;
  /** @throws Refusal INVALID_REQUEST */
  decodeResponse(bytes: Buffer): Response;
}

/** One rpc, with what the answering side needs besides. */
export interface Procedure<RequestInput, Request, ResponseInput, Response> extends Asked<RequestInput, Response> {
  /** @throws Refusal INVALID_REQUEST */
  decodeRequest(bytes: Buffer): Request;
  encodeResponse(response: ResponseInput): Buffer;
}

/** The procedures of a service, typed by its generated definition. */
export type Procedures<Definition> = {
  [Method in keyof Definition as string extends Method ? never : Method]: Definition[Method] extends MethodDefinition<
    infer RequestInput,
    infer ResponseInput,
    infer Request,
    infer Response
  >
    ? Procedure<RequestInput, Request, ResponseInput, Response>
    : never;
};

export function procedures<Definition extends object>(serviceName: string): Procedures<Definition> {
  const methods = service<Record<string, MethodDefinition<object, object>>>(serviceName);
  const entries = Object.entries(methods).map(([name, method]) => [name, procedure(serviceName, name, method)]);
  return Object.fromEntries(entries) as Procedures<Definition>;
}

function procedure(
  serviceName: string,
  name: string,
  method: MethodDefinition<object, object>,
): Procedure<object, object, object, object> {
  const descriptor = descriptors.getService(serviceName)?.methods.find((candidate) => candidate.name === name);
  if (!descriptor) throw new RangeError(`${method.path} is not in the proto files`);
  const { input, output } = descriptor;
  return {
    path: method.path,
    question: input.typeName,
    answer: output.typeName,
    encodeRequest: method.requestSerialize,
    decodeRequest: (bytes) => strictly(input.typeName, bytes, method.requestDeserialize),
    encodeResponse: method.responseSerialize,
    decodeResponse: (bytes) => strictly(output.typeName, bytes, method.responseDeserialize),
  };
}

function strictly<Message>(typeName: string, bytes: Buffer, decode: (bytes: Buffer) => Message): Message {
  checkStrictly(typeName, bytes);
  return decode(bytes);
}
