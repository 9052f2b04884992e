import { type Fresh, newNonce } from '#core/domain/exchange.js';
import type { SettledMoveOut } from '#core/domain/settled-move-out.js';
import { type Asker, ask } from '#core/peers/ask.js';
import type { Consignment } from '#core/propagation/dispatch.js';
import type { MoveOutConfirmationServiceDefinition } from '#core/wire/generated/juki/transfer/v1/MoveOutConfirmationService.js';
import type { SettledMoveOut as SettledMoveOutMessage } from '#core/wire/generated/juki/transfer/v1/SettledMoveOut.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';

/** Nobody waits at a counter for it. */
const PATIENCE_MS = 20_000;
const MOST = 500;

const V1 = 'juki.transfer.v1';

const { ConfirmMoveOuts } = procedures<MoveOutConfirmationServiceDefinition>(`${V1}.MoveOutConfirmationService`);

/** Move-out confirmations (転出確定通知) on their way to the prefecture (Order 24-3). */
export function confirmedMoveOuts(asker: Asker & Fresh): Consignment<SettledMoveOut> {
  return {
    ...{ kind: 'MOVE_OUT_CONFIRMATION', most: MOST, among: 'PARTICIPANTS' },
    async handOver(prefecture, settled) {
      await ask(asker, ConfirmMoveOuts, {
        office: prefecture,
        request: {
          moveOuts: settled.map((one) =>
            messageOf<SettledMoveOutMessage>(`${V1}.SettledMoveOut`, { ...one, version: String(one.version) }),
          ),
        },
        account: { id: asker.newId(), nonce: newNonce(asker), operator: 'courier', purpose: 'MOVE_OUT_CONFIRMATION' },
        concerns: settled.map(({ residentRecordCode }) => residentRecordCode),
        ...{ reasons: ['NOT_PARTICIPATING'], withinMs: PATIENCE_MS },
      });
    },
  };
}
