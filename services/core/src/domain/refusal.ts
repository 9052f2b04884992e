import type { OfficeId } from './office.js';
import { refusals } from './refusal-table.js';

export type Reason = keyof typeof refusals;

interface Details {
  /** The office that refused, where it is not the one that reports it. */
  office?: OfficeId;
  /** The field at fault, by its name; never its value. */
  field?: string;
  /** What is wrong with the field, without its value. */
  fault?: string;
  retryAfterSeconds?: number;
  /** What the office's clock shows, where it is too far from the asker's. */
  now?: Date;
  /** For this office's own log only. */
  cause?: unknown;
}

/** The one error that offices send: a reason from the table, never any personal data. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: Reason;
  readonly details: Details;

  constructor(reason: Reason, details: Details = {}) {
    super(refusals[reason].en, { cause: details.cause });
    this.reason = reason;
    this.details = details;
  }
}

export function isReason(text: string): text is Reason {
  return Object.hasOwn(refusals, text);
}

/** Any thrown thing as a refusal; what is not one is a fault of this office. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal('INTERNAL', { cause: error });
}
