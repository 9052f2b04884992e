import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { MoveOutCertificate as CertificateMessage } from '#core/wire/generated/juki/register/v1/MoveOutCertificate.js';
import type { BeginSpecialMoveInResponse } from '#core/wire/generated/juki/transfer/v1/BeginSpecialMoveInResponse.js';
import type { Move as MoveMessage } from '#core/wire/generated/juki/transfer/v1/Move.js';
import type { SpecialMoveServiceDefinition } from '#core/wire/generated/juki/transfer/v1/SpecialMoveService.js';
import { messageOf } from '#core/wire/plain.js';
import { ArrivalId, FirstMoveIn, SpecialMoveIn } from '../domain/moves/arrival.js';
import { SpecialMoveOut } from '../domain/moves/departure.js';
import { LookAtMoves } from '../domain/moves/move-view.js';
import { Look } from '../domain/register/record-view.js';
import { acceptSpecialMoveOut } from '../use-cases/accept-special-move-out.js';
import { beginSpecialMoveIn, begunView } from '../use-cases/begin-special-move-in.js';
import { completeSpecialMoveIn } from '../use-cases/complete-special-move-in.js';
import type { Counter } from '../use-cases/counter.js';
import { issueCertificateInstead } from '../use-cases/issue-certificate-instead.js';
import { listMoves } from '../use-cases/list-moves.js';
import { releaseSpecialMoveIn } from '../use-cases/release-special-move-in.js';
import { receiptMessage } from './receipt-message.js';

const V1 = 'juki.transfer.v1';

/** The counter for people who move with a card, at either end. */
export function specialMoveService(counter: Counter): RpcService {
  return rpcService<SpecialMoveServiceDefinition>(`${V1}.SpecialMoveService`, {
    async AcceptSpecialMoveOut(message, exchange) {
      const moveOut = readMessage(SpecialMoveOut, `${V1}.AcceptSpecialMoveOutRequest`, message);
      return receiptMessage(await acceptSpecialMoveOut(counter, moveOut, exchange));
    },
    async IssueCertificateInstead(message, exchange) {
      const look = readMessage(Look, `${V1}.IssueCertificateInsteadRequest`, message);
      const certificates = await issueCertificateInstead(counter, look, exchange);
      return {
        certificates: certificates.map((one) =>
          messageOf<CertificateMessage>('juki.register.v1.MoveOutCertificate', one),
        ),
      };
    },
    async BeginSpecialMoveIn(message, exchange) {
      const moveIn = readMessage(FirstMoveIn, `${V1}.BeginSpecialMoveInRequest`, message);
      const begun = begunView(await beginSpecialMoveIn(counter, moveIn, exchange));
      return messageOf<BeginSpecialMoveInResponse>(`${V1}.BeginSpecialMoveInResponse`, begun);
    },
    async CompleteSpecialMoveIn(message, exchange) {
      const moveIn = readMessage(SpecialMoveIn, `${V1}.CompleteSpecialMoveInRequest`, message);
      return receiptMessage(await completeSpecialMoveIn(counter, moveIn, exchange));
    },
    async ReleaseSpecialMoveIn(message, exchange) {
      const { arrivalId } = readMessage(ArrivalId, `${V1}.ReleaseSpecialMoveInRequest`, message);
      await releaseSpecialMoveIn(counter, arrivalId, exchange);
      return {};
    },
    async ListMoves(message, exchange) {
      const { purpose } = readMessage(LookAtMoves, `${V1}.ListMovesRequest`, message);
      const moves = await listMoves(counter, purpose, exchange);
      return { moves: moves.map((move) => messageOf<MoveMessage>(`${V1}.Move`, move)) };
    },
  });
}
