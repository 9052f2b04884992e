import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { DirectoryStanding } from '../directory/directory-standing.js';
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

const Directory = z.object({
  number: z.number(),
  issuedAt: z.string().nullable(),
  ageSeconds: z.number().nullable(),
  unconfirmedSeconds: z.number(),
  threatLevel: z.number(),
  cutOff: z.array(z.string()),
  thisOfficeCutOff: z.boolean(),
});

const Health = z.object({
  status: z.literal('SERVING'),
  office: z.string(),
  certificate: z.object({ endsAt: z.string(), daysLeft: z.number() }),
  revocationLists: z.object({ offices: List, operators: List, agencies: List }),
  directory: Directory,
  warnings: z.array(z.string()),
});

type Standing = CredentialsStanding & { directory: DirectoryStanding };

/** What an office shows and believes, and what it holds of the directory; the warnings of both. */
export function standingOf(
  credentials: CredentialsStanding,
  { warnings, ...directory }: DirectoryStanding & { warnings: string[] },
): Standing {
  return { ...credentials, directory, warnings: [...credentials.warnings, ...warnings] };
}

/** GET /health: that this node answers, which office it is, how long what it shows and believes goes on, and the directory. */
export function healthRoute(app: FastifyInstance, office: OfficeId, standing: () => Standing): void {
  const schema = { response: { 200: Health } };
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/health', { schema }, () => ({ status: 'SERVING' as const, office, ...standing() }));
}
