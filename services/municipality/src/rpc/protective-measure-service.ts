import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { ProtectiveMeasure as MeasureMessage } from '#core/wire/generated/juki/register/v1/ProtectiveMeasure.js';
import type { ProtectiveMeasureServiceDefinition } from '#core/wire/generated/juki/register/v1/ProtectiveMeasureService.js';
import { messageOf } from '#core/wire/plain.js';
import { MeasureApplication, MeasureId, type MeasureView } from '../domain/protection/protective-measure.js';
import { Look } from '../domain/register/record-view.js';
import type { Counter } from '../use-cases/counter.js';
import { endProtectiveMeasure } from '../use-cases/end-protective-measure.js';
import { listProtectiveMeasures } from '../use-cases/list-protective-measures.js';
import { renewProtectiveMeasure } from '../use-cases/renew-protective-measure.js';
import { setProtectiveMeasure } from '../use-cases/set-protective-measure.js';

const V1 = 'juki.register.v1';

/** Protective measures, for this municipality's own operators. */
export function protectiveMeasureService(counter: Counter): RpcService {
  return rpcService<ProtectiveMeasureServiceDefinition>(`${V1}.ProtectiveMeasureService`, {
    async SetProtectiveMeasure(message, exchange) {
      const application = readMessage(MeasureApplication, `${V1}.SetProtectiveMeasureRequest`, message);
      return { measure: measureMessage(await setProtectiveMeasure(counter, application, exchange)) };
    },
    async RenewProtectiveMeasure(message, exchange) {
      const { measureId } = readMessage(MeasureId, `${V1}.RenewProtectiveMeasureRequest`, message);
      return { measure: measureMessage(await renewProtectiveMeasure(counter, measureId, exchange)) };
    },
    async EndProtectiveMeasure(message, exchange) {
      const { measureId } = readMessage(MeasureId, `${V1}.EndProtectiveMeasureRequest`, message);
      return { measure: measureMessage(await endProtectiveMeasure(counter, measureId, exchange)) };
    },
    async ListProtectiveMeasures(message, exchange) {
      const look = readMessage(Look, `${V1}.ListProtectiveMeasuresRequest`, message);
      return { measures: (await listProtectiveMeasures(counter.ledger, look, exchange)).map(measureMessage) };
    },
  });
}

function measureMessage(measure: MeasureView): MeasureMessage {
  return messageOf<MeasureMessage>(`${V1}.ProtectiveMeasure`, measure);
}
