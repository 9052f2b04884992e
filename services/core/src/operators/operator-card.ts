import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type Caller, callerOfUri } from '../domain/caller.js';
import { Refusal } from '../domain/refusal.js';
import type { Seal } from '../trust/documents.js';
import { type TrustedAuthorities, urisOf } from '../trust/peer-identity.js';
import { cardFingerprint } from './card-fingerprint.js';
import { type CardLock, opens } from './card-unlocking.js';

/** As widely practised: three wrong PINs in a row lock a card. */
const PIN_TRIES = 3;

/**
 * What is on the chip. The key is PKCS #8, encrypted with AES-256 under the PIN. Who copies the file can guess the PIN
 * of it in no time, as nobody can with a real chip: the count of tries holds for this device, and the password stays.
 */
const Chip = z.strictObject({
  certificate: z.string(),
  encryptedKey: z.string(),
  triesLeft: z.number().int().min(0).max(PIN_TRIES),
  challenge: z.string().regex(/^[0-9a-f]{32}$/),
});
type Chip = z.infer<typeof Chip>;

type RandomBytes = (size: number) => Buffer;

/** What an open card does for its holder: show its certificate, and sign with its key. */
export interface OpenCard {
  /** PEM. */
  certificate: string;
  key: KeyObject;
}

/** An operator's IC card, in its holder's own reader. The office never sees its PIN. */
export class OperatorCard {
  private readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Makes a new card; a file that is there is replaced. */
  static issue(path: string, { certificate, key }: OpenCard, pin: string, randomBytes: RandomBytes): OperatorCard {
    const encryption = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: pin } as const;
    const encryptedKey = key.export(encryption).toString();
    store(path, { certificate, encryptedKey, triesLeft: PIN_TRIES, challenge: newChallenge(randomBytes) });
    return new OperatorCard(path);
  }

  /** The certificate on it, PEM, locked or not; undefined where there is no card that can be read. */
  certificate(): string | undefined {
    try {
      return this.chip().certificate;
    } catch {
      return undefined;
    }
  }

  /** Puts another certificate of the same key on the card: whoever does that need not know the PIN. */
  renew(certificate: string): void {
    const chip = this.chip();
    if (cardFingerprint(certificate) !== cardFingerprint(chip.certificate))
      throw new RangeError('the certificate is of another key');
    store(this.path, { ...chip, certificate });
  }

  /**
   * @throws Refusal CARD_INVALID where there is no card, or it can not be read; PIN_FAILED where the PIN is wrong or the
   * card is locked, without telling which
   */
  open(pin: string): OpenCard {
    const chip = this.chip();
    if (chip.triesLeft === 0) throw new Refusal('PIN_FAILED');
    // Counted before it is compared: a chip that can not count must not tell.
    store(this.path, { ...chip, triesLeft: chip.triesLeft - 1 });
    const key = keyOf(chip, pin);
    if (!key) throw new Refusal('PIN_FAILED');
    store(this.path, { ...chip, triesLeft: PIN_TRIES });
    return { certificate: chip.certificate, key };
  }

  /** What the holder's office has to seal so that the card opens again. Anybody may see it. */
  lock(): CardLock {
    const { certificate, challenge } = this.chip();
    const { office, name: operator, card } = holderOf(certificate);
    return { office, operator, card, challenge };
  }

  /**
   * Puts the tries back. The PIN stays; who has forgotten it needs a new card. An unlocking serves once.
   *
   * @throws Refusal CARD_INVALID where it is not the holder's office that unlocks this card at this time
   */
  unlock(unlocking: Seal, trusted: TrustedAuthorities, randomBytes: RandomBytes): void {
    if (!opens(unlocking, this.lock(), trusted)) throw new Refusal('CARD_INVALID');
    store(this.path, { ...this.chip(), triesLeft: PIN_TRIES, challenge: newChallenge(randomBytes) });
  }

  private chip(): Chip {
    try {
      const chip = Chip.parse(JSON.parse(readFileSync(this.path, 'utf8')));
      holderOf(chip.certificate);
      return chip;
    } catch (cause) {
      throw new Refusal('CARD_INVALID', { cause });
    }
  }
}

/** Undefined where the PIN does not decrypt it to the key of the certificate. */
function keyOf({ encryptedKey, certificate }: Chip, pin: string): KeyObject | undefined {
  try {
    const key = createPrivateKey({ key: encryptedKey, passphrase: pin });
    return new X509Certificate(certificate).checkPrivateKey(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function holderOf(pem: string): Extract<Caller, { kind: 'operator' }> & { card: string } {
  const certificate = new X509Certificate(pem);
  const holder = callerOfUri(urisOf(certificate.subjectAltName ?? '')[0] ?? '');
  if (holder?.kind !== 'operator') throw new RangeError('the certificate names no operator');
  return { ...holder, card: cardFingerprint(pem) };
}

function newChallenge(randomBytes: RandomBytes): string {
  return randomBytes(16).toString('hex');
}

/** Whole or not at all, and for its holder alone. */
function store(path: string, chip: Chip): void {
  // Of this process alone: two tools can read one card at a time.
  const written = `${path}.${process.pid}.new`;
  rmSync(written, { force: true });
  writeFileSync(written, JSON.stringify(chip), { mode: 0o600 });
  renameSync(written, path);
}
