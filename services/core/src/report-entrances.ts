import type { Routes } from './http/http-server.js';
import { reportRoute } from './http/report-route.js';
import type { ReportingOffice } from './reporting/make-report.js';
import { reportService } from './rpc/report-service.js';
import type { RpcService } from './rpc/rpc-service.js';

/** Reports out of the log, the same at every office and over both its servers. */
export function reportEntrances(office: ReportingOffice): { rpc: RpcService[]; routes: Routes } {
  return { rpc: [reportService(office)], routes: (app) => reportRoute(app, office) };
}
