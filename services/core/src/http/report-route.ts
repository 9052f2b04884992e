import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { makeReport, type ReportingOffice } from '../reporting/make-report.js';
import { FISCAL_YEARS, REPORT_KINDS, type ReportKind } from '../reporting/report.js';
import { reportCsv } from '../reporting/report-csv.js';
import { PAGE_POLICY, reportPage } from '../reporting/report-page.js';
import { exchangeOf } from './account-for-request.js';

const Which = z.strictObject({ kind: z.enum(REPORT_KINDS.map((kind) => kind.toLowerCase())) });
const How = z.strictObject({
  year: z.coerce
    .number()
    .int()
    .min(FISCAL_YEARS.first)
    .max(FISCAL_YEARS.last)
    .meta({ description: '会計年度: 2016 is 1 April 2016 to 31 March 2017' }),
  format: z.enum(['html', 'csv']).default('html'),
});

const MEDIA = { html: 'text/html; charset=utf-8', csv: 'text/csv; charset=utf-8' };
const schema = {
  summary: '報告: what the log comes to in figures; refusals are problem documents, as everywhere',
  params: Which,
  querystring: How,
  // Of all answers alike, so that refusals have no place beside it.
  produces: ['text/html', 'text/csv'],
  response: { 200: z.string() },
};

/** GET /reports/:kind: a report out of the log, as a page or as a table. */
export function reportRoute(app: FastifyInstance, office: ReportingOffice): void {
  app.get('/reports/:kind', { schema }, async (request, reply) => {
    exchangeOf(request).purpose = 'REPORT';
    const { kind } = request.params as z.infer<typeof Which>;
    const { year, format } = request.query as z.infer<typeof How>;
    const report = await makeReport(office, { kind: kind.toUpperCase() as ReportKind, fiscalYear: year });
    reply.type(MEDIA[format]).header('cache-control', 'no-store');
    if (format === 'html') return reply.header('content-security-policy', PAGE_POLICY).send(reportPage(report));
    const name = `attachment; filename="${kind}-${year}.csv"`;
    return reply.header('content-disposition', name).send(reportCsv(report));
  });
}
