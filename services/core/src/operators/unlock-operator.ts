import type { Kysely } from 'kysely';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { findOperator, forgetTries } from '../storage/operators.js';
import type { CoreTables } from '../storage/tables.js';
import type { DocumentSeal, Seal } from '../trust/documents.js';
import { sealUnlocking } from './card-unlocking.js';
import type { SignedIn } from './session.js';

interface Office {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  seal: DocumentSeal;
}

interface Unlocking {
  /** Who is locked out. */
  operator: string;
  /** What their card shows; undefined where the card is not locked. */
  cardChallenge?: string | undefined;
}

/**
 * Lets an operator sign in again, and opens the lock of the card that they hold now.
 *
 * @returns what the card opens with; undefined where nothing of it was shown
 * @throws Refusal SECOND_PERSON_NEEDED where somebody unlocks themselves; INVALID_REQUEST where there is no such operator
 */
export async function unlockOperator(
  { office, ledger, seal }: Office,
  by: SignedIn,
  { operator, cardChallenge: challenge }: Unlocking,
): Promise<Seal | undefined> {
  if (by.name === operator) throw new Refusal('SECOND_PERSON_NEEDED');
  const found = await findOperator(ledger, operator);
  if (!found) throw new Refusal('INVALID_REQUEST', { field: 'operator', fault: 'is no operator of this office' });
  await forgetTries(ledger, operator);
  return challenge === undefined ? undefined : sealUnlocking(seal, { office, operator, card: found.card, challenge });
}
