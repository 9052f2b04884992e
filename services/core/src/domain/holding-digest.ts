import { createHash } from 'node:crypto';
import type { Holding } from './fold-changes.js';

/** What two levels compare of a holding: everything that it says, and its version. SHA-256. */
export function holdingDigest({ identification, version }: Pick<Holding, 'identification' | 'version'>): Buffer {
  const { name, birthDate, sex, address, residentRecordCode } = identification;
  const canonical = JSON.stringify([residentRecordCode, name, birthDate, sex, address, version]);
  return createHash('sha256').update(canonical).digest();
}

/** Over the digests of the holdings of a range, in the order of their codes. */
export function rangeDigest(holdings: Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const digest of holdings) hash.update(digest);
  return hash.digest();
}

/** The ranges that a range falls into: one digit more. */
export function partsOf(prefix: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${prefix}${digit}`);
}
