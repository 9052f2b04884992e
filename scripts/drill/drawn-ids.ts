import type { Random } from '../seed/random.js';

export function bytesFrom(random: Random, size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, () => random.integer(256)));
}

/** A UUID of version 4. */
export function uuidFrom(random: Random): string {
  const bytes = bytesFrom(random, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
