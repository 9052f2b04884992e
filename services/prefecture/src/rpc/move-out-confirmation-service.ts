import { z } from 'zod';
import { isCalendarDate } from '#core/domain/calendar-date.js';
import type { Exchange } from '#core/domain/exchange.js';
import { HIGHEST_INTEGER } from '#core/domain/highest-integer.js';
import { isLocalGovernmentCode } from '#core/domain/local-government-code.js';
import { checkLookUp } from '#core/domain/look-up.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import { isResidentRecordCode, type ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { SettledMoveOut } from '#core/domain/settled-move-out.js';
import type { Network } from '#core/network.js';
import { officeBelow } from '#core/rpc/asking-office.js';
import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { MoveOutConfirmationServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutConfirmationService.js';
import type { SettledMoveOut as SettledMoveOutMessage } from '#core/wire/generated/juki/transfer/v1/SettledMoveOut.js';
import { messageOf } from '#core/wire/plain.js';

const V1 = 'juki.transfer.v1';
const MOVE_OUT_CONFIRMATION = 'MOVE_OUT_CONFIRMATION';

const Confirmation = z.strictObject({
  moveOuts: z
    .array(
      z.strictObject({
        residentRecordCode: z.string().refine(isResidentRecordCode, 'is not a resident record code'),
        version: z.coerce.number().int().positive().max(HIGHEST_INTEGER),
        destinationMunicipality: z.string().refine(isLocalGovernmentCode, 'is not a local government code'),
        movedInOn: z.string().refine(isCalendarDate, 'is not a day of the calendar'),
      }),
    )
    .min(1)
    .max(500),
});

interface Confirmations {
  confirm: (from: OfficeId, moveOuts: SettledMoveOut[], exchange: Exchange) => Promise<void>;
  settledOf: (code: ResidentRecordCode) => Promise<SettledMoveOut[]>;
}

/** Which move-outs are settled, from the municipalities of this prefecture and for its own operators. */
export function moveOutConfirmationService(
  network: Network,
  office: OfficeId,
  { confirm, settledOf }: Confirmations,
): RpcService {
  return rpcService<MoveOutConfirmationServiceDefinition>(`${V1}.MoveOutConfirmationService`, {
    async ConfirmMoveOuts(message, exchange) {
      const sender = officeBelow({ network, office }, MOVE_OUT_CONFIRMATION, exchange);
      const { moveOuts } = readMessage(Confirmation, `${V1}.ConfirmMoveOutsRequest`, message);
      await confirm(sender, moveOuts, exchange);
      return {};
    },
    async ListSettledMoveOuts(message, exchange) {
      const { code, purpose } = checkLookUp(message);
      exchange.purpose = purpose;
      exchange.concerns.add(code);
      const settled = await settledOf(code);
      if (settled.length === 0) throw new Refusal('NOT_FOUND');
      return {
        moveOuts: settled.map((moveOut) =>
          messageOf<SettledMoveOutMessage>(`${V1}.SettledMoveOut`, { ...moveOut, version: String(moveOut.version) }),
        ),
      };
    },
  });
}
