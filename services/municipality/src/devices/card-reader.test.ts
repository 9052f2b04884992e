import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isAnswerOf } from '#core/cards/is-answer-of.js';
import type { CardKind } from '#core/domain/card-status.js';
import type { OfficeId } from '#core/domain/office.js';
import { CardPress } from './card-press.js';
import { CardReader } from './card-reader.js';
import { chipPath, openByPin, readChip, sealByPin } from './chip.js';

const TODAY = '2016-05-27';
const [NUMBER, OTHERS] = ['JC0000000001', 'JC0000000002'];
const [CODE, NAME] = ['24727059608', '𠮷田 花子'];
const [PIN, WRONG, NEXT] = ['0123', '3210', '9876'];
const MANAGEMENT_KEY = 'ab'.repeat(32);
const CHALLENGE = '0123456789abcdef'.repeat(2);
const [BUNKYO, SHINJUKU]: OfficeId[] = ['municipality/131059', 'municipality/131041'];
const PIN_FAILED = expect.objectContaining({ reason: 'PIN_FAILED', details: {} });
const CARD_INVALID = expect.objectContaining({ reason: 'CARD_INVALID', details: {} });

let folder: string;
let pockets: string;
let reader: CardReader;
let publicKey: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-cards-'));
  pockets = join(folder, 'pockets');
  publicKey = made();
  reader = new CardReader(pockets);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** @returns its public key */
function made({ cardNumber = NUMBER, kind = 'JUKI_CARD' as CardKind, into = pockets } = {}): string {
  return new CardPress(into).make({
    ...{ cardNumber, kind, name: NAME, residentRecordCode: CODE, expiresOn: '2018-05-01', pin: PIN },
    managementKey: MANAGEMENT_KEY,
  });
}

const read = (pin: string, cardNumber = NUMBER, today = TODAY, at = reader) =>
  at.read({ kind: 'CARD', cardNumber, pin }, { today, reader: BUNKYO ?? 'national', challenge: CHALLENGE });
const content = () => JSON.parse(readFileSync(chipPath(pockets, NUMBER), 'utf8'));
const triesLeft = () => content().triesLeft;
const rewrite = (differing: object) =>
  writeFileSync(chipPath(pockets, NUMBER), JSON.stringify({ ...content(), ...differing }));
const lock = () => {
  for (let i = 0; i < 3; i++) expect(() => read(WRONG)).toThrow(PIN_FAILED);
};

describe('A card in the reader', () => {
  it('opens with its PIN, says who its holder is by name and code, and answers the challenge', () => {
    const { name, residentRecordCode, answer } = read(PIN);
    expect([name, residentRecordCode]).toEqual([NAME, CODE]);
    expect(answer).toMatchObject({ cardNumber: NUMBER, challenge: CHALLENGE, count: 1 });
    const kept = { cardNumber: NUMBER, residentRecordCode: CODE, publicKey };
    expect(isAnswerOf(kept, answer, BUNKYO ?? 'national')).toBe(true);
    expect(isAnswerOf(kept, answer, SHINJUKU ?? 'national')).toBe(false);
  });

  it('opens whether it is a juki card or an individual number card', () => {
    made({ cardNumber: OTHERS, kind: 'INDIVIDUAL_NUMBER_CARD' });
    expect(read(PIN, OTHERS).residentRecordCode).toBe(CODE);
  });

  it('opens on its last day, and no longer the day after', () => {
    expect(read(PIN, NUMBER, '2018-05-01').name).toBe(NAME);
    expect(() => read(PIN, NUMBER, '2018-05-02')).toThrow(CARD_INVALID);
  });

  it('counts up with each answer, at whichever counter it gives it, and not with a wrong PIN', () => {
    const counts = [read(PIN), read(PIN, NUMBER, TODAY, new CardReader(pockets))].map(({ answer }) => answer.count);
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect([...counts, read(PIN).answer.count]).toEqual([1, 2, 3]);
  });

  it('does not open with another PIN, and counts it', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(triesLeft()).toBe(2);
  });

  it('forgets wrong PINs once the right one is keyed in', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(read(PIN).name).toBe(NAME);
    expect(triesLeft()).toBe(3);
  });

  it('is locked by three wrong PINs in a row, and then refuses the right one in the same words', () => {
    lock();
    expect(() => read(PIN)).toThrow(PIN_FAILED);
    expect(() => read(PIN)).toThrow(PIN_FAILED);
    expect(triesLeft()).toBe(0);
  });

  it('counts wrong PINs at whichever counter they are keyed in: the chip counts, not the reader', () => {
    for (const at of [reader, new CardReader(pockets), new CardReader(pockets)])
      expect(() => read(WRONG, NUMBER, TODAY, at)).toThrow(PIN_FAILED);
    expect(() => read(PIN, NUMBER, TODAY, new CardReader(pockets))).toThrow(PIN_FAILED);
  });

  it('does not count wrong PINs on the card of somebody else', () => {
    made({ cardNumber: OTHERS });
    lock();
    expect(read(PIN, OTHERS).name).toBe(NAME);
  });

  it('is written whole or not at all: nothing half-written stays beside it', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    read(PIN);
    expect(readdirSync(pockets)).toEqual([`${NUMBER}.json`]);
  });

  it('tells nothing of a PIN where it can not count the try: neither the right one opens it, nor is a wrong one refused', () => {
    mkdirSync(`${chipPath(pockets, NUMBER)}.new`);
    for (const pin of [PIN, WRONG]) expect(() => read(pin)).toThrow('EISDIR');
    expect(triesLeft()).toBe(3);
  });
});

describe('The PIN of a card', () => {
  const changed = (pin: string, newPin = NEXT) =>
    reader.changePin({ kind: 'CARD', cardNumber: NUMBER, pin }, newPin, TODAY);

  it('becomes another one for whoever knows the present one, and the earlier one opens it no more', () => {
    changed(PIN);
    expect(() => read(PIN)).toThrow(PIN_FAILED);
    expect(read(NEXT).residentRecordCode).toBe(CODE);
  });

  it('stays, and the try is counted, for whoever does not know it', () => {
    expect(() => changed(WRONG)).toThrow(PIN_FAILED);
    expect(triesLeft()).toBe(2);
    expect(read(PIN).name).toBe(NAME);
  });

  it('can not be changed once it is locked, nor after its last day', () => {
    expect(() => reader.changePin({ kind: 'CARD', cardNumber: NUMBER, pin: PIN }, NEXT, '2018-05-02')).toThrow(
      CARD_INVALID,
    );
    lock();
    expect(() => changed(PIN)).toThrow(PIN_FAILED);
  });

  it('is set anew by whoever has the keeper’s key, and three tries are left again', () => {
    lock();
    reader.unlock(NUMBER, MANAGEMENT_KEY, NEXT);
    expect(triesLeft()).toBe(3);
    expect(() => read(PIN)).toThrow(PIN_FAILED);
    expect(read(NEXT).answer).toMatchObject({ count: 1 });
  });

  it('is set anew by nobody with another municipality’s key, and the card stays locked', () => {
    lock();
    expect(() => reader.unlock(NUMBER, 'cd'.repeat(32), NEXT)).toThrow(CARD_INVALID);
    for (const pin of [PIN, NEXT]) expect(() => read(pin)).toThrow(PIN_FAILED);
  });

  it('is set on no card that is not there', () => {
    expect(() => reader.unlock('JC9999999999', MANAGEMENT_KEY, NEXT)).toThrow(CARD_INVALID);
  });

  it('can be changed, and the keeper can still unlock the card', () => {
    changed(PIN);
    reader.unlock(NUMBER, MANAGEMENT_KEY, PIN);
    expect(read(PIN).residentRecordCode).toBe(CODE);
  });
});

describe('A chip that was copied', () => {
  it('is useless without the PIN: nothing in it tells PIN, code or key', () => {
    const text = readFileSync(chipPath(pockets, NUMBER), 'utf8');
    const { privateKey = '?' } =
      openByPin(readChip(pockets, NUMBER) as NonNullable<ReturnType<typeof readChip>>, PIN) ?? {};
    expect(text).toContain(NAME);
    expect(
      [PIN, CODE, privateKey, Buffer.from(privateKey, 'base64').toString('hex')].filter((secret) =>
        text.includes(secret),
      ),
    ).toEqual([]);
  });

  it('repeats a count that the other one gave, sooner or later, where its PIN is known', () => {
    const elsewhere = join(folder, 'copied');
    cpSync(pockets, elsewhere, { recursive: true });
    const [own, copied] = [read(PIN), read(PIN, NUMBER, TODAY, new CardReader(elsewhere))];
    expect(own.answer.count).toBe(copied.answer.count);
  });

  it('answers as nobody else, whose code was sealed into it by whoever knows the PIN', () => {
    const chip = readChip(pockets, NUMBER) as NonNullable<ReturnType<typeof readChip>>;
    const { privateKey = '' } = openByPin(chip, PIN) ?? {};
    rewrite(sealByPin({ residentRecordCode: '24846016224', privateKey }, PIN));
    const { residentRecordCode, answer } = read(PIN);
    expect(residentRecordCode).toBe('24846016224');
    const kept = { cardNumber: NUMBER, residentRecordCode: CODE, publicKey };
    expect(isAnswerOf(kept, answer, BUNKYO ?? 'national')).toBe(false);
  });
});

describe('A card that can not be used', () => {
  it('is one that nobody carries', () => {
    expect(() => read(PIN, 'JC9999999999')).toThrow(CARD_INVALID);
  });

  it('is one that was shredded', () => {
    new CardPress(pockets).shred(NUMBER);
    expect(() => read(PIN)).toThrow(CARD_INVALID);
  });

  it('is one that has expired, whatever the PIN, and nothing is counted', () => {
    expect(() => read(WRONG, NUMBER, '2018-05-02')).toThrow(CARD_INVALID);
    expect(triesLeft()).toBe(3);
  });

  it.each([
    ['is empty', ''],
    ['is no JSON', '{'],
    ['holds nothing', '{}'],
    ['holds a last day that does not exist', { expiresOn: '2015-02-29' }],
    ['holds more tries than there are', { triesLeft: 4 }],
    ['holds no number of tries', { triesLeft: '3' }],
    ['is of an unknown kind', { kind: 'LIBRARY_CARD' }],
    ['holds something that no card holds', { fingerprint: '' }],
    ['has answered less than never', { answers: -1 }],
    ['has answered more often than anybody can count', { answers: 2 ** 31 - 1 }],
    ['holds a seal that is none', { sealedByPin: '' }],
    ['holds a keeper’s seal that is none', { sealedForKeeper: 'zz' }],
  ])('is one whose chip %s', (_damage, damaged) => {
    if (typeof damaged === 'string') writeFileSync(chipPath(pockets, NUMBER), damaged);
    else rewrite(damaged);
    expect(() => read(PIN)).toThrow(CARD_INVALID);
  });

  it.each([
    ['cut short', (sealed: string) => sealed.slice(0, -2)],
    ['altered', (sealed: string) => `${sealed.slice(0, -1)}${sealed.endsWith('0') ? '1' : '0'}`],
    ['another one', () => sealByPin({ residentRecordCode: '24727059609', privateKey: 'AAAA' }, PIN).sealedByPin],
  ])('is one whose seal is %s: no PIN opens it', (_how, damage) => {
    rewrite({ sealedByPin: damage(content().sealedByPin) });
    expect(() => read(PIN)).toThrow(PIN_FAILED);
  });

  it('is one whose chip says it is another card: its wrong PINs would be counted elsewhere', () => {
    writeFileSync(chipPath(pockets, OTHERS), JSON.stringify(content()));
    expect(() => read(PIN, OTHERS)).toThrow(CARD_INVALID);
  });

  it.each([
    '../JC0000000001',
    '../pockets/JC0000000001',
    './JC0000000001',
    '',
    '.',
    'JC0000000001.json',
    'JC0000000001\0',
  ])('is one whose number is the path %j', (number) => {
    made({ into: folder });
    expect(() => read(PIN, number)).toThrow(CARD_INVALID);
  });
});
