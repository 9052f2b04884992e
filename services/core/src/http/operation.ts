import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import type { Exchange } from '../domain/exchange.js';
import { exchangeOf } from './account-for-request.js';
import { Problem } from './problem.js';

interface Operation<Body extends z.ZodType, Answer extends z.ZodType> {
  summary: string;
  body: Body;
  answer: Answer;
  /** 201 for what makes something; 200 by default. */
  status?: 200 | 201;
  act: (request: z.infer<Body>, exchange: Exchange) => Promise<z.input<Answer>>;
}

/**
 * Serves one thing that an operator can have done: POST, whatever it does, so that no name, date or code of anybody
 * stands in a path.
 */
export function operation<Body extends z.ZodType, Answer extends z.ZodType>(
  app: FastifyInstance,
  path: string,
  { summary, body, answer, status = 200, act }: Operation<Body, Answer>,
): void {
  const schema = { summary, body, response: { [status]: answer, '4xx': Problem, '5xx': Problem } };
  app.post(path, { schema }, async (request, reply) => {
    const answered = await act(request.body as z.infer<Body>, exchangeOf(request));
    return reply.code(status).send(answered);
  });
}
