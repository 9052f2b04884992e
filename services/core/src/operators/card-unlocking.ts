import { callerUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import { type DocumentSeal, type Seal, sealedBy } from '../trust/documents.js';
import type { TrustedAuthorities } from '../trust/peer-identity.js';

/** The lock of one card: the office's seal over this opens it, once. */
export interface CardLock {
  office: OfficeId;
  operator: string;
  /** The card's fingerprint. */
  card: string;
  /** 32 hex digits, new for each unlocking. */
  challenge: string;
}

export function sealUnlocking(seal: DocumentSeal, lock: CardLock): Seal {
  return seal.seal(unlockingOf(lock));
}

/** Whether it is the operator's own office that unlocks this very card. */
export function opens(unlocking: Seal, lock: CardLock, trusted: TrustedAuthorities): boolean {
  return sealedBy(unlockingOf(lock), unlocking, trusted) === lock.office;
}

/** Begins unlike every other document that an office seals. */
function unlockingOf({ office, operator, card, challenge }: CardLock): Buffer {
  return Buffer.from(
    `juki card unlocking\n${callerUri({ kind: 'operator', office, name: operator })}\n${card}\n${challenge}`,
  );
}
