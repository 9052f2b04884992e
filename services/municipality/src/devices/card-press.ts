import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { CardKind } from '#core/domain/card-status.js';
import { chipPath, PIN_TRIES, removeChip, sealByPin, sealForKeeper, storeChip } from './chip.js';

/** What a card is made of. */
interface NewCard {
  cardNumber: string;
  kind: CardKind;
  name: string;
  residentRecordCode: string;
  expiresOn: CalendarDate;
  pin: string;
  /** 64 hex digits. */
  managementKey: string;
}

/** Makes cards, each with a key of its own that no other place ever has. */
export class CardPress {
  private readonly pockets: string;

  constructor(pockets: string) {
    this.pockets = pockets;
  }

  /** Whether there is a card of this number already: made here, or lying in this reader's reach. */
  isTaken(cardNumber: string): boolean {
    return existsSync(chipPath(this.pockets, cardNumber));
  }

  /** @returns the chip's public key: SubjectPublicKeyInfo, in base64 */
  make({ pin, managementKey, residentRecordCode, ...printed }: NewCard): string {
    const { publicKey, privateKey } = generateKeyPairSync('ec', {
      namedCurve: 'P-256',
      publicKeyEncoding: { format: 'der', type: 'spki' },
      privateKeyEncoding: { format: 'der', type: 'pkcs8' },
    });
    const secret = { residentRecordCode, privateKey: privateKey.toString('base64') };
    mkdirSync(this.pockets, { recursive: true });
    storeChip(this.pockets, {
      ...{ ...printed, triesLeft: PIN_TRIES, answers: 0 },
      ...sealByPin(secret, pin),
      ...sealForKeeper(secret, managementKey),
    });
    return publicKey.toString('base64');
  }

  /** What was made for nothing, or taken back, is nobody's. */
  shred(cardNumber: string): void {
    removeChip(this.pockets, cardNumber);
  }
}
