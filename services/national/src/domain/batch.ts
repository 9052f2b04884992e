import { z } from 'zod';
import { type CalendarDate, isCalendarDate } from '#core/domain/calendar-date.js';
import type { Inquiry, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { InquirySchema, PersonAskedForSchema } from '#core/domain/provision/inquiry-schema.js';
import { PEOPLE_IN_PIECE, piecesOf } from '#core/domain/provision/piece.js';
import { Refusal } from '#core/domain/refusal.js';

const BATCH_KINDS = ['IDENTIFICATION', 'CHANGES'] as const;
export type BatchState = 'REQUESTED' | 'APPROVED' | 'STOPPED' | 'HALTED' | 'COMPLETE';

const MOST_PEOPLE = 1_000_000;
/** So many answers wait for their acknowledgement, at most: what was not acknowledged is kept. */
const MOST_UNACKNOWLEDGED = 8;
/** Misses that an officer bears who says nothing else: a fifth, and no fewer than 100. */
const MISSES = { share: 0.2, least: 100 };

const BatchId = z.uuid('is not a UUID');

/** What an agency asks an officer to approve of. */
export const BatchRequest = z
  .strictObject({
    batchId: BatchId,
    inquiry: InquirySchema,
    kind: z.enum(BATCH_KINDS, 'is not stated'),
    since: z.string().refine(isCalendarDate, 'is not a day of the calendar').nullable(),
    people: z.int().min(1, 'is not 1 to 1,000,000').max(MOST_PEOPLE, 'is not 1 to 1,000,000'),
    /** SHA-256 over the people of each piece, hex. */
    pieces: z.array(z.string().regex(/^[0-9a-f]{64}$/, 'is no digest')),
  })
  .refine(({ people, pieces }) => pieces.length === piecesOf(people), {
    ...{ path: ['pieces'], error: `is not one digest for each ${PEOPLE_IN_PIECE} people` },
  })
  .refine(({ kind, since }) => (kind === 'CHANGES') === (since !== null), {
    ...{ path: ['since'], error: 'is stated for changes, and for them alone' },
  });
export type BatchRequest = z.infer<typeof BatchRequest>;

/** People of a file, one after another. */
export const Piece = z.strictObject({
  batchId: BatchId,
  number: z.int().min(0),
  acknowledged: z.int().min(0),
  people: z.array(PersonAskedForSchema).max(PEOPLE_IN_PIECE),
});
export type Piece = z.infer<typeof Piece>;

/** A batch, and its progress. */
export interface Batch {
  batchId: string;
  /** By its certificate's name. */
  agency: string;
  state: BatchState;
  inquiry: Inquiry;
  kind: (typeof BATCH_KINDS)[number];
  since: CalendarDate | null;
  people: number;
  /** In pieces. */
  answered: number;
  acknowledged: number;
  /** In people. */
  notFound: number;
  mostNotFound: number;
}

export function newBatch(agency: string, { pieces: _held, ...request }: BatchRequest): Batch {
  const mostNotFound = Math.max(MISSES.least, Math.floor(request.people * MISSES.share));
  return { ...request, agency, state: 'REQUESTED', answered: 0, acknowledged: 0, notFound: 0, mostNotFound };
}

/** @throws Refusal BATCH_NOT_APPROVED, BATCH_STOPPED, BATCH_HALTED */
export function checkMayGoOn({ state }: Batch): void {
  if (state === 'REQUESTED') throw new Refusal('BATCH_NOT_APPROVED');
  if (state === 'STOPPED') throw new Refusal('BATCH_STOPPED');
  if (state === 'HALTED') throw new Refusal('BATCH_HALTED');
}

/** @throws Refusal BATCH_OUT_OF_ORDER where the acknowledgement is of what was not answered, or the piece of what can not be next */
export function checkOrder({ answered, acknowledged: before }: Batch, { number, acknowledged, people }: Piece): void {
  const isKnown = acknowledged >= before && acknowledged <= answered;
  const isNext = people.length === 0 || (number <= answered && number >= acknowledged);
  if (!isKnown || !isNext || number - acknowledged >= MOST_UNACKNOWLEDGED) throw new Refusal('BATCH_OUT_OF_ORDER');
}

/** How a batch stands once its answers up to a piece are acknowledged. */
export function withAcknowledged(batch: Batch, acknowledged: number): Batch {
  const isComplete = acknowledged === piecesOf(batch.people);
  return { ...batch, acknowledged, ...(isComplete && { state: 'COMPLETE' as const }) };
}

/** How it stands once a piece more is answered. */
export function withAnswered(batch: Batch, answers: readonly ProvisionAnswer[]): Batch {
  const notFound = batch.notFound + answers.filter(({ outcome }) => outcome === 'NOT_FOUND').length;
  const isHalted = notFound > batch.mostNotFound;
  return { ...batch, answered: batch.answered + 1, notFound, ...(isHalted && { state: 'HALTED' as const }) };
}
