import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  type KeyObject,
  randomBytes,
  scryptSync,
} from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { isCalendarDate } from '#core/domain/calendar-date.js';
import { CARD_KINDS } from '#core/domain/card-status.js';
import { HIGHEST_INTEGER } from '#core/domain/highest-integer.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';

/** Widely practised: three wrong PINs in a row lock a card, until the home counter unlocks it. */
export const PIN_TRIES = 3;

/** One less than what offices have room for. */
const MOST_ANSWERS = HIGHEST_INTEGER - 1;

const Sealed = z.string().regex(/^[0-9a-f]{58,4096}$/);

/**
 * What a card's chip holds. The folder of chips stands for the pockets of the network's residents: any counter's
 * reader finds the card that its holder brought, and the chip counts wrong PINs, and its answers, wherever that is.
 */
export const Chip = z.strictObject({
  kind: z.enum(CARD_KINDS),
  cardNumber: z.string(),
  /** As it is printed on the card. */
  name: z.string(),
  /** The last day it can be used. */
  expiresOn: z.string().refine(isCalendarDate),
  pinSalt: z.string(),
  /** Code and key, which the PIN opens. */
  sealedByPin: Sealed,
  /** The same, for the municipality that keeps the card: to unlock it. */
  sealedForKeeper: Sealed,
  triesLeft: z.number().int().min(0).max(PIN_TRIES),
  /** How often it has answered; one that can count no further answers no more. */
  answers: z.number().int().min(0).max(MOST_ANSWERS),
});
export type Chip = z.infer<typeof Chip>;

/** What only the PIN opens. */
const Secret = z.strictObject({
  residentRecordCode: z.string().refine(isResidentRecordCode),
  privateKey: z.base64().meta({ description: 'P-256, PKCS #8' }),
});
export type Secret = z.infer<typeof Secret>;

/** A secret, once it is open. */
export interface Opened extends Secret {
  key: KeyObject;
}

/** Cheap on purpose: four digits are guessed in no time outside of a chip, whatever the cost; the chip's lock is the defence. */
const COST = { N: 256, r: 8, p: 1 };
const IV_BYTES = 12;
const TAG_BYTES = 16;

export function sealByPin(
  { residentRecordCode, privateKey }: Secret,
  pin: string,
): Pick<Chip, 'pinSalt' | 'sealedByPin'> {
  const pinSalt = randomBytes(8).toString('hex');
  return { pinSalt, sealedByPin: seal({ residentRecordCode, privateKey }, keyOfPin(pin, pinSalt)) };
}

export function sealForKeeper(secret: Secret, managementKey: string): Pick<Chip, 'sealedForKeeper'> {
  return { sealedForKeeper: seal(secret, Buffer.from(managementKey, 'hex')) };
}

/** Undefined where it is another PIN. */
export function openByPin({ sealedByPin, pinSalt }: Chip, pin: string): Opened | undefined {
  return open(sealedByPin, keyOfPin(pin, pinSalt));
}

/** Undefined where it is another municipality's key. */
export function openForKeeper({ sealedForKeeper }: Chip, managementKey: string): Opened | undefined {
  return open(sealedForKeeper, Buffer.from(managementKey, 'hex'));
}

/** Undefined where there is none, or it is damaged, or another card's. */
export function readChip(pockets: string, cardNumber: string): Chip | undefined {
  try {
    const chip = Chip.parse(JSON.parse(readFileSync(chipPath(pockets, cardNumber), 'utf8')));
    return chip.cardNumber === cardNumber ? chip : undefined;
  } catch {
    return undefined;
  }
}

/** Writes a chip whole or not at all. */
export function storeChip(pockets: string, chip: Chip): void {
  const path = chipPath(pockets, chip.cardNumber);
  writeFileSync(`${path}.new`, JSON.stringify(chip));
  renameSync(`${path}.new`, path);
}

export function removeChip(pockets: string, cardNumber: string): void {
  rmSync(chipPath(pockets, cardNumber), { force: true });
}

/** Where a card's chip lies. */
export function chipPath(pockets: string, cardNumber: string): string {
  return join(pockets, `${cardNumber}.json`);
}

function keyOfPin(pin: string, salt: string): Buffer {
  return scryptSync(pin, salt, 32, COST);
}

/** AES-256-GCM: whoever has another key, or has changed a bit, gets nothing. */
function seal(secret: Secret, key: Buffer): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const content = Buffer.concat([cipher.update(JSON.stringify(secret)), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), content]).toString('hex');
}

function opened(secret: Secret): Opened {
  const key = createPrivateKey({ key: Buffer.from(secret.privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new RangeError('not a key of a card');
  return { ...secret, key };
}

function open(sealed: string, key: Buffer): Opened | undefined {
  const bytes = Buffer.from(sealed, 'hex');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  try {
    const content = Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
    return opened(Secret.parse(JSON.parse(content.toString())));
  } catch {
    return undefined;
  }
}
