import { scryptSync, timingSafeEqual } from 'node:crypto';

/** Cheap on purpose: four digits are guessed in no time outside of a chip, whatever the cost; the chip's lock is the defence. */
const COST = { N: 256, r: 8, p: 1 };

export function hashPin(pin: string, salt: string): string {
  return scryptSync(pin, salt, 32, COST).toString('hex');
}

export function pinFits(pin: string, salt: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashPin(pin, salt), 'hex'), Buffer.from(hash, 'hex'));
}
