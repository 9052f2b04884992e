/**
 * A UUID that begins with the time (version 7 of RFC 9562). The centre's log is written in the order of time: names that
 * are drawn anywhere would each touch another place of its index.
 *
 * @param randomBytes 10 of them are drawn
 */
export function timeOrderedId(now: Date, randomBytes: (size: number) => Buffer): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now.getTime(), 0, 6);
  randomBytes(10).copy(bytes, 6);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
