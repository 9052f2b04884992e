import { type Fresh, newNonce } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { MoveOutCertificateServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutCertificateService.js';
import type { NoticeMoveInRequest } from '#core/wire/generated/juki/transfer/v1/NoticeMoveInRequest.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { CLAIM_RELEASE, MOVE_IN_NOTICE, type MoveInNotice } from '../domain/moves/claim.js';

/** Nobody waits at a counter for it. */
const PATIENCE_MS = 20_000;

const V1 = 'juki.transfer.v1';

const { NoticeMoveIn, ReleaseMoveOutCertificate } = procedures<MoveOutCertificateServiceDefinition>(
  `${V1}.MoveOutCertificateService`,
);

/** What the origin of a special move-in is told once it is done, or given up. */
export interface TellOrigin {
  noticeMoveIn(origin: OfficeId, notice: MoveInNotice): Promise<void>;
  release(origin: OfficeId, claimId: string, concerns: string[]): Promise<void>;
}

/** Both throw the origin's refusal, or OFFICE_UNAVAILABLE; both can be repeated. */
export function tellOrigin(asker: Asker & Fresh): TellOrigin {
  const account = (purpose: string) => ({
    ...{ id: asker.newId(), nonce: newNonce(asker), operator: 'courier', purpose },
  });
  return {
    async noticeMoveIn(origin, notice) {
      await ask(asker, NoticeMoveIn, {
        office: origin,
        request: messageOf<NoticeMoveInRequest>(`${V1}.NoticeMoveInRequest`, notice),
        ...{ account: account(MOVE_IN_NOTICE), concerns: notice.residentRecordCodes },
        ...{ reasons: ['NOT_PARTICIPATING', 'NOT_FOUND', 'MOVE_SETTLED'], withinMs: PATIENCE_MS },
      });
    },
    async release(origin, claimId, concerns) {
      await ask(asker, ReleaseMoveOutCertificate, {
        ...{ office: origin, request: { claimId }, account: account(CLAIM_RELEASE), concerns },
        ...{ reasons: ['NOT_PARTICIPATING', 'MOVE_SETTLED'], withinMs: PATIENCE_MS },
      });
    },
  };
}
