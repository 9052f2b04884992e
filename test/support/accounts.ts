import { randomUUID } from 'node:crypto';

/** Opens the digests of every exchange of a test's own making. */
export const NONCE = '00112233445566778899aabbccddeeff';

/** The name of the nth exchange of a test. */
export function anExchange(nth = 1): string {
  return `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;
}

/** How an office accounts for a question of wide-area issuance, in the metadata of its call: another exchange each time. */
export function accountOf(exchange: string = randomUUID()) {
  return {
    'juki-exchange': exchange,
    'juki-nonce': NONCE,
    'juki-operator': 'operator-1',
    'juki-purpose': 'WIDE_AREA_ISSUANCE',
  };
}
