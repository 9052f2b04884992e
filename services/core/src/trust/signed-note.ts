import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** A text with signatures under it, each of a name and a key (c2sp.org/signed-note). */
export interface SignedNote {
  text: string;
  signatures: NoteSignature[];
}

interface NoteSignature {
  name: string;
  /** The first four bytes of SHA-256 over the SubjectPublicKeyInfo (DER): says which key to try. */
  keyId: Buffer;
  /** ECDSA over SHA-256, DER. */
  signature: Buffer;
}

const DASH = '\u2014';
const SIGNATURE = new RegExp(`^${DASH} (\\S+) ([A-Za-z0-9+/]+={0,2})$`);
const KEY_ID_BYTES = 4;

/** @returns the text with a signature of this name and private key under it */
export function signNote(text: string, name: string, key: KeyObject): string {
  const signature = sign('sha256', Buffer.from(text), key);
  return noteText({ text, signatures: [{ name, keyId: keyIdOf(publicPartOf(key)), signature }] });
}

export function noteText({ text, signatures }: SignedNote): string {
  const lines = signatures.map(({ name, keyId, signature }) => {
    return `${DASH} ${name} ${Buffer.concat([keyId, signature]).toString('base64')}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Undefined where it is no note: a text, an empty line, signatures. */
export function readNote(note: string): SignedNote | undefined {
  const at = note.lastIndexOf('\n\n');
  if (at < 0 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(at + 2, -1).split('\n');
  const signatures = lines.map(readSignature);
  const isWhole = signatures.every((signature) => signature !== undefined);
  return isWhole ? { text: note.slice(0, at + 1), signatures: signatures as NoteSignature[] } : undefined;
}

/** To work either out costs as much as a signature, and a few keys sign and check every note. */
const publicParts = new WeakMap<KeyObject, KeyObject>();
const keyIds = new WeakMap<KeyObject, Buffer>();

function publicPartOf(key: KeyObject): KeyObject {
  const known = publicParts.get(key) ?? createPublicKey(key);
  publicParts.set(key, known);
  return known;
}

export function keyIdOf(key: KeyObject): Buffer {
  const known = keyIds.get(key);
  if (known) return known;
  const der = key.export({ type: 'spki', format: 'der' });
  const keyId = createHash('sha256').update(der).digest().subarray(0, KEY_ID_BYTES);
  keyIds.set(key, keyId);
  return keyId;
}

/** Whether a note has a signature of this name and public key. */
export function isSignedBy({ text, signatures }: SignedNote, name: string, key: KeyObject): boolean {
  const keyId = keyIdOf(key);
  return signatures.some(
    (one) => one.name === name && one.keyId.equals(keyId) && verify('sha256', Buffer.from(text), key, one.signature),
  );
}

function readSignature(line: string): NoteSignature | undefined {
  const [, name, encoded] = SIGNATURE.exec(line) ?? [];
  const bytes = Buffer.from(encoded ?? '', 'base64');
  if (name === undefined || bytes.length <= KEY_ID_BYTES) return undefined;
  return { name, keyId: bytes.subarray(0, KEY_ID_BYTES), signature: bytes.subarray(KEY_ID_BYTES) };
}
