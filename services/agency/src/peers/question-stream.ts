import type { Client, ClientDuplexStream, ServiceError, StatusObject } from '@grpc/grpc-js';
import { inGroups } from '#core/domain/in-groups.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Carry, ProvenLetter } from '#core/peers/carry.js';
import type { Peers } from '#core/peers/peers.js';
import { type Came, refusedBy, refusedWith } from '#core/peers/send.js';
import { metadataOf } from '#core/wire/call-metadata.js';
import { type QuestionAnswered, readAnswers, writeQuestions } from '#core/wire/each-message.js';
import type { AgencyProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyProvisionService.js';
import { procedures } from '#core/wire/procedure.js';

const { ProvideEachToAgency } = procedures<AgencyProvisionServiceDefinition>(
  'juki.provision.v1.AgencyProvisionService',
);
/** A message has an end, and a question has more than a kilobyte. */
const MOST_IN_MESSAGE = 100;
/** So long after its last answer, a stream is closed: a process that asks no more can end. */
const IDLE_MS = 1_000;

type Call = ClientDuplexStream<Buffer, Buffer>;

/** Carries questions over one stream to the centre, which is opened for the first of them, and anew after a break. */
export class QuestionStream {
  private readonly peers: Peers;
  private current: { client: Client; stream: OpenStream } | undefined;

  constructor(peers: Peers) {
    this.peers = peers;
  }

  readonly carry: Carry = async (_path, letter) => {
    const { office } = letter;
    try {
      return await this.streamTo(office).send(letter);
    } catch (cause) {
      // A client that was closed meanwhile throws at once.
      return { outcome: { refusal: new Refusal('OFFICE_UNAVAILABLE', { office, cause }), bytes: null } };
    }
  };

  close(): void {
    this.current?.stream.end();
  }

  private streamTo(office: OfficeId): OpenStream {
    const client = this.peers.client(office);
    if (this.current?.client === client && !this.current.stream.isOver) return this.current.stream;
    this.current?.stream.end();
    const stream = new OpenStream(office, client);
    this.current = { client, stream };
    return stream;
  }
}

class OpenStream {
  /** Whether it takes nothing more. */
  isOver = false;
  private readonly office: OfficeId;
  private readonly call: Call;
  private readonly waiting = new Map<string, (came: Came) => void>();
  private leaving: ProvenLetter[] = [];
  private idle: NodeJS.Timeout | undefined;

  constructor(office: OfficeId, client: Client) {
    this.office = office;
    this.call = client.makeBidiStreamRequest(ProvideEachToAgency.path, same, same, metadataOf(), {});
    this.call.on('data', (message: Buffer) => this.read(message));
    // What it says is told by the status.
    this.call.on('error', () => {});
    this.call.once('status', (status) => this.fail(status));
  }

  /** @returns what came, or that nothing did within the time */
  send(letter: ProvenLetter): Promise<Came> {
    clearTimeout(this.idle);
    const { id } = letter.account;
    return new Promise((resolve) => {
      const overdue = setTimeout(() => this.settle(id, unanswered(letter.office)), letter.withinMs);
      this.waiting.set(id, (came) => {
        clearTimeout(overdue);
        resolve(came);
      });
      this.leaving.push(letter);
      // Those of one moment leave together.
      if (this.leaving.length === 1) setImmediate(() => this.write());
    });
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.idle);
    this.write();
    this.call.end();
  }

  private write(): void {
    const letters = this.leaving;
    this.leaving = [];
    for (const some of inGroups(letters, MOST_IN_MESSAGE)) this.call.write(writeQuestions(some));
  }

  private read(message: Buffer): void {
    try {
      for (const answered of readAnswers(message)) this.settle(answered.exchange, this.cameOf(answered));
    } catch {
      // What can not be read is nobody's answer: everybody who waits is told that none came.
      this.call.cancel();
    }
  }

  private cameOf({ outcome, receipt }: QuestionAnswered): Came {
    if ('answer' in outcome) return { outcome, receipt };
    const { office } = this;
    const refused = refusedWith(office, outcome.refusal);
    return { outcome: refused ?? { refusal: new Refusal('INTERNAL', { office }), bytes: null }, receipt };
  }

  private settle(exchange: string, came: Came): void {
    const waits = this.waiting.get(exchange);
    this.waiting.delete(exchange);
    waits?.(came);
    if (this.waiting.size > 0 || this.isOver) return;
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.end(), IDLE_MS);
  }

  private fail(status: StatusObject): void {
    this.end();
    const { office } = this;
    const outcome = status.code === 0 ? unanswered(office).outcome : refusedBy(office, status as ServiceError);
    for (const exchange of [...this.waiting.keys()]) this.settle(exchange, { outcome });
  }
}

function unanswered(office: OfficeId): Came {
  return { outcome: { refusal: new Refusal('OFFICE_UNAVAILABLE', { office }), bytes: null } };
}

function same(bytes: Buffer): Buffer {
  return bytes;
}
