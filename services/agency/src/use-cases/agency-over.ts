import type { Inquiry, PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import type { Carry } from '#core/peers/carry.js';
import type { AgencyProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyProvisionService.js';
import type { BatchProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchProvisionService.js';
import { messageOf, plainOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { answerOfMessage } from '#core/wire/provision-message.js';
import {
  type BatchRequest,
  type BatchStanding,
  BatchStandingSchema,
  Purposes,
  type StatedPurpose,
} from '../domain/told.js';
import type { AskCentre } from '../peers/ask-centre.js';
import type { OpenPieces } from '../peers/open-pieces.js';
import type { QuestionMetadata, SignQuestion } from '../peers/sign-question.js';
import { keepTrying, type Trying } from './keep-trying.js';
import { type AnsweredPiece, type PiecesFrom, provideBatch } from './provide-batch.js';

const { ProvideToAgency, ListAgencyPurposes } = procedures<AgencyProvisionServiceDefinition>(
  'juki.provision.v1.AgencyProvisionService',
);
const { RequestBatch, GetBatch } = procedures<BatchProvisionServiceDefinition>(
  'juki.provision.v1.BatchProvisionService',
);

/** What an agency has done at the centre. Everything throws Refusal with the centre's reason and words. */
export interface Agency {
  /** One person, at once; tried again where the centre does not answer or says to wait. */
  provide(inquiry: Inquiry, person: PersonAskedFor): Promise<ProvisionAnswer>;
  /** What the agency may cite today. */
  purposes(): Promise<StatedPurpose[]>;
  requestBatch(request: BatchRequest): Promise<BatchStanding>;
  batch(batchId: string): Promise<BatchStanding>;
  /**
   * The answers to a batch, piece by piece, from the first that was not acknowledged. Whoever asks for the next piece has
   * the one before: keep it first. Breaks are gone over: the pieces that were under way are asked for once more.
   */
  provideBatch(batchId: string, piecesFrom: PiecesFrom): AsyncGenerator<AnsweredPiece>;
  /**
   * What has to stand in the metadata of a call of another tool's, for these bytes, once, within five minutes.
   *
   * @param procedure a gRPC method path
   */
  sign(procedure: string, request: Uint8Array): Promise<QuestionMetadata>;
  close(): void;
}

interface Means extends Trying {
  ask: AskCentre;
  /** For questions about people, which come again and again. */
  carry: Carry;
  openPieces: () => OpenPieces;
  signQuestion: SignQuestion;
  close: () => void;
}

export function agencyOver(means: Means): Agency {
  const { ask, close } = means;
  const batch = async (batchId: string) => {
    const answer = await keepTrying(means, () => ask(GetBatch, { batchId }));
    return BatchStandingSchema.parse(plainOf('juki.provision.v1.Batch', answer.batch ?? {}));
  };
  return {
    async provide(inquiry, person) {
      const request = messageOf<object>(ProvideToAgency.question, { inquiry, person });
      const { answer } = await keepTrying(means, () => ask(ProvideToAgency, request, means.carry));
      return answerOfMessage(answer);
    },
    async purposes() {
      const answer = await keepTrying(means, () => ask(ListAgencyPurposes, {}));
      return Purposes.parse(plainOf(ListAgencyPurposes.answer, answer)).purposes;
    },
    async requestBatch({ pieces, ...request }) {
      const message = messageOf<object>(RequestBatch.question, request);
      const digests = pieces.map((digest) => Buffer.from(digest, 'hex'));
      const answer = await keepTrying(means, () => ask(RequestBatch, { ...message, pieces: digests }));
      return BatchStandingSchema.parse(plainOf('juki.provision.v1.Batch', answer.batch ?? {}));
    },
    batch,
    async sign(procedure, request) {
      // Any question finds out what the centre's clock shows.
      await keepTrying(means, () => ask(ListAgencyPurposes, {}));
      return means.signQuestion(procedure, request);
    },
    provideBatch: (batchId, piecesFrom) => provideBatch({ ...means, batch }, batchId, piecesFrom),
    close,
  };
}
