import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OfficeId } from '../domain/office.js';

/** GET /health: that this node answers, and which office it is. */
export function healthRoute(app: FastifyInstance, office: OfficeId): void {
  const Health = z.object({ status: z.literal('SERVING'), office: z.string() });
  const schema = { response: { 200: Health } };
  app.withTypeProvider<ZodTypeProvider>().get('/health', { schema }, () => ({ status: 'SERVING' as const, office }));
}
