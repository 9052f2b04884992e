import { makeReport, type ReportingOffice } from '../reporting/make-report.js';
import { ReportRequest } from '../reporting/report.js';
import type { ReportServiceDefinition } from '../wire/generated/juki/audit/v1/ReportService.js';
import { messageOf } from '../wire/plain.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.audit.v1';

/** What the office's log comes to in figures, for its auditors and supervisors. */
export function reportService(office: ReportingOffice): RpcService {
  return rpcService<ReportServiceDefinition>(`${V1}.ReportService`, {
    async GetReport(message, exchange) {
      exchange.purpose = 'REPORT';
      const request = readMessage(ReportRequest, `${V1}.GetReportRequest`, message);
      return messageOf(`${V1}.GetReportResponse`, { report: await makeReport(office, request) });
    },
  });
}
