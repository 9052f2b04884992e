import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from '#core/domain/refusal.js';
import { refusals } from '#core/domain/refusal-table.js';
import { readBySchema } from '#core/domain/schema-fault.js';
import { escaped } from '#core/escaped.js';
import { exchangeOf } from '#core/http/account-for-request.js';
import { operation } from '#core/http/operation.js';
import { type ReportingCounter, reportOwnAccesses } from '../use-cases/report-accesses.js';
import { AccessReportDocument } from './access-reports.js';

/** A card that its holder puts into the terminal, and the PIN that they key in. */
const Card = z.strictObject({ cardNumber: z.string().max(64), pin: z.string().max(64) });

/**
 * The terminal in the town hall: /self-service is its page, /self-service/access-reports the same for programs. Who
 * signs in is the resident, with card and PIN; the terminal itself shows a certificate of the office.
 */
export function selfServiceRoutes(app: FastifyInstance, counter: ReportingCounter): void {
  operation(app, '/self-service/access-reports', {
    summary: '開示: tell residents who sign in with their card who had to do with them',
    ...{ body: Card, answer: AccessReportDocument, status: 201 },
    act: (card, exchange) => reportOwnAccesses(counter, { kind: 'CARD', ...card }, exchange),
  });
  app.register(async (page) => {
    page.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    );
    page.get('/self-service', { schema: { hide: true } }, (_request, reply) => reply.type(HTML).send(pageOf(FORM)));
    page.post('/self-service', { schema: { hide: true } }, async (request, reply) => {
      const { status, content } = await answerTo(request, counter);
      // Whoever comes to the terminal next must not find it with the back button.
      return reply.code(status).type(HTML).header('cache-control', 'no-store').send(pageOf(content));
    });
  });
}

/** What the page shows: the report, or why there is none, and the form once more. */
async function answerTo(request: FastifyRequest, counter: ReportingCounter) {
  try {
    const card = readBySchema(Card, request.body);
    const { text, document } = await reportOwnAccesses(counter, { kind: 'CARD', ...card }, exchangeOf(request));
    return { status: 200, content: reportOf(text, document) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // Accounted for as every other.
    request.refusal = error;
    const { http: status, ja, en } = refusals[error.reason];
    return { status, content: `<p role="alert">${ja} (${en})</p>\n${FORM}` };
  }
}

const HTML = 'text/html; charset=utf-8';

const FORM = `<form method="post" action="/self-service" autocomplete="off">
<p><label>カードの番号 (card number) <input name="cardNumber" required></label></p>
<p><label>暗証番号 (PIN) <input name="pin" type="password" inputmode="numeric" required></label></p>
<p><button>開示 (show who had to do with me)</button></p>
</form>`;

function reportOf(text: string, document: string): string {
  const file = `data:application/json;base64,${Buffer.from(document).toString('base64')}`;
  return `<pre>${escaped(text)}</pre>
<p><a href="${file}" download="access-report.json">確認できる文書 (the document that can be checked)</a></p>
<p><a href="/self-service">終了 (done)</a></p>`;
}

function pageOf(content: string): string {
  return `<!doctype html>
<html lang="ja"><head><meta charset="utf-8"><title>本人確認情報等の取扱いの記録</title></head>
<body><main><h1>本人確認情報等の取扱いの記録</h1>
${content}
</main></body></html>
`;
}
