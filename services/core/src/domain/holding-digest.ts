import { createHash } from 'node:crypto';
import type { Holding } from './fold-changes.js';

/** What two levels compare of a holding: everything that it says, and its version. SHA-256. */
export function holdingDigest({ identification, version }: Pick<Holding, 'identification' | 'version'>): Buffer {
  const { name, birthDate, sex, address, residentRecordCode } = identification;
  const canonical = JSON.stringify([residentRecordCode, name, birthDate, sex, address, version]);
  return createHash('sha256').update(canonical).digest();
}

/** The ranges that a range falls into: one digit more. */
export function partsOf(prefix: string): string[] {
  return Array.from({ length: 10 }, (_, digit) => `${prefix}${digit}`);
}
