import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics.js';

/** GET /metrics: what waits and what drifts, as Prometheus reads it. */
export function metricsRoute(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.text()),
  );
}
