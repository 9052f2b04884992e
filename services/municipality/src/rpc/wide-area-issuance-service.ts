import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { askingOffice } from '#core/rpc/asking-office.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { type CopyDataRequest, WIDE_AREA_ISSUANCE } from '../domain/issuance/copy-data-request.js';
import type { CopyRecord } from '../domain/issuance/copy-record.js';
import { copyDataRequestOfMessage } from '../wire/copy-data-message.js';
import { copyRecordMessage } from '../wire/copy-record-message.js';

type Provide = (issuing: OfficeId, request: CopyDataRequest, exchange: Exchange) => Promise<CopyRecord[]>;

/** The home municipality's side of wide-area issuance, for other municipalities. */
export function wideAreaIssuanceService(provideCopyData: Provide): RpcService {
  return rpcService<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService', {
    async ProvideCopyData(message, exchange) {
      const issuing = askingOffice(WIDE_AREA_ISSUANCE, exchange);
      const request = copyDataRequestOfMessage(message);
      const records = await provideCopyData(issuing, request, exchange);
      return { records: records.map(copyRecordMessage) };
    },
  });
}
