import type { FastifyInstance } from 'fastify';
import { callerUri } from '../domain/caller.js';
import { faultOf } from '../logger.js';
import { methodOf, WITHOUT_PERSONS } from './account-for-request.js';

/**
 * A line of the technical log for each request but those that are only counted: which procedure, for whom, how it ended,
 * and nothing of a person.
 */
export function tellOfRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request) => {
    const { exchange, refusal, isCounted, log } = request;
    if (isCounted) return;
    const procedure = methodOf(request);
    const line = { procedure, exchange: exchange?.id, caller: exchange && callerUri(exchange.caller) };
    if (refusal?.reason === 'INTERNAL') log.error({ ...line, fault: faultOf(refusal) }, 'failed');
    else if (refusal) log.info({ ...line, reason: refusal.reason }, 'refused');
    else if (!WITHOUT_PERSONS.includes(procedure)) log.info(line, 'answered');
  });
}
