import { X509Certificate } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { findOperator, setCard } from '../storage/operators.js';
import type { CoreTables } from '../storage/tables.js';
import type { Credentials } from '../trust/credentials.js';
import { type Shown, shownBy } from '../trust/peer-identity.js';
import { cardFingerprint } from './card-fingerprint.js';
import type { Sessions, SignedIn } from './session.js';

interface Office {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  credentials: Pick<Credentials, 'trusted' | 'lists'>;
  sessions: Sessions;
}

interface Replacement {
  /** Whose card it is. */
  operator: string;
  /** Of the card, DER. */
  certificate: Uint8Array;
}

/**
 * Enters the card that an operator holds from now on. What was begun with the card of before ends.
 *
 * @throws Refusal SECOND_PERSON_NEEDED where somebody enters their own; INVALID_REQUEST where there is no such operator, or
 * it is no card of theirs that is good
 */
export async function replaceCard(
  { office, ledger, credentials, sessions }: Office,
  by: SignedIn,
  { operator, certificate }: Replacement,
): Promise<void> {
  if (by.name === operator) throw new Refusal('SECOND_PERSON_NEEDED');
  if (!(await findOperator(ledger, operator)))
    throw new Refusal('INVALID_REQUEST', { field: 'operator', fault: 'is no operator of this office' });
  const shown = read(certificate, credentials);
  const isTheirs =
    shown?.caller.kind === 'operator' && shown.caller.office === office && shown.caller.name === operator;
  if (!shown || !isTheirs || shown.revokedOn)
    throw new Refusal('INVALID_REQUEST', {
      field: 'certificate',
      fault: 'is not that of a good card of this operator',
    });
  await setCard(ledger, operator, cardFingerprint(certificate));
  sessions.endAllOf(operator);
}

function read(certificate: Uint8Array, credentials: Office['credentials']): Shown | undefined {
  try {
    return shownBy(new X509Certificate(certificate), credentials);
  } catch {
    return undefined;
  }
}
