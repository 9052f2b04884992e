import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import { Look } from '../domain/register/record-view.js';
import { type ReportingCounter, reportAccesses } from '../use-cases/report-accesses.js';

/** The report as a resident reads it, and as it can be checked (docs/access-report.md). */
export const AccessReportDocument = z.object({ text: z.string(), document: z.string() });

/** /access-reports: who had to do with a resident who stands at the counter. */
export function accessReportRoutes(app: FastifyInstance, counter: ReportingCounter): void {
  operation(app, '/access-reports', {
    summary: '開示: tell a resident who had to do with them',
    ...{ body: Look, answer: AccessReportDocument, status: 201 },
    act: (look, exchange) => reportAccesses(counter, look, exchange),
  });
}
