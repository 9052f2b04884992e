import type { Kysely, Transaction } from 'kysely';
import type { AuditLog } from '#core/audit/audit-log.js';
import type { Occurrence } from '#core/audit/entry.js';
import { callerUri } from '#core/domain/caller.js';
import type { Exchange } from '#core/domain/exchange.js';
import { inGroups } from '#core/domain/in-groups.js';
import type { OfficeId } from '#core/domain/office.js';
import { givenBy } from '#core/domain/provision/answer-inquiry.js';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { pieceDigest } from '#core/domain/provision/piece.js';
import { givenTogether, provisionOf } from '#core/domain/provision/provision.js';
import { BATCH } from '#core/domain/provision-kind.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import { Turns } from '#core/domain/turns.js';
import type { Answered, AnswerPeople } from '#core/provision/answer-people.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { CoreTables } from '#core/storage/tables.js';
import { type Batch, checkMayGoOn, checkOrder, type Piece, withAcknowledged, withAnswered } from '../domain/batch.js';
import { findBatch, findPiece, forgetAnswers, keepAnswers, putBatch } from '../storage/batches.js';
import type { NationalTables } from '../storage/tables.js';
import type { RegisteredAgencies } from './registered-agencies.js';
import { batchOfAgency } from './request-batch.js';

interface Centre {
  office: OfficeId;
  ledger: Kysely<NationalTables>;
  audit: AuditLog;
  agencies: RegisteredAgencies;
  answerPeople: AnswerPeople;
  /** As they travel, and as they are kept until they are acknowledged. */
  encode: (number: number, answers: readonly ProvisionAnswer[]) => Buffer;
}

export type AnswerPiece = (agency: string, piece: Piece, exchange: Exchange) => Promise<Buffer>;

/**
 * So many people share an entry. Whoever is told of theirs is handed the whole leaf, with a tag of 67 characters for each
 * of the others beside 550 of its own: an extract has room for monthly batches of twelve years, a page of SQLite for two.
 */
const PEOPLE_IN_ENTRY = 20;

/**
 * Answers a piece of a batch. Answers, progress and the entries that name the people are one transaction: a piece that is
 * asked for again is answered the same, and names nobody in the log a second time. Pieces of different agencies take
 * turns, however many of them each has sent.
 *
 * @throws Refusal NOT_FOUND, BATCH_NOT_APPROVED, BATCH_STOPPED, BATCH_HALTED, BATCH_OUT_OF_ORDER, INVALID_REQUEST where
 * the people are not those that were approved, and as RegisteredAgencies.check
 */
export function answerPiece(centre: Centre): AnswerPiece {
  const turns = new Turns();
  return (agency, piece, exchange) => turns.take(agency, () => answer(centre, agency, piece, exchange));
}

async function answer(centre: Centre, agency: string, piece: Piece, exchange: Exchange): Promise<Buffer> {
  const { ledger, agencies, encode } = centre;
  const batch = await batchOfAgency(ledger, agency, piece.batchId);
  checkMayGoOn(batch);
  await agencies.check(agency, batch.inquiry);
  checkOrder(batch, piece);
  if (piece.people.length === 0) {
    await ledger.transaction().execute((trx) => acknowledge(trx, piece));
    return encode(piece.number, []);
  }
  const approved = await findPiece(ledger, batch.batchId, piece.number);
  if (approved?.digest !== pieceDigest(piece.people))
    throw new Refusal('INVALID_REQUEST', { field: 'people', fault: 'are not those that were approved' });
  if (approved.answers !== null) return Buffer.from(approved.answers, 'base64');
  return answerAnew(centre, batch, piece, exchange);
}

async function answerAnew(centre: Centre, batch: Batch, piece: Piece, exchange: Exchange): Promise<Buffer> {
  const { ledger, audit, answerPeople, encode } = centre;
  const answered = await answerPeople(piece.people, { fields: batch.inquiry.fields, since: batch.since });
  const answers = answered.map((one) => one.answer);
  const bytes = encode(piece.number, answers);
  return ledger.transaction().execute(async (trx) => {
    const now = await acknowledge(trx, piece);
    // Another process has been faster with the same piece: what it kept is the answer.
    if (now.answered !== piece.number) return keptFor(trx, piece);
    checkMayGoOn(now);
    await keepAnswers(trx, batch.batchId, piece.number, bytes.toString('base64'));
    await putBatch(trx, withAnswered(now, answers));
    const entries = recorded(centre, batch, answered, exchange);
    await audit.appendWith(trx as unknown as Transaction<CoreTables>, ...entries);
    return bytes;
  });
}

async function keptFor(trx: Transaction<NationalTables>, { batchId, number }: Piece): Promise<Buffer> {
  const kept = await findPiece(trx, batchId, number);
  if (!kept || kept.answers === null) throw new Refusal('BATCH_OUT_OF_ORDER');
  return Buffer.from(kept.answers, 'base64');
}

/** In a transaction that writes alone from then on. */
async function acknowledge(trx: Transaction<NationalTables>, { batchId, acknowledged }: Piece): Promise<Batch> {
  await writeAlone(trx);
  const batch = await findBatch(trx, batchId);
  if (!batch) throw new Refusal('NOT_FOUND', { field: 'batch_id' });
  if (acknowledged <= batch.acknowledged) return batch;
  const now = withAcknowledged(batch, acknowledged);
  await forgetAnswers(trx, batchId, { from: batch.acknowledged, before: acknowledged });
  await putBatch(trx, now);
  return now;
}

/** Whoever is found is named once, however often the piece has them; those who were given the same, together. */
function recorded(
  { office }: Pick<Centre, 'office'>,
  { inquiry }: Batch,
  answered: readonly Answered[],
  { id, nonce, operator, purpose, caller }: Exchange,
): Occurrence[] {
  const given = [...givenAbout(answered)].toSorted(([, a], [, b]) => a.localeCompare(b));
  return inGroups(given, PEOPLE_IN_ENTRY).map((some) => ({
    ...{ event: 'RECORDED', procedure: BATCH, exchange: id, nonce, operator, purpose, outcome: 'OK' },
    ...{ caller: callerUri(caller), answering: office, request: null, answer: null },
    concerns: some.map(([code]) => code),
    provision: provisionOf(
      inquiry,
      some.map(([, what]) => what),
    ),
  }));
}

function givenAbout(answered: readonly Answered[]): Map<ResidentRecordCode, string> {
  const given = new Map<ResidentRecordCode, string>();
  for (const { code, answer } of answered) {
    const what = givenBy(answer);
    if (code === undefined || what === undefined) continue;
    const before = given.get(code);
    given.set(code, before === undefined ? what : givenTogether(before, what));
  }
  return given;
}
