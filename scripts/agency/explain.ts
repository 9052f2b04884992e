import type { Reason, Refusal } from '#core/domain/refusal.js';
import { refusals } from '#core/domain/refusal-table.js';

/** A refusal for whoever stands before the screen: the reason, what of the question it is about, and both languages. */
export function explain({ reason, details }: Refusal): string {
  const { office, field, fault, retryAfterSeconds } = details;
  const { en, ja }: (typeof refusals)[Reason] = refusals[reason];
  const where = office ? ` (${office})` : '';
  const what = field || fault ? `: ${[field, fault].filter(Boolean).join(' ')}` : '';
  const wait = retryAfterSeconds === undefined ? '' : `\n  again in ${retryAfterSeconds} s`;
  return `refused${where}: ${reason}${what}\n  ${en}\n  ${ja}${wait}`;
}
