import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LogsStanding } from '../audit/logs-standing.js';
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

const Seen = z.array(z.object({ office: z.string(), size: z.number(), ageSeconds: z.number() }));

const Health = z.object({
  status: z.literal('SERVING'),
  office: z.string(),
  certificate: z.object({ endsAt: z.string(), daysLeft: z.number() }),
  revocationLists: z.object({ offices: List, operators: List, agencies: List }),
  directory: Directory,
  logs: z.object({ witnessedBy: Seen, witnessed: Seen, contradicted: z.array(z.string()) }),
  warnings: z.array(z.string()),
});

type Standing = CredentialsStanding & { directory: DirectoryStanding; logs: LogsStanding };

/** What an office shows and believes, what it holds of the directory, who has seen which log; the warnings of all. */
export function standingOf(
  credentials: CredentialsStanding,
  { warnings, ...directory }: DirectoryStanding & { warnings: string[] },
  seen: { logs: LogsStanding; warnings: string[] },
): Standing {
  const all = [...credentials.warnings, ...warnings, ...seen.warnings];
  return { ...credentials, directory, logs: seen.logs, warnings: all };
}

/** GET /health: that this node answers, which office it is, how long what it shows and believes goes on, the directory, and witnesses. */
export function healthRoute(app: FastifyInstance, office: OfficeId, standing: () => Promise<Standing>): void {
  const schema = { response: { 200: Health } };
  app
    .withTypeProvider<ZodTypeProvider>()
    .get('/health', { schema }, async () => ({ status: 'SERVING' as const, office, ...(await standing()) }));
}
