import type { FastifyError, FastifyInstance } from 'fastify';
import type { OfficeId } from '../domain/office.js';
import { Refusal, refusals } from '../domain/refusal.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

/** Whatever is thrown leaves as a problem document with a reason of the table, and without the words of the error. */
export function refuseWithProblem(app: FastifyInstance, office: OfficeId): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = refusalOfHttp(error, office);
    request.refusal = refusal;
    const { retryAfterSeconds } = refusal.details;
    if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds);
    const problem = problemOf(refusal, request.headers['accept-language']);
    return reply.code(refusals[refusal.reason].http).type(PROBLEM_TYPE).send(JSON.stringify(problem));
  });
  app.setNotFoundHandler(() => {
    throw new Refusal('NO_SUCH_PROCEDURE', { office });
  });
}

function refusalOfHttp(error: FastifyError, office: OfficeId): Refusal {
  if (error instanceof Refusal) return new Refusal(error.reason, { office, ...error.details, cause: error.cause });
  if (error.validation) return malformed(error, office);
  if (error.statusCode === 413) return new Refusal('MESSAGE_TOO_LARGE', { office });
  if (error.statusCode !== undefined && error.statusCode < 500)
    return new Refusal('INVALID_REQUEST', { office, fault: 'is not a well-formed JSON document', cause: error });
  return new Refusal('INTERNAL', { office, cause: error });
}

function malformed({ validation }: FastifyError, office: OfficeId): Refusal {
  const [first] = validation ?? [];
  const field = first?.instancePath.replace(/^\//, '').replaceAll('/', '.') ?? '';
  return new Refusal('INVALID_REQUEST', { office, field, fault: first?.message ?? 'is not well formed' });
}
