import { describe, expect, it } from '@jest/globals';
import type { Mandate } from '../domain/mandate.js';
import { MANDATE, MANDATE_CARD, mandateMetadata, mandateText, readMandate } from './mandate-text.js';

const CARD = Buffer.from([0x30, 0x82, 0]);
const SIGNED: Mandate = {
  at: Date.UTC(2016, 4, 27, 1),
  exchange: '0a1b2c3d-0000-4000-8000-00000000000f',
  signature: Buffer.alloc(64, 0xfb),
  certificate: CARD,
};

describe('The text of a mandate', () => {
  it('is read back as it was written, with the card that the connection shows', () => {
    expect(readMandate(mandateText(SIGNED), CARD)).toEqual(SIGNED);
  });

  it('goes to another office with the card beside it, and there is nothing where there is none', () => {
    expect(mandateMetadata(SIGNED)).toEqual({ [MANDATE]: mandateText(SIGNED), [MANDATE_CARD]: CARD });
    expect(mandateMetadata(undefined)).toEqual({});
  });

  const [at, exchange, signature] = mandateText(SIGNED).split('.');
  it.each([
    ['is empty', ''],
    ['has no signature', `${at}.${exchange}`],
    ['has a signature of another length', `${at}.${exchange}.${signature}A`],
    ['has an exchange that is no UUID', `${at}.${exchange?.slice(1)}.${signature}`],
    ['has a time that is none', `now.${exchange}.${signature}`],
    ['has more behind it', `${mandateText(SIGNED)}.1`],
  ])('is no mandate where it %s', (_what, text) => {
    expect(readMandate(text, CARD)).toBeUndefined();
  });

  it('is no mandate without a card', () => {
    expect(readMandate(mandateText(SIGNED), undefined)).toBeUndefined();
  });
});
