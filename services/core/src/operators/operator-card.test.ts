import { createPublicKey, randomBytes, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { refusedAs } from '../../../../test/support/households.js';
import { Cards } from '../../../../test/support/operator-cards.js';
import { DocumentSeal, type Seal } from '../trust/documents.js';
import { sealUnlocking } from './card-unlocking.js';
import { OperatorCard } from './operator-card.js';

const BUNKYO = 'municipality/131059';
const HOLDER = { kind: 'operator', office: BUNKYO, name: 'operator-1' } as const;
const [PIN, WRONG] = ['012345', '543210'];
const PIN_FAILED = refusedAs('PIN_FAILED', {});
const CARD_INVALID = expect.objectContaining({ reason: 'CARD_INVALID' });
const cards = new Cards();
const issued = cards.of(HOLDER);

let folder: string;
let path: string;
let card: OperatorCard;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-operator-card-'));
  path = join(folder, 'card.json');
  card = OperatorCard.issue(path, issued, PIN, randomBytes);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const chip = () => JSON.parse(readFileSync(path, 'utf8'));
const lockIt = () => {
  for (let i = 0; i < 3; i++) expect(() => card.open(WRONG)).toThrow(PIN_FAILED);
};
const sealOf = (office: string, lock = card.lock()): Seal => {
  const { key, certificate } = cards.of({ kind: 'office', office });
  const pem = key.export({ type: 'pkcs8', format: 'pem' });
  return sealUnlocking(new DocumentSeal({ key: Buffer.from(pem), certificate: Buffer.from(certificate) }), lock);
};
const unlock = (unlocking: Seal) => card.unlock(unlocking, cards.trusted, randomBytes);

describe('An operator’s card', () => {
  it('opens with its PIN: its certificate, and the key that belongs to it', () => {
    const { certificate, key } = card.open(PIN);
    expect(certificate).toBe(issued.certificate);
    expect(new X509Certificate(certificate).checkPrivateKey(key)).toBe(true);
  });

  it('is a file for its holder alone, whose key nobody reads without the PIN', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(chip().encryptedKey).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    expect(readFileSync(path, 'utf8')).not.toContain(PIN);
    expect(() => createPublicKey(chip().encryptedKey)).toThrow();
    card.open(PIN);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('does not open with another PIN, and counts it; the right one puts the count back', () => {
    for (const wrong of ['', `${PIN}0`]) expect(() => card.open(wrong)).toThrow(PIN_FAILED);
    expect(chip().triesLeft).toBe(1);
    card.open(PIN);
    expect(chip().triesLeft).toBe(3);
  });

  it('is locked by three wrong PINs, for the right one too, in the same words', () => {
    lockIt();
    expect(() => card.open(PIN)).toThrow(PIN_FAILED);
    expect(chip().triesLeft).toBe(0);
    expect(() => new OperatorCard(path).open(PIN)).toThrow(PIN_FAILED);
  });

  it('counts a try before it compares: where that can not be written down, the right PIN is not told from a wrong one', () => {
    mkdirSync(`${path}.${process.pid}.new`);
    const words = [PIN, WRONG].map((pin) => {
      try {
        return card.open(pin);
      } catch (error) {
        return (error as NodeJS.ErrnoException).code;
      }
    });
    expect(words).toEqual(['ERR_FS_EISDIR', 'ERR_FS_EISDIR']);
  });

  it('shows its certificate, locked or not', () => {
    expect(card.certificate()).toBe(issued.certificate);
    lockIt();
    expect(card.certificate()).toBe(issued.certificate);
    expect(new OperatorCard(join(folder, 'none.json')).certificate()).toBeUndefined();
  });

  it('takes another certificate of its key without the PIN, and none of another key', () => {
    lockIt();
    const renewed = cards.renewed(HOLDER, issued.key);
    card.renew(renewed);
    expect(card.certificate()).toBe(renewed);
    expect(chip().triesLeft).toBe(0);
    expect(() => card.renew(cards.of(HOLDER).certificate)).toThrow(RangeError);
    expect(card.certificate()).toBe(renewed);
  });

  it.each([
    ['is missing', undefined],
    ['is no JSON', 'card'],
    ['has more tries than a card has', { triesLeft: 4 }],
    ['has a certificate that is none', { certificate: 'none' }],
    ['has the certificate of an office', { certificate: cards.of({ kind: 'office', office: BUNKYO }).certificate }],
    ['has more than a card has', { pin: '1234' }],
  ])('can not be used where it %s', (_what, damage) => {
    if (damage === undefined) rmSync(path);
    else writeFileSync(path, typeof damage === 'string' ? damage : JSON.stringify({ ...chip(), ...damage }));
    expect(() => card.open(PIN)).toThrow(CARD_INVALID);
    expect(() => card.lock()).toThrow(CARD_INVALID);
  });

  it('does not open where its key is that of another certificate', () => {
    const other = OperatorCard.issue(join(folder, 'other.json'), cards.of(HOLDER), PIN, randomBytes);
    const { certificate } = other.open(PIN);
    writeFileSync(path, JSON.stringify({ ...chip(), certificate }));
    expect(() => card.open(PIN)).toThrow(PIN_FAILED);
  });
});

describe('A locked card', () => {
  it('is unlocked by its own office, and then opens with the PIN it had', () => {
    lockIt();
    unlock(sealOf(BUNKYO));
    expect(chip().triesLeft).toBe(3);
    expect(card.open(PIN).certificate).toBe(issued.certificate);
  });

  it('takes an unlocking once', () => {
    lockIt();
    const unlocking = sealOf(BUNKYO);
    unlock(unlocking);
    lockIt();
    expect(() => unlock(unlocking)).toThrow(CARD_INVALID);
    expect(() => card.open(PIN)).toThrow(PIN_FAILED);
  });

  it.each([
    ['another office’s', () => sealOf('municipality/131041')],
    ['for another card of the same operator', () => sealOf(BUNKYO, { ...card.lock(), card: 'a'.repeat(64) })],
    ['for another operator', () => sealOf(BUNKYO, { ...card.lock(), operator: 'operator-2' })],
    ['for another challenge', () => sealOf(BUNKYO, { ...card.lock(), challenge: '0'.repeat(32) })],
    ['altered', () => ({ ...sealOf(BUNKYO), signature: Buffer.alloc(64) })],
    ['empty', () => ({ signature: Buffer.alloc(0), certificate: Buffer.alloc(0) })],
  ])('stays locked where the unlocking is %s', (_whose, unlocking) => {
    lockIt();
    expect(() => unlock(unlocking())).toThrow(CARD_INVALID);
    expect(chip().triesLeft).toBe(0);
  });

  it('is not unlocked by whoever trusts other authorities', () => {
    lockIt();
    expect(() => card.unlock(sealOf(BUNKYO), new Cards().trusted, randomBytes)).toThrow(CARD_INVALID);
  });
});
