import { expect } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { OfficeId } from '#core/domain/office.js';
import type { Reason } from '#core/domain/refusal.js';
import { messageOf, plainOf } from '#core/wire/plain.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { expectDiscreet, textsIn } from './bad-input.js';
import { Desk } from './desk.js';
import {
  type PlainReceipt,
  type PlainRecord,
  type PlainVersion,
  type Question,
  readHistory,
  readHousehold,
  readRecord,
} from './questions.js';
import { postJson } from './raw-line.js';
import { operatorOf } from './seat.js';
import type { LoggedEntry, TestNetwork } from './test-network.js';

export type Way = 'gRPC' | 'HTTPS';
export const WAYS: { way: Way }[] = [{ way: 'gRPC' }, { way: 'HTTPS' }];

interface PlainRefusal {
  reason: string;
  field?: string | undefined;
  office?: string | undefined;
  fault?: string | undefined;
}

/** Somebody whose code is known. */
type Coded = { residentRecordCode: string };
/** What came of a question that a test watched. */
interface Watched<Answer> {
  answer: Answer;
  entries: LoggedEntry[];
}

const PURPOSE = '届出の確認';

/** An operator's desk, whichever way its questions go: they and their answers are plain, the same over both. */
export class RegisterDesk {
  private readonly network: TestNetwork;
  private readonly office: OfficeId;
  private readonly way: Way;
  readonly operator: string;

  constructor(network: TestNetwork, office: OfficeId, way: Way = 'gRPC', operator = OPERATOR) {
    this.network = network;
    this.office = office;
    this.way = way;
    this.operator = operator;
  }

  /** Lets everything arrive that waits, level by level. */
  settle(): Promise<void> {
    return this.network.settle();
  }

  /** Everybody with whom the network began. */
  get people() {
    return this.network.people;
  }

  async try<Answer>(question: Question<Answer>, body: object): Promise<{ answer?: Answer; refusal?: PlainRefusal }> {
    return this.way === 'gRPC' ? this.tryOverGrpc(question, body) : this.tryOverHttps(question, body);
  }

  /** Asks, and fails where it is refused. */
  async ask<Answer>(question: Question<Answer>, body: object): Promise<Answer> {
    const { answer, refusal } = await this.try(question, body);
    expect(refusal).toBeUndefined();
    return answer as Answer;
  }

  /**
   * Does an act. The log has it twice, under one exchange: as done within the register, and as answered; and no technical
   * log line has anything of the question.
   */
  async act<Answer>(question: Question<Answer>, body: object, kind: string): Promise<Watched<Answer>> {
    const { reply: answer, entries } = await this.discreetly(body, () => this.ask(question, body));
    // What the pool of codes asks for comes by itself.
    const ours = entries(this.office).filter(({ operator }) => operator === this.operator);
    const exchange = ours[0]?.exchange;
    expect(ours).toMatchObject([
      {
        event: 'RECORDED',
        procedure: kind.includes('/') ? kind : `register/${kind}`,
        exchange,
        operator: this.operator,
        outcome: 'OK',
      },
      { event: 'ANSWERED', procedure: this.procedureOf(question), exchange, operator: this.operator, outcome: 'OK' },
    ]);
    return { answer, entries: ours };
  }

  /** Does an act with a receipt. */
  async receipt(question: Question<{ receipt: PlainReceipt }>, body: object, kind: string): Promise<PlainReceipt> {
    return (await this.act(question, body, kind)).answer.receipt;
  }

  /**
   * Is refused, and leaves no trace: the tables are as they were, the log has the refusal with its reason and nothing
   * else, and neither the refusal nor a technical log line has anything of the question.
   */
  async refused(question: Question<unknown>, body: object, reason: Reason): Promise<PlainRefusal> {
    // What an earlier act left to be sent is no trace of this one.
    await this.network.node(this.office).settled();
    const before = await tablesOf(this.network, this.office);
    const { reply, entries } = await this.discreetly(body, () => this.try(question, body));
    expect(reply).toMatchObject({ refusal: { reason } });
    expectDiscreet([JSON.stringify(reply)], textsIn(body).filter(isOfSomebody));
    expect(entries(this.office)).toMatchObject([
      { event: 'ANSWERED', procedure: this.procedureOf(question), operator: this.operator, outcome: reason },
    ]);
    expect(await tablesOf(this.network, this.office)).toEqual(before);
    return reply.refusal ?? { reason: '' };
  }

  async household({ residentRecordCode }: Coded): Promise<PlainRecord[]> {
    return (await this.ask(readHousehold, { residentRecordCode, purpose: PURPOSE })).residentRecords;
  }

  async history({ residentRecordCode }: Coded): Promise<PlainVersion[]> {
    return (await this.ask(readHistory, { residentRecordCode, purpose: PURPOSE })).versions;
  }

  async record({ residentRecordCode }: Coded, asOf?: string): Promise<PlainRecord> {
    const look = { residentRecordCode, purpose: PURPOSE, ...(asOf !== undefined && { asOf }) };
    return (await this.ask(readRecord, look)).residentRecord;
  }

  /** The newest version of somebody's record here, with the act that wrote it. */
  async newest(person: Coded): Promise<PlainVersion> {
    return (await this.history(person)).at(-1) as PlainVersion;
  }

  private async discreetly<T>(body: object, act: () => Promise<T>) {
    const { logLines } = this.network;
    const from = logLines.length;
    const watched = await this.network.watch(act);
    expectDiscreet(logLines.slice(from), textsIn(body).filter(isOfSomebody));
    return watched;
  }

  private procedureOf({ procedure, path }: Question<unknown>): string {
    return this.way === 'gRPC' ? procedure.path : `POST ${path}`;
  }

  private async tryOverGrpc<Answer>({ procedure }: Question<Answer>, body: object) {
    const desk = new Desk(this.network, this.office, this.operator);
    const { answer, refusal } = await desk.try(procedure, messageOf<object>(procedure.question, body));
    if (refusal) return { refusal: { reason: refusal.reason, ...refusal.details } };
    return { answer: plainOf(procedure.answer, answer ?? {}) as Answer };
  }

  private async tryOverHttps<Answer>({ path, receiptAlone, cardAlone }: Question<Answer>, body: object) {
    const identity = operatorOf(this.network, this.office, this.operator);
    const reply = await postJson(this.network.node(this.office).httpPort, identity, path, body);
    const answer = withoutNull(JSON.parse(reply.text));
    if (reply.status >= 400) return { refusal: answer as PlainRefusal };
    const named = receiptAlone ? { receipt: answer } : cardAlone ? { card: answer } : answer;
    return { answer: named as Answer };
  }
}

/**
 * Everything that a municipality keeps beside its log, table by table, but how often a chip has answered: whoever shows a
 * card has shown it, whatever comes of that. Its ledger is read over its own connection.
 */
export async function tablesOf(network: TestNetwork, office: OfficeId): Promise<Record<string, string[]>> {
  const db = network.node(office).audit['db'] as unknown as Kysely<MunicipalityTables>;
  const tables = (await db.introspection.getTables()).map(({ name }) => name as keyof MunicipalityTables);
  const kept = tables.filter((name) => !name.startsWith('audit_') && name !== 'signing_certificate');
  const rows = await Promise.all(kept.map((name) => db.selectFrom(name).selectAll().execute()));
  return Object.fromEntries(
    kept.map((name, i) => [name, (rows[i] ?? []).map((row) => JSON.stringify({ ...row, answers: undefined })).sort()]),
  );
}

/** The change information about a code, as it is to be told to the offices above, the oldest first. */
export async function changesOf(network: TestNetwork, office: OfficeId, { residentRecordCode }: Coded) {
  const db: Kysely<MunicipalityTables> = network.node(office).audit['db'];
  const all = db.selectFrom('change_information').selectAll().where('resident_record_code', '=', residentRecordCode);
  return all.orderBy('version').execute();
}

/** An office's code says nothing of anybody. */
function isOfSomebody(text: string): boolean {
  return !/^[0-9]{6}$/.test(text);
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutNull(item)]));
}
