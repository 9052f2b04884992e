import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type CalendarDate, isCalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import { isResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { Applicant, CardProof } from '../domain/counter/identity-proof.js';
import { pinFits } from './pin.js';

/** Widely practised: three wrong PINs in a row lock a card, until the home counter unlocks it. */
export const PIN_TRIES = 3;

/**
 * What a card's chip holds. The folder of chips stands for the pockets of the network's residents: any counter's
 * reader finds the card that its holder brought, and the chip counts wrong PINs wherever they are keyed in.
 */
export const Chip = z.strictObject({
  kind: z.enum(['JUKI_CARD', 'INDIVIDUAL_NUMBER_CARD']),
  cardNumber: z.string(),
  name: z.string(),
  residentRecordCode: z.string().refine(isResidentRecordCode),
  /** The last day it can be used. */
  expiresOn: z.string().refine(isCalendarDate),
  pinSalt: z.string(),
  pinHash: z.string().regex(/^[0-9a-f]{64}$/),
  triesLeft: z.number().int().min(0).max(PIN_TRIES),
});
export type Chip = z.infer<typeof Chip>;

/** The reader at a counter. */
export class CardReader {
  private readonly pockets: string;

  constructor(pockets: string) {
    this.pockets = pockets;
  }

  /**
   * Opens a card with the PIN that its holder keyed in.
   *
   * @throws Refusal CARD_INVALID where there is no such card, it can not be read or has expired; PIN_FAILED where the
   * PIN is wrong or the card is locked, without telling which.
   */
  read({ cardNumber, pin }: CardProof, today: CalendarDate): Applicant {
    const chip = this.chip(cardNumber);
    if (!chip || chip.expiresOn < today) throw new Refusal('CARD_INVALID');
    if (chip.triesLeft === 0) throw new Refusal('PIN_FAILED');
    // Counted before it is compared: a chip that can not count must not tell.
    storeChip(this.pockets, { ...chip, triesLeft: chip.triesLeft - 1 });
    if (!pinFits(pin, chip.pinSalt, chip.pinHash)) throw new Refusal('PIN_FAILED');
    storeChip(this.pockets, { ...chip, triesLeft: PIN_TRIES });
    return { name: chip.name, knownBy: { residentRecordCode: chip.residentRecordCode } };
  }

  private chip(cardNumber: string): Chip | undefined {
    try {
      const chip = Chip.parse(JSON.parse(readFileSync(chipPath(this.pockets, cardNumber), 'utf8')));
      return chip.cardNumber === cardNumber ? chip : undefined;
    } catch {
      return undefined;
    }
  }
}

/** Writes a chip whole or not at all. */
export function storeChip(pockets: string, chip: Chip): void {
  const path = chipPath(pockets, chip.cardNumber);
  writeFileSync(`${path}.new`, JSON.stringify(chip));
  renameSync(`${path}.new`, path);
}

/** Where a card's chip lies. */
export function chipPath(pockets: string, cardNumber: string): string {
  return join(pockets, `${cardNumber}.json`);
}
