import { type ResidentRecordCode, residentRecordCodeOf } from '#core/domain/resident-record-code.js';

type RandomBytes = (size: number) => Buffer;

const BODIES = 10 ** 10;
/** The largest multiple of the bodies in five bytes: above it, some bodies would be drawn more often than others. */
const EVEN = Math.floor(2 ** 40 / BODIES) * BODIES;

/**
 * Draws a code that can be allotted, each as likely as any other: it says nothing of place, family, sex or order of birth
 * (Regulation 14).
 */
function drawCode(randomBytes: RandomBytes): ResidentRecordCode {
  for (;;) {
    const drawn = randomBytes(5).readUIntBE(0, 5);
    if (drawn >= EVEN) continue;
    const code = residentRecordCodeOf(String(drawn % BODIES).padStart(10, '0'));
    if (code !== undefined) return code;
  }
}

/** Draws so many different codes. */
export function drawCodes(amount: number, randomBytes: RandomBytes): ResidentRecordCode[] {
  const codes = new Set<ResidentRecordCode>();
  while (codes.size < amount) codes.add(drawCode(randomBytes));
  return [...codes];
}
