import type { ClientUnaryCall, Metadata, ServiceError } from '@grpc/grpc-js';
import type { OfficeId } from '#core/domain/office.js';
import type { Headers } from './proven-questions.js';
import type { TestNetwork } from './test-network.js';

/** A question as it passes. */
export interface Passing {
  path: string;
  request: Buffer;
  metadata: Metadata;
}

type Told = (error: ServiceError | null, bytes?: Buffer) => void;
type Same = (bytes: Buffer) => Buffer;
type Ask = (path: string, to: Same, from: Same, request: Buffer, metadata: Metadata, ...rest: unknown[]) => unknown;

/** The line from one office to another with somebody on it: keeps what passes, and may alter it. */
export class TappedLine {
  readonly questions: Passing[] = [];
  alters: (passing: Passing) => Passing = (passing) => passing;
  altersAnswer: (bytes: Buffer) => Buffer = (bytes) => bytes;

  constructor(network: TestNetwork, asking: OfficeId, answering: OfficeId) {
    const client = network.node(asking).peers.client(answering);
    const ask = client.makeUnaryRequest.bind(client) as Ask;
    const tapped: Ask = (path, to, from, request, metadata, ...rest) => {
      this.questions.push({ path, request, metadata: metadata.clone() });
      const sent = this.alters({ path, request, metadata });
      const told = rest.pop() as Told;
      const heard: Told = (error, bytes) => told(error, bytes && this.altersAnswer(bytes));
      return ask(sent.path, to, from, sent.request, sent.metadata, ...rest, heard) as ClientUnaryCall;
    };
    client.makeUnaryRequest = tapped as typeof client.makeUnaryRequest;
  }

  /** The last question that passed. */
  get last(): Passing {
    const passed = this.questions.at(-1);
    if (!passed) throw new RangeError('nothing has passed');
    return passed;
  }
}

/** The headers of a question that passed, to be sent again. */
export function headersOf({ metadata }: Passing): Headers {
  const ours = Object.keys(metadata.getMap()).filter((key) => key.startsWith('juki-'));
  return Object.fromEntries(ours.map((key) => [key, metadata.get(key)[0] ?? '']));
}
