import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { PEOPLE_IN_PIECE } from '#core/domain/provision/piece.js';
import type { Batch as BatchMessage } from '#core/wire/generated/juki/provision/v1/Batch.js';
import type { BatchAnswers } from '#core/wire/generated/juki/provision/v1/BatchAnswers.js';
import { messageOf } from '#core/wire/plain.js';
import { answerMessage } from '#core/wire/provision-message.js';
import { message } from '#core/wire/schema.js';
import type { Batch } from '../domain/batch.js';

const V1 = 'juki.provision.v1';
const ANSWERS = message<BatchAnswers, BatchAnswers>(`${V1}.BatchAnswers`);

/** The wire form of a batch: progress is in people there. */
export function batchMessage({ answered, acknowledged, ...batch }: Batch): BatchMessage {
  const inPeople = (pieces: number) => Math.min(pieces * PEOPLE_IN_PIECE, batch.people);
  return messageOf<BatchMessage>(`${V1}.Batch`, {
    ...batch,
    ...{ answered: inPeople(answered), acknowledged: inPeople(acknowledged), nextPiece: acknowledged },
  });
}

/** The answers to a piece, as they travel. */
export function batchAnswers(number: number, answers: readonly ProvisionAnswer[]): Buffer {
  return ANSWERS.serialize({ number, answers: answers.map(answerMessage) });
}
