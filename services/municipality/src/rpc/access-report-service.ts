import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { AccessReportServiceDefinition } from '#core/wire/generated/juki/audit/v1/AccessReportService.js';
import { Look } from '../domain/register/record-view.js';
import { type ReportingCounter, reportAccesses } from '../use-cases/report-accesses.js';

/** Who had to do with a resident, for that resident, at the counter. */
export function accessReportService(counter: ReportingCounter): RpcService {
  return rpcService<AccessReportServiceDefinition>('juki.audit.v1.AccessReportService', {
    async GetAccessReport(message, exchange) {
      const look = readMessage(Look, 'juki.audit.v1.GetAccessReportRequest', message);
      return reportAccesses(counter, look, exchange);
    },
  });
}
