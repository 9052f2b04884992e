import type { handleBidiStreamingCall, ServerDuplexStream } from '@grpc/grpc-js';
import type { Caller } from '../domain/caller.js';
import { Refusal, refusalOf } from '../domain/refusal.js';
import { type QuestionAnswered, type QuestionArrived, readQuestions, writeAnswers } from '../wire/each-message.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import { accountForRefusal } from './account-for-refusal.js';
import { type Answering, answerQuestion, type DoorDesk, type Outcome } from './answer.js';
import { callerLetIn, exchangeAsTold } from './exchange-of-call.js';
import { addressIn, overAllowance } from './limit-rate.js';
import { statusOf } from './status.js';

/** So many questions of one stream are under way at once, as there may be calls on one connection. */
const MOST_UNDER_WAY = 256;

type Call = ServerDuplexStream<Buffer, Buffer>;

/**
 * A grpc-js handler that answers questions which come over one stream, each as a call of its own would be: taken out of
 * its caller's allowance, proved, logged and receipted, all at the same time. What one of them is refused, the others are
 * not.
 *
 * @param procedure the method that each of them is a question to
 */
export function answeringEach(
  desk: DoorDesk,
  procedure: string,
  answering: Answering,
): handleBidiStreamingCall<Buffer, Buffer> {
  return (call) => {
    void new QuestionsOnStream(desk, { procedure, answering }, call).answerAll().catch((error) => {
      if (!call.cancelled) call.emit('error', statusOf(refusalOf(error)));
    });
  };
}

class QuestionsOnStream {
  private readonly desk: DoorDesk;
  private readonly procedure: string;
  private readonly answering: Answering;
  private readonly call: Call;
  private readonly caller: Caller;
  private readonly address: string;
  private underWay = 0;
  /** Answers that leave together; whoever does not read what is answered is asked nothing more. */
  private ready: QuestionAnswered[] = [];
  private hasRoom = true;
  private noteLeft: () => void = () => {};

  constructor(desk: DoorDesk, { procedure, answering }: { procedure: string; answering: Answering }, call: Call) {
    this.desk = desk;
    this.procedure = procedure;
    this.answering = answering;
    this.call = call;
    this.caller = callerLetIn(call.metadata);
    this.address = addressIn(call.getPeer());
    for (const event of ['drain', 'cancelled'])
      call.on(event, () => {
        this.hasRoom = true;
        this.tell();
      });
  }

  /** @throws Refusal that ends the stream */
  async answerAll(): Promise<void> {
    const { call } = this;
    // A stream that a refusal has destroyed would not tell the refusal.
    for await (const message of call.iterator({ destroyOnReturn: false }))
      for (const question of await this.questionsIn(message as Buffer)) {
        while (this.underWay >= MOST_UNDER_WAY) await this.someHaveLeft();
        this.take(question);
      }
    while (this.underWay > 0) await this.someHaveLeft();
    call.end();
  }

  /** What holds no questions is one without an account: refused, and logged as that. */
  private async questionsIn(message: Buffer): Promise<QuestionArrived[]> {
    try {
      return readQuestions(message);
    } catch (error) {
      const { field = '' } = refusalOf(error).details;
      const accountFault = field || 'questions';
      const { outcome } = await this.answerOf({ account: {}, accountFault, proof: undefined, request: message });
      throw outcome;
    }
  }

  private take(question: QuestionArrived): void {
    this.underWay += 1;
    void this.answerOf(question).then(({ outcome, receipt }) => {
      const exchange = question.account.id ?? '';
      const told = outcome instanceof Refusal ? { refusal: encodeRefusal(outcome).status } : { answer: outcome };
      this.ready.push({ exchange, receipt, outcome: told });
      if (this.ready.length === 1) setImmediate(() => this.tell());
    });
  }

  private async answerOf({ account, accountFault, proof, request }: QuestionArrived): Promise<Outcome> {
    const { desk, procedure, answering, caller, address } = this;
    const exchange = exchangeAsTold(account, caller, desk);
    const refusal = overAllowance(desk, { caller, address, method: procedure, operator: exchange.operator });
    if (!refusal) return answerQuestion(desk, answering, { procedure, request, exchange, accountFault, proof });
    return {
      outcome: await accountForRefusal(desk, { procedure, caller, asked: exchange }, refusal),
      receipt: undefined,
    };
  }

  private tell(): void {
    const { call, ready } = this;
    if (ready.length === 0 || !this.hasRoom) return;
    this.ready = [];
    if (!call.cancelled) this.hasRoom = call.write(writeAnswers(ready));
    this.underWay -= ready.length;
    this.noteLeft();
  }

  private someHaveLeft(): Promise<void> {
    return new Promise((resolve) => {
      this.noteLeft = resolve;
    });
  }
}
