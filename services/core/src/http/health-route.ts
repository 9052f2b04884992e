import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OfficeId } from '../domain/office.js';
import type { CredentialsStanding } from '../trust/validity.js';

const List = z.object({
  number: z.number(),
  issuedAt: z.string(),
  renewBy: z.string(),
  daysLeft: z.number(),
  ageHours: z.number(),
  revoked: z.number(),
});

const Health = z.object({
  status: z.literal('SERVING'),
  office: z.string(),
  certificate: z.object({ endsAt: z.string(), daysLeft: z.number() }),
  revocationLists: z.object({ offices: List, operators: List, agencies: List }),
  warnings: z.array(z.string()),
});

/** GET /health: that this node answers, which office it is, and how long what it shows and believes goes on. */
export function healthRoute(app: FastifyInstance, office: OfficeId, standing: () => CredentialsStanding): void {
  const schema = { response: { 200: Health } };
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/health', { schema }, () => ({ status: 'SERVING' as const, office, ...standing() }));
}
