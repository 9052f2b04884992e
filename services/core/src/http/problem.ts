import Negotiator from 'negotiator';
import { z } from 'zod';
import type { Refusal } from '../domain/refusal.js';
import { refusals } from '../domain/refusal-table.js';

/** RFC 9457: a refusal as people's programs read it. */
export const Problem = z.object({
  type: z.string().meta({ description: 'urn:juki-net:reason: and the reason' }),
  title: z.string().meta({ description: 'In the language that was asked for, Japanese or English' }),
  status: z.number().int(),
  reason: z.string().meta({ description: 'A reason of juki.error.v1.Reason, without its prefix' }),
  titles: z.object({ ja: z.string(), en: z.string() }),
  office: z.string().optional().meta({ description: 'The office that refused' }),
  field: z.string().optional(),
  fault: z.string().optional(),
});

export const PROBLEM_TYPE = 'application/problem+json';

export function problemOf({ reason, details }: Refusal, language: string | undefined): z.infer<typeof Problem> {
  const { http: status, ja, en } = refusals[reason];
  const { office, field, fault } = details;
  return {
    type: `urn:juki-net:reason:${reason}`,
    title: preferred(language) === 'ja' ? ja : en,
    status,
    reason,
    titles: { ja, en },
    ...(office && { office }),
    ...(field && { field }),
    ...(fault && { fault }),
  };
}

/** English where neither is asked for. */
function preferred(language: string | undefined): string | undefined {
  return new Negotiator({ headers: { 'accept-language': language ?? '' } }).language(['en', 'ja']);
}
