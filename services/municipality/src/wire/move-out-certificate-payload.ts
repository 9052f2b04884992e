import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { MoveOutCertificate } from '../domain/certificates/move-out-certificate.js';
import { Code, Day, MunicipalityCode, Relationship } from '../domain/fields.js';
import { Person } from '../domain/register/person.js';

/** A symbol (QR, version 40, level L) holds so many characters of the 45 that it packs. */
export const MOST_IN_A_SYMBOL = 4296;
/** Beyond what any certificate unpacks to. */
const MOST_UNPACKED = 64 * 1024;

const Certified = z.strictObject({
  person: Person,
  householderName: z.string(),
  relationship: Relationship,
  previousAddress: z.string(),
  municipalItems: z.string(),
  residentRecordCode: Code,
  version: z.number().int().positive(),
});

const Certificate = z.strictObject({
  number: z.string(),
  origin: MunicipalityCode,
  destination: z.string(),
  plannedOn: Day,
  issuedOn: Day,
  people: z.array(Certified).min(1),
});

/** The bytes that are signed: the certificate, packed. */
export function packCertificate(certificate: MoveOutCertificate): Buffer {
  return deflateRawSync(Buffer.from(JSON.stringify(certificate)), { level: 9 });
}

/** The reverse; undefined where the bytes are no certificate. */
export function unpackCertificate(bytes: Uint8Array): MoveOutCertificate | undefined {
  try {
    const text = inflateRawSync(bytes, { maxOutputLength: MOST_UNPACKED }).toString();
    return Certificate.safeParse(JSON.parse(text)).data as MoveOutCertificate | undefined;
  } catch {
    return undefined;
  }
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** RFC 9285 (base45): of the characters that a symbol packs most densely. */
export function base45(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const isPair = i + 1 < bytes.length;
    let value = isPair ? (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0) : (bytes[i] ?? 0);
    for (let digit = 0; digit < (isPair ? 3 : 2); digit++) {
      text += ALPHABET[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}

/** The reverse; undefined where the text is no base45. */
export function bytesOfBase45(text: string): Buffer | undefined {
  const digits = [...text].map((character) => ALPHABET.indexOf(character));
  if (digits.includes(-1) || text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let i = 0; i < digits.length; i += 3) {
    const [low = 0, middle = 0, high] = digits.slice(i, i + 3);
    const value = low + middle * 45 + (high ?? 0) * 2025;
    if (value > (high === undefined ? 0xff : 0xffff)) return undefined;
    bytes.push(...(high === undefined ? [value] : [value >> 8, value & 0xff]));
  }
  return Buffer.from(bytes);
}
