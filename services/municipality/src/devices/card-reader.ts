import type { CalendarDate } from '#core/domain/calendar-date.js';
import { type CardAnswer, cardAnswerBytes } from '#core/domain/card-answer.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import { signCompact } from '#core/trust/compact-signature.js';
import type { CardProof } from '../domain/counter/identity-proof.js';
import { type Chip, type Opened, openByPin, openForKeeper, PIN_TRIES, readChip, sealByPin, storeChip } from './chip.js';

/** What a card has shown: whose it is, and what its chip answered. */
export interface ShownCard {
  name: string;
  residentRecordCode: string;
  answer: CardAnswer;
}

interface Reading {
  today: CalendarDate;
  /** Whose reader it is. */
  reader: OfficeId;
  /** 32 hex digits, drawn for this reading. */
  challenge: string;
}

/** The reader at a counter. */
export class CardReader {
  private readonly pockets: string;

  constructor(pockets: string) {
    this.pockets = pockets;
  }

  /**
   * Opens a card with the PIN that its holder keyed in, and has the chip answer the reader's challenge. Whether the card
   * is good nation-wide is not for the chip to say.
   *
   * @throws Refusal CARD_INVALID where there is no such card, it can not be read or has expired; PIN_FAILED where the
   * PIN is wrong or the card is locked, without telling which.
   */
  read({ cardNumber, pin }: CardProof, { today, reader, challenge }: Reading): ShownCard {
    const { chip, secret } = this.open(cardNumber, pin, today);
    const answer = { cardNumber, challenge, count: chip.answers + 1 };
    // Counted before it answers: two answers never have one count.
    storeChip(this.pockets, { ...chip, answers: answer.count });
    const { residentRecordCode, key } = secret;
    const signature = signCompact(cardAnswerBytes({ ...answer, residentRecordCode }, reader), key).toString('hex');
    return { name: chip.name, residentRecordCode, answer: { ...answer, signature } };
  }

  /** @throws Refusal CARD_INVALID, PIN_FAILED */
  changePin({ cardNumber, pin }: CardProof, newPin: string, today: CalendarDate): void {
    const { chip, secret } = this.open(cardNumber, pin, today);
    storeChip(this.pockets, { ...chip, ...sealByPin(secret, newPin) });
  }

  /** For the municipality that keeps the card: opens it without the PIN, and sets another one. @throws Refusal CARD_INVALID */
  unlock(cardNumber: string, managementKey: string, newPin: string): void {
    const chip = readChip(this.pockets, cardNumber);
    const secret = chip && openForKeeper(chip, managementKey);
    if (!secret) throw new Refusal('CARD_INVALID');
    storeChip(this.pockets, { ...chip, ...sealByPin(secret, newPin), triesLeft: PIN_TRIES });
  }

  private open(cardNumber: string, pin: string, today: CalendarDate): { chip: Chip; secret: Opened } {
    const chip = readChip(this.pockets, cardNumber);
    if (!chip || chip.expiresOn < today) throw new Refusal('CARD_INVALID');
    if (chip.triesLeft === 0) throw new Refusal('PIN_FAILED');
    // Counted before it is compared: a chip that can not count must not tell.
    storeChip(this.pockets, { ...chip, triesLeft: chip.triesLeft - 1 });
    const secret = openByPin(chip, pin);
    if (!secret) throw new Refusal('PIN_FAILED');
    return { chip: { ...chip, triesLeft: PIN_TRIES }, secret };
  }
}
