import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KEY } from '../../../../test/support/cards.js';
import { Chip, openByPin, openForKeeper, type Secret, sealByPin, sealForKeeper } from './chip.js';

const SECRET: Secret = { residentRecordCode: '24727059608', privateKey: KEY.privateKey };
const [PIN, MANAGEMENT_KEY] = ['0123', 'ab'.repeat(32)];
const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'der', type: 'pkcs8' });

const sealed = (secret = SECRET, pin = PIN): Chip =>
  Chip.parse({
    ...{ kind: 'JUKI_CARD', cardNumber: 'JC0000000001', name: '文京 太郎', expiresOn: '2018-05-01' },
    ...{ triesLeft: 3, answers: 0, ...sealByPin(secret, pin), ...sealForKeeper(secret, MANAGEMENT_KEY) },
  });

describe('What a chip keeps', () => {
  it('opens by the PIN and by the keeper’s key, and is the same by both', () => {
    const chip = sealed();
    expect(openByPin(chip, PIN)).toMatchObject(SECRET);
    expect(openForKeeper(chip, MANAGEMENT_KEY)).toMatchObject(SECRET);
  });

  it.each(['0124', '1230', '012', ''])('does not open by %j, which is another PIN', (pin) => {
    expect(openByPin(sealed(), pin)).toBeUndefined();
  });

  it.each(['cd'.repeat(32), `${'ab'.repeat(31)}ac`])('does not open by the key %s, which is another', (key) => {
    expect(openForKeeper(sealed(), key)).toBeUndefined();
  });

  it('is sealed otherwise each time, so that two chips with one PIN have nothing in common', () => {
    const [one, other] = [sealed(), sealed()];
    expect(one.pinSalt).not.toBe(other.pinSalt);
    expect(one.sealedByPin).not.toBe(other.sealedByPin);
    expect(one.sealedForKeeper).not.toBe(other.sealedForKeeper);
  });

  it('is sealed whole: no bit of it can be changed', () => {
    const chip = sealed();
    const bytes = Buffer.from(chip.sealedByPin, 'hex');
    for (let at = 0; at < bytes.length; at += 5) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(openByPin({ ...chip, sealedByPin: altered.toString('hex') }, PIN)).toBeUndefined();
    }
  });

  it.each([
    ['a code with a wrong check digit', { ...SECRET, residentRecordCode: '24727059609' }],
    ['a key that is none', { ...SECRET, privateKey: 'AAAA' }],
    ['a key of another sort', { ...SECRET, privateKey: rsa.toString('base64') }],
  ])('is nothing where it is %s: such a card opens by no PIN', (_what, secret) => {
    expect(openByPin(sealed(secret), PIN)).toBeUndefined();
  });
});
