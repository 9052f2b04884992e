import type { PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { piecesOf } from '#core/domain/provision/piece.js';
import { Refusal } from '#core/domain/refusal.js';
import type { BatchPiece } from '#core/wire/generated/juki/provision/v1/BatchPiece.js';
import { decodeBatchAnswers, encodePiece } from '#core/wire/piece-message.js';
import { messageOf } from '#core/wire/plain.js';
import type { BatchStanding } from '../domain/told.js';
import type { OpenPieces } from '../peers/open-pieces.js';
import { pauseAfter, type Trying } from './keep-trying.js';

/** So many pieces are under way at once: the next is at the centre before the last has been read. */
const UNDER_WAY = 4;
const MOST_BREAKS_IN_A_ROW = 8;

/** The people of a batch's file in pieces, from one on: read again from anywhere after a break. */
export type PiecesFrom = (number: number) => AsyncIterable<readonly PersonAskedFor[]>;

/** The people of a piece, and what is told of each. */
export interface AnsweredPiece {
  number: number;
  people: readonly PersonAskedFor[];
  answers: ProvisionAnswer[];
}

interface Means extends Trying {
  openPieces: () => OpenPieces;
  batch: (batchId: string) => Promise<BatchStanding>;
}

/** Goes through a batch to its end, over breaks of the line. */
export async function* provideBatch(
  means: Means,
  batchId: string,
  piecesFrom: PiecesFrom,
): AsyncGenerator<AnsweredPiece> {
  const { people, nextPiece } = await means.batch(batchId);
  const run = new Run(batchId, piecesOf(people), nextPiece);
  for (let breaks = 0; !run.isComplete; ) {
    try {
      // Whoever asks how it stands finds the address that answers, and what the clock there shows.
      if (breaks > 0) await means.batch(batchId);
      for await (const answered of run.goOn(means.openPieces(), piecesFrom)) {
        breaks = 0;
        yield answered;
      }
    } catch (error) {
      breaks += 1;
      await pauseOrThrow(means, error, breaks);
    }
  }
}

/** @throws error where another try would come to the same, or there have been enough of them */
async function pauseOrThrow(means: Trying, error: unknown, breaks: number): Promise<void> {
  const isStale = error instanceof Refusal && error.reason === 'PROOF_STALE';
  const pauseMs = isStale ? 0 : pauseAfter(error, breaks, means.random());
  if (pauseMs === undefined || breaks === MOST_BREAKS_IN_A_ROW) throw error;
  await new Promise<void>((resolve) => means.later(resolve, pauseMs));
}

/** How far a batch has come at the agency: what was taken is acknowledged with the next piece. */
class Run {
  private readonly batchId: string;
  private readonly pieces: number;
  private taken: number;
  /** Whether the centre knows that everything has arrived. */
  isComplete = false;

  constructor(batchId: string, pieces: number, taken: number) {
    this.batchId = batchId;
    this.pieces = pieces;
    this.taken = taken;
  }

  async *goOn(stream: OpenPieces, piecesFrom: PiecesFrom): AsyncGenerator<AnsweredPiece> {
    const answers = stream.answers();
    const source = piecesFrom(this.taken)[Symbol.asyncIterator]();
    const underWay: (readonly PersonAskedFor[])[] = [];
    try {
      for (let asked = this.taken; this.taken < this.pieces; ) {
        while (asked < this.pieces && underWay.length < UNDER_WAY) {
          const { value, done } = await source.next();
          if (done) throw new RangeError(`the file ends before piece ${asked} of ${this.pieces}`);
          underWay.push(value);
          await stream.ask(this.piece(asked, value));
          asked += 1;
        }
        const people = underWay.shift() ?? [];
        yield { number: this.taken, people, answers: await next(answers, this.taken, people.length) };
        this.taken += 1;
      }
      await stream.ask(this.piece(this.pieces, []));
      await next(answers, this.pieces, 0);
      this.isComplete = true;
    } finally {
      stream.end();
      // Or it would wait for another answer until its patience is over, and the process with it.
      await answers.return(undefined);
      await source.return?.();
    }
  }

  private piece(number: number, people: readonly PersonAskedFor[]): Buffer {
    const { batchId, taken: acknowledged } = this;
    return encodePiece(
      messageOf<BatchPiece>('juki.provision.v1.BatchPiece', { batchId, number, acknowledged, people }),
    );
  }
}

/** @throws RangeError where the centre answers another piece than the next one */
async function next(answers: AsyncGenerator<Buffer>, number: number, people: number): Promise<ProvisionAnswer[]> {
  const { value, done } = await answers.next();
  if (done) throw new RangeError('the centre ended the stream before the batch');
  const answered = decodeBatchAnswers(value);
  if (answered.number !== number || answered.answers.length !== people)
    throw new RangeError(`the centre answered piece ${answered.number} instead of ${number}`);
  return answered.answers;
}
