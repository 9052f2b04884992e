import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { refusals } from '../domain/refusal-table.js';
import { schemaFault } from '../domain/schema-fault.js';
import { account, begin, type RequestDesk } from './account-for-request.js';
import { limitRequest } from './limit-rate.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

/** Whatever is thrown leaves as a problem document with a reason of the table, and without the words of the error. */
export function refuseWithProblem(app: FastifyInstance, office: OfficeId): void {
  app.setErrorHandler((error: FastifyError, request, reply) => reply.send(problemFor(error, request, reply, office)));
  app.setNotFoundHandler(() => {
    throw new Refusal('NO_SUCH_PROCEDURE', { office });
  });
}

/** For a path that can not be read: Fastify asks neither hooks nor handlers, so all that they do is done here. */
export async function refuseWithoutRoute(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  desk: RequestDesk,
): Promise<void> {
  begin(request, desk);
  const problem = problemFor(limitRequest(request, desk) ?? error, request, reply, desk.office);
  reply.send(await account(request, reply, problem, desk));
}

function problemFor(
  error: FastifyError | Refusal,
  request: FastifyRequest,
  reply: FastifyReply,
  office: OfficeId,
): string {
  const refusal = refusalOfHttp(error, office);
  request.refusal = refusal;
  const { retryAfterSeconds } = refusal.details;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
  reply.code(refusals[refusal.reason].http).type(PROBLEM_TYPE);
  return JSON.stringify(problemOf(refusal, request.headers['accept-language']));
}

function refusalOfHttp(error: FastifyError | Refusal, office: OfficeId): Refusal {
  if (error instanceof Refusal) return new Refusal(error.reason, { office, ...error.details, cause: error.cause });
  if (error.validation) return malformed(error, office);
  if (error.code === 'FST_ERR_BAD_URL') return new Refusal('INVALID_REQUEST', { office, fault: 'has no path to read' });
  if (error.statusCode === 413) return new Refusal('MESSAGE_TOO_LARGE', { office });
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new Refusal('INVALID_REQUEST', { office, fault: 'is not a well-formed JSON document', cause: error });
  return new Refusal('INTERNAL', { office, cause: error });
}

function malformed({ validation }: FastifyError, office: OfficeId): Refusal {
  const [first] = validation ?? [];
  if (!first) return new Refusal('INVALID_REQUEST', { office });
  const path = first.instancePath.split('/').filter(Boolean);
  const issue = { code: first.keyword, path, message: first.message ?? 'is not well formed' };
  return new Refusal('INVALID_REQUEST', { office, ...schemaFault(issue) });
}
