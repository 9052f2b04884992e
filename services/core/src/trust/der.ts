/** One element of DER: its tag, what is in it, and all of its bytes. */
export interface Element {
  tag: number;
  content: Buffer;
  bytes: Buffer;
}

export const TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  enumerated: 0x0a,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
} as const;

/** Where an element that is tagged [number] stands in place of its own tag, or around it. */
export const TAGGED = { implicit: 0x80, explicit: 0xa0 } as const;

export function element(tag: number, ...content: Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([Buffer.of(tag), lengthOf(body), body]);
}

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const digits = [length >>> 24, length >>> 16, length >>> 8, length].map((each) => each & 0xff);
  const shortest = digits.slice(digits.findIndex((each) => each > 0));
  return Buffer.of(0x80 | shortest.length, ...shortest);
}

/**
 * The elements that some bytes consist of, one after the other.
 *
 * @throws RangeError where they end within one
 */
export function elementsIn(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const next = elementAt(bytes, at);
    found.push(next);
    at += next.bytes.length;
  }
  return found;
}

/** The elements of the one sequence that some bytes are. */
export function partsOf(bytes: Buffer): Element[] {
  const [whole, ...rest] = elementsIn(bytes);
  if (whole?.tag !== TAG.sequence || rest.length > 0) throw new RangeError('not one sequence of DER');
  return elementsIn(whole.content);
}

function elementAt(bytes: Buffer, at: number): Element {
  const tag = bytes.readUInt8(at);
  const first = bytes.readUInt8(at + 1);
  const digits = first < 0x80 ? 0 : first & 0x7f;
  if (digits > 4) throw new RangeError('an element of DER that is too long');
  const length = digits === 0 ? first & 0x7f : bytes.readUIntBE(at + 2, digits);
  const begin = at + 2 + digits;
  if (begin + length > bytes.length) throw new RangeError('DER that ends too early');
  return { tag, content: bytes.subarray(begin, begin + length), bytes: bytes.subarray(at, begin + length) };
}

/** A whole number that is not negative, as hex digits. */
export function integer(hex: string): Buffer {
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const isNegative = bytes.length === 0 || bytes.readUInt8(0) >= 0x80;
  return element(TAG.integer, isNegative ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

/** As RFC 5280 writes a moment, to the second: two digits of the year until 2049, four afterwards. */
export function time(moment: Date): Buffer {
  const text = `${moment.toISOString().slice(0, 19).replace(/\D/g, '')}Z`;
  return moment.getUTCFullYear() < 2050
    ? element(TAG.utcTime, Buffer.from(text.slice(2)))
    : element(TAG.generalizedTime, Buffer.from(text));
}

export function momentOf({ tag, content }: Element): Date {
  const digits = content.toString('latin1');
  const century = Number(digits.slice(0, 2)) < 50 ? '20' : '19';
  const [year, month, day, hour, minute, second] =
    (tag === TAG.utcTime ? century + digits : digits).match(/^\d{4}|\d{2}/g) ?? [];
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(moment.getTime())) throw new RangeError('a time that can not be read');
  return moment;
}
