import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { NotificationServiceDefinition } from '#core/wire/generated/juki/register/v1/NotificationService.js';
import { ChangeOfAddress } from '../domain/acts/change-of-address.js';
import { CodeChangeRequest } from '../domain/acts/code-change.js';
import { HouseholdChange } from '../domain/acts/household-change.js';
import { MoveIn } from '../domain/acts/move-in.js';
import { MoveOut } from '../domain/acts/move-out.js';
import { MoveOutCancellation } from '../domain/acts/move-out-cancellation.js';
import { Look } from '../domain/register/record-view.js';
import { acceptChangeOfAddress } from '../use-cases/accept-change-of-address.js';
import { acceptCodeChangeRequest } from '../use-cases/accept-code-change-request.js';
import { acceptHouseholdChange } from '../use-cases/accept-household-change.js';
import { acceptMoveIn } from '../use-cases/accept-move-in.js';
import { acceptMoveOut } from '../use-cases/accept-move-out.js';
import { cancelMoveOut } from '../use-cases/cancel-move-out.js';
import type { Counter } from '../use-cases/counter.js';
import { reissueMoveOutCertificate } from '../use-cases/reissue-move-out-certificate.js';
import { receiptMessage } from './receipt-message.js';

const V1 = 'juki.register.v1';

/** The counter for residents' notifications. */
export function notificationService(counter: Counter): RpcService {
  return rpcService<NotificationServiceDefinition>(`${V1}.NotificationService`, {
    async AcceptMoveIn(message, exchange) {
      const moveIn = readMessage(MoveIn, `${V1}.AcceptMoveInRequest`, message);
      return receiptMessage(await acceptMoveIn(counter, moveIn, exchange));
    },
    async AcceptChangeOfAddress(message, exchange) {
      const change = readMessage(ChangeOfAddress, `${V1}.AcceptChangeOfAddressRequest`, message);
      return receiptMessage(await acceptChangeOfAddress(counter, change, exchange));
    },
    async AcceptMoveOut(message, exchange) {
      const moveOut = readMessage(MoveOut, `${V1}.AcceptMoveOutRequest`, message);
      return receiptMessage(await acceptMoveOut(counter, moveOut, exchange));
    },
    async CancelMoveOut(message, exchange) {
      const cancellation = readMessage(MoveOutCancellation, `${V1}.CancelMoveOutRequest`, message);
      return receiptMessage(await cancelMoveOut(counter, cancellation, exchange));
    },
    async ReissueMoveOutCertificate(message, exchange) {
      const look = readMessage(Look, `${V1}.ReissueMoveOutCertificateRequest`, message);
      return { certificate: await reissueMoveOutCertificate(counter, look, exchange) };
    },
    async AcceptHouseholdChange(message, exchange) {
      const change = readMessage(HouseholdChange, `${V1}.AcceptHouseholdChangeRequest`, message);
      return receiptMessage(await acceptHouseholdChange(counter, change, exchange));
    },
    async AcceptCodeChangeRequest(message, exchange) {
      const request = readMessage(CodeChangeRequest, `${V1}.AcceptCodeChangeRequestRequest`, message);
      return receiptMessage(await acceptCodeChangeRequest(counter, request, exchange));
    },
  });
}
