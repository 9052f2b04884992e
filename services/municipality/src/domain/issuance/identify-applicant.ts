import { goesBy } from '#core/domain/personal-name.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecord } from '../register/resident-record.js';

/**
 * The one active record that answers to a name, out of those found by code or by birth date and sex.
 *
 * @throws Refusal NOT_FOUND, AMBIGUOUS, or RECORD_DELETED where only a deleted record answers.
 */
export function identifyApplicant(found: ResidentRecord[], name: string): ResidentRecord {
  const fitting = found.filter((record) => goesBy(record, name));
  const [active, another] = fitting.filter((record) => record.deletedOn === null);
  if (another) throw new Refusal('AMBIGUOUS');
  if (active) return active;
  throw new Refusal(fitting.length > 0 ? 'RECORD_DELETED' : 'NOT_FOUND');
}
