import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import { type Caller, callerUri } from '../domain/caller.js';
import type { Account, Fresh } from '../domain/exchange.js';
import { accountMetadata } from '../wire/account-metadata.js';
import { CALLER, callerLetIn, exchangeOfCall, faultInAccountOf } from './exchange-of-call.js';

const OFFICE: Caller = { kind: 'office', office: 'municipality/131059' };
const OPERATOR: Caller = { kind: 'operator', office: 'municipality/131059', name: 'counter-1' };
const AGENCY: Caller = { kind: 'agency', name: 'japan-pension-service' };
const FRESH: Fresh = {
  newId: () => '11111111-2222-4333-8444-555555555555',
  randomBytes: (size) => Buffer.alloc(size, 0xab),
};
const NEW = { id: '11111111-2222-4333-8444-555555555555', nonce: 'ab'.repeat(16) };
const ACCOUNT: Account = {
  id: '8e3c1f64-5ce5-4f21-8f0f-2f3d3a1c9b0e',
  nonce: '00112233445566778899aabbccddeeff',
  operator: 'operator-1',
  purpose: 'WIDE_AREA_ISSUANCE',
};
const TOLD = accountMetadata(ACCOUNT);

function metadata(texts: Record<string, string>): Metadata {
  const written = new Metadata();
  for (const [key, text] of Object.entries(texts)) written.set(key, text);
  return written;
}

const exchange = (texts: Record<string, string>, caller: Caller) => exchangeOfCall(metadata(texts), caller, FRESH);
const faultIn = (texts: Record<string, string>, caller: Caller) =>
  faultInAccountOf(metadata(texts), exchangeOfCall(metadata(texts), caller, FRESH));

describe('The exchange that a call belongs to', () => {
  it('is the one that an office says it is, with the nonce that its own log has', () => {
    expect(exchange(TOLD, OFFICE)).toEqual({ ...ACCOUNT, caller: OFFICE, concerns: new Set() });
  });

  it('is new where an operator asks, whatever the call says: the certificate names who acts', () => {
    const begun = { ...NEW, operator: 'counter-1', purpose: '', caller: OPERATOR, concerns: new Set() };
    expect(exchange({}, OPERATOR)).toEqual(begun);
    expect(exchange(TOLD, OPERATOR)).toEqual(begun);
  });

  it('has the card that the interceptor noted, and the session that was sent with it', () => {
    const card = 'a'.repeat(64);
    expect(exchange({ 'juki-card': card, 'juki-session': 'x' }, OPERATOR).shown).toEqual({ card, session: 'x' });
    expect(exchange({ 'juki-card': card }, OPERATOR).shown).toEqual({ card, session: '' });
  });

  it.each(Object.keys(TOLD))('has what an office did tell, and no words of it in the place of %s', (key) => {
    const words = '24727059608 x';
    const { id, nonce, operator, purpose } = exchange({ ...TOLD, [key]: words }, OFFICE);
    const instead = accountMetadata({ ...NEW, operator: '', purpose: '' })[key];
    expect(accountMetadata({ id, nonce, operator, purpose })).toEqual({ ...TOLD, [key]: instead });
  });

  it('concerns nobody yet, and does not share with another whom it will concern', () => {
    const [one, another] = [exchange(TOLD, OFFICE), exchange(TOLD, OFFICE)];
    one.concerns.add('24727059608');
    expect(another.concerns.size).toBe(0);
  });
});

describe('The account of a call', () => {
  it('is enough where an office tells all of it', () => {
    for (const caller of [OFFICE, AGENCY]) expect(faultIn(TOLD, caller)).toBeUndefined();
  });

  it.each(Object.keys(TOLD))(
    'is not where an office or an agency leaves out or garbles %s, by its key alone',
    (key) => {
      const { [key]: _left, ...rest } = TOLD;
      for (const caller of [OFFICE, AGENCY]) {
        expect(faultIn(rest, caller)).toBe(key);
        expect(faultIn({ ...TOLD, [key]: '24727059608 x' }, caller)).toBe(key);
      }
    },
  );

  it('is not asked of an operator', () => {
    expect(faultIn({}, OPERATOR)).toBeUndefined();
  });
});

describe('The caller that was let in', () => {
  it.each([OFFICE, OPERATOR, AGENCY])('is who the authorizing interceptor says it is: $kind', (caller) => {
    expect(callerLetIn(metadata({ [CALLER]: callerUri(caller) }))).toEqual(caller);
  });

  it('is nobody where nothing was said, or no URI of a caller', () => {
    const refusal = expect.objectContaining({ reason: 'CALLER_UNKNOWN' });
    expect(() => callerLetIn(metadata({}))).toThrow(refusal);
    expect(() => callerLetIn(metadata({ [CALLER]: 'juki://municipality/131059/operator/24727059608' }))).toThrow(
      refusal,
    );
  });
});
