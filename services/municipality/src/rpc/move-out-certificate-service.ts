import { askingOffice } from '#core/rpc/asking-office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { ClaimMoveOutCertificateResponse } from '#core/wire/generated/juki/transfer/v1/ClaimMoveOutCertificateResponse.js';
import type { MoveOutCertificateServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutCertificateService.js';
import { messageOf } from '#core/wire/plain.js';
import {
  AskedClaim,
  type CertificateInformation,
  CLAIM_RELEASE,
  ClaimId,
  MOVE_IN_NOTICE,
  MoveInNotice,
  SPECIAL_MOVE_IN,
} from '../domain/moves/claim.js';
import { grantClaim } from '../use-cases/grant-claim.js';
import type { Registrar } from '../use-cases/registrar.js';
import { noteMoveIn, takeClaimBack } from '../use-cases/settle-claim.js';

const V1 = 'juki.transfer.v1';

/** The origin's side of special move-ins, for the municipalities that people move to. */
export function moveOutCertificateService(origin: Registrar): RpcService {
  return rpcService<MoveOutCertificateServiceDefinition>(`${V1}.MoveOutCertificateService`, {
    async ClaimMoveOutCertificate(message, exchange) {
      const destination = askingOffice(SPECIAL_MOVE_IN, exchange);
      const claim = readMessage(AskedClaim, `${V1}.ClaimMoveOutCertificateRequest`, message);
      return informationMessage(await grantClaim(origin, destination, claim, exchange));
    },
    async ReleaseMoveOutCertificate(message, exchange) {
      const destination = askingOffice(CLAIM_RELEASE, exchange);
      const { claimId } = readMessage(ClaimId, `${V1}.ReleaseMoveOutCertificateRequest`, message);
      await takeClaimBack(origin, destination, claimId, exchange);
      return {};
    },
    async NoticeMoveIn(message, exchange) {
      const destination = askingOffice(MOVE_IN_NOTICE, exchange);
      const notice = readMessage(MoveInNotice, `${V1}.NoticeMoveInRequest`, message);
      await noteMoveIn(origin, destination, notice, exchange);
      return {};
    },
  });
}

function informationMessage({ people, ...information }: CertificateInformation): ClaimMoveOutCertificateResponse {
  return messageOf<ClaimMoveOutCertificateResponse>(`${V1}.ClaimMoveOutCertificateResponse`, {
    ...information,
    people: people.map(({ cards, version, ...one }) => ({
      ...{ ...one, version: String(version) },
      cards: cards.map((card) => ({ ...card, version: String(card.version) })),
    })),
  });
}
