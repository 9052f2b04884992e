import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CardReader, type Chip, chipPath, storeChip } from './card-reader.js';
import { hashPin } from './pin.js';

const TODAY = '2016-05-27';
const NUMBER = 'JC0000000001';
const [PIN, WRONG] = ['0123', '3210'];
const CHIP: Chip = {
  kind: 'JUKI_CARD',
  cardNumber: NUMBER,
  name: '𠮷田 花子',
  residentRecordCode: '24727059608',
  expiresOn: '2018-05-01',
  pinSalt: 'salt',
  pinHash: hashPin(PIN, 'salt'),
  triesLeft: 3,
};
const HOLDER = { name: '𠮷田 花子', knownBy: { residentRecordCode: '24727059608' } };
const PIN_FAILED = expect.objectContaining({ reason: 'PIN_FAILED', details: {} });
const CARD_INVALID = expect.objectContaining({ reason: 'CARD_INVALID', details: {} });

let folder: string;
let pockets: string;
let reader: CardReader;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-cards-'));
  pockets = join(folder, 'pockets');
  mkdirSync(pockets);
  storeChip(pockets, CHIP);
  reader = new CardReader(pockets);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (pin: string, cardNumber = NUMBER, today = TODAY) => reader.read({ kind: 'CARD', cardNumber, pin }, today);
const triesLeft = () => JSON.parse(readFileSync(chipPath(pockets, NUMBER), 'utf8')).triesLeft;

describe('A card in the reader', () => {
  it('opens with its PIN, and says who its holder is by name and code', () => {
    expect(read(PIN)).toEqual(HOLDER);
  });

  it('opens whether it is a juki card or an individual number card', () => {
    storeChip(pockets, { ...CHIP, kind: 'INDIVIDUAL_NUMBER_CARD' });
    expect(read(PIN)).toEqual(HOLDER);
  });

  it('opens on its last day, and no longer the day after', () => {
    expect(read(PIN, NUMBER, '2018-05-01')).toEqual(HOLDER);
    expect(() => read(PIN, NUMBER, '2018-05-02')).toThrow(CARD_INVALID);
  });

  it('does not open with another PIN, and counts it', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(triesLeft()).toBe(2);
  });

  it('forgets wrong PINs once the right one is keyed in', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(read(PIN)).toEqual(HOLDER);
    expect(triesLeft()).toBe(3);
  });

  it('is locked by three wrong PINs in a row, and then refuses the right one in the same words', () => {
    for (let i = 0; i < 3; i++) expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(() => read(PIN)).toThrow(PIN_FAILED);
    expect(() => read(PIN)).toThrow(PIN_FAILED);
    expect(triesLeft()).toBe(0);
  });

  it('counts wrong PINs at whichever counter they are keyed in: the chip counts, not the reader', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    for (const elsewhere of [new CardReader(pockets), new CardReader(pockets)])
      expect(() => elsewhere.read({ kind: 'CARD', cardNumber: NUMBER, pin: WRONG }, TODAY)).toThrow(PIN_FAILED);
    reader = new CardReader(pockets);
    expect(() => read(PIN)).toThrow(PIN_FAILED);
  });

  it('does not count wrong PINs on the card of somebody else', () => {
    const other = { ...CHIP, cardNumber: 'JC0000000002', residentRecordCode: '24846016224' };
    storeChip(pockets, other);
    for (let i = 0; i < 3; i++) expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(read(PIN, 'JC0000000002').knownBy).toEqual({ residentRecordCode: '24846016224' });
  });

  it('is written whole or not at all: nothing half-written stays beside it', () => {
    expect(() => read(WRONG)).toThrow(PIN_FAILED);
    expect(readdirSync(pockets)).toEqual([`${NUMBER}.json`]);
  });

  it('tells nothing of a PIN where it can not count the try: neither the right one opens it, nor is a wrong one refused', () => {
    mkdirSync(`${chipPath(pockets, NUMBER)}.new`);
    for (const pin of [PIN, WRONG]) expect(() => read(pin)).toThrow('EISDIR');
    expect(triesLeft()).toBe(3);
  });

  it('does not show its PIN to those who read the chip', () => {
    expect(readFileSync(chipPath(pockets, NUMBER), 'utf8')).not.toContain(PIN);
  });
});

describe('A card that can not be used', () => {
  it('is one that nobody carries', () => {
    expect(() => read(PIN, 'JC9999999999')).toThrow(CARD_INVALID);
  });

  it('is one that has expired, whatever the PIN, and nothing is counted', () => {
    expect(() => read(WRONG, NUMBER, '2018-05-02')).toThrow(CARD_INVALID);
    expect(triesLeft()).toBe(3);
  });

  it.each([
    ['is empty', ''],
    ['is no JSON', '{'],
    ['holds nothing', '{}'],
    ['holds a code with a wrong check digit', { residentRecordCode: '24727059609' }],
    ['holds a last day that does not exist', { expiresOn: '2015-02-29' }],
    ['holds more tries than there are', { triesLeft: 4 }],
    ['holds no number of tries', { triesLeft: '3' }],
    ['is of an unknown kind', { kind: 'LIBRARY_CARD' }],
    ['holds something that no card holds', { fingerprint: '' }],
    ['holds a PIN check that is cut short', { pinHash: CHIP.pinHash.slice(0, 10) }],
    ['holds a PIN check that is none', { pinHash: '' }],
  ])('is one whose chip %s', (_damage, content) => {
    const damaged = typeof content === 'string' ? content : JSON.stringify({ ...CHIP, ...content });
    writeFileSync(chipPath(pockets, NUMBER), damaged);
    expect(() => read(PIN)).toThrow(CARD_INVALID);
  });

  it('is one whose chip says it is another card: its wrong PINs would be counted elsewhere', () => {
    writeFileSync(chipPath(pockets, 'JC0000000002'), JSON.stringify(CHIP));
    expect(() => read(PIN, 'JC0000000002')).toThrow(CARD_INVALID);
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
    storeChip(folder, CHIP);
    expect(() => read(PIN, number)).toThrow(CARD_INVALID);
  });
});
