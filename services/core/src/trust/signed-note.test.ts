import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { isSignedBy, keyIdOf, noteText, readNote, signNote } from './signed-note.js';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey;
const ORIGIN = 'juki-net/municipality/131059';
const TEXT = `${ORIGIN}\n8\n`;
const signature = (text: string, name = ORIGIN) => ({
  ...{ name, keyId: keyIdOf(publicKey), signature: sign('sha256', Buffer.from(text), privateKey) },
});
const NOTE = { text: TEXT, signatures: [signature(TEXT)] };

describe('A signed note', () => {
  it('is the text, an empty line and the signatures, and is read back as it was written', () => {
    const written = noteText(NOTE);
    expect(written).toMatch(new RegExp(`^${TEXT.replaceAll(/[+/]/g, '.')}\n\u2014 ${ORIGIN} \\S+\n$`));
    expect(readNote(written)).toEqual(NOTE);
  });

  it('is signed by whoever signed this very text, and by nobody else', () => {
    expect(isSignedBy(NOTE, ORIGIN, publicKey)).toBe(true);
    expect(isSignedBy(NOTE, ORIGIN, other)).toBe(false);
    expect(isSignedBy(NOTE, 'juki-net/municipality/131041', publicKey)).toBe(false);
    expect(isSignedBy({ ...NOTE, text: TEXT.replace('\n8\n', '\n9\n') }, ORIGIN, publicKey)).toBe(false);
    expect(isSignedBy({ ...NOTE, signatures: [] }, ORIGIN, publicKey)).toBe(false);
  });

  it('is made in one step', () => {
    const read = readNote(signNote(TEXT, ORIGIN, privateKey));
    expect(read?.text).toBe(TEXT);
    expect(isSignedBy(read ?? NOTE, ORIGIN, publicKey)).toBe(true);
    expect([read?.signatures[0]?.keyId, keyIdOf(privateKey)]).toEqual([keyIdOf(publicKey), keyIdOf(publicKey)]);
  });

  it('can have more signatures: each is found by its name and key', () => {
    const witness = 'juki-net/prefecture/130001';
    const witnessed = { text: TEXT, signatures: [...NOTE.signatures, signature(TEXT, witness)] };
    expect(readNote(noteText(witnessed))).toEqual(witnessed);
    for (const name of [ORIGIN, witness]) expect(isSignedBy(witnessed, name, publicKey)).toBe(true);
  });

  it.each([
    ['has no empty line', TEXT],
    ['does not end', noteText(NOTE).slice(0, -1)],
    ['has a line that is no signature', `${noteText(NOTE)}signed\n`],
    ['has a signature without a key id', `${TEXT}\n\u2014 ${ORIGIN} AAAA\n`],
  ])('is none where it %s', (_what, note) => {
    expect(readNote(note)).toBeUndefined();
  });
});
