import { X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OPERATOR, SECOND_OPERATOR } from '#scripts/certificates/demo-operators.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates } from '#scripts/certificates/revoke-certificate.js';
import { Looking } from '../support/looking.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { ChangePassword, OperatorDesk, ReplaceCard } from '../support/operator-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   operator-1 ── password, another one ──▶ Bunkyo: every session of theirs has ended
 *   operator-1's card is lost ──▶ revoked, and made anew ── operator-2 enters it ──▶ Bunkyo
 */
const NEXT = 'correct horse battery staple';

let network: TestNetwork;
let one: OperatorDesk;
let two: OperatorDesk;
let looking: Looking;

beforeEach(async () => {
  looking = new Looking();
  network = await startTestNetwork({ offices: [BUNKYO, SHINJUKU], laterForCredentials: looking.later });
  one = new OperatorDesk(network, BUNKYO, OPERATOR);
  two = new OperatorDesk(network, BUNKYO, SECOND_OPERATOR);
});
afterEach(() => network.remove());

const change = async (password: string, newPassword: string, desk = one) => {
  const session = await desk.session();
  return desk.ask(ChangePassword, { password, newPassword }, { session });
};
const entering = async (certificate: Uint8Array, { by = two, operator = OPERATOR } = {}) => {
  const session = await by.session();
  return (await by.ask(ReplaceCard, { operator, certificate }, { session })).reason;
};
const certificateOf = ({ card }: OperatorDesk) => new X509Certificate(card.certificate() ?? '').raw;

/** The card is revoked, and another one made, in the place of the old one. */
function replaceLostCard(): void {
  const card = { kind: 'operator', office: BUNKYO, name: OPERATOR } as const;
  revokeCertificates(network.certs, card, new Date(), 'keyCompromise');
  ensureCertificates(network.network, network.certs, new Date(), { reissue: `juki://${BUNKYO}/operator/${OPERATOR}` });
  looking.now();
}

describe('An operator changes their password', () => {
  it('signs in with the new one from then on, and with no other; the sessions of before have ended', async () => {
    const session = await one.session();
    expect((await change(one.password, NEXT)).reason).toBeUndefined();
    expect(await one.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
    expect((await one.signIn(NEXT)).answer?.session).toBeTruthy();
  });

  it('has to know the one of before, and three guesses lock them out', async () => {
    for (let i = 0; i < 2; i++) expect((await change('guessed', NEXT)).reason).toBe('SIGN_IN_FAILED');
    expect((await one.signIn()).reason).toBeUndefined();
    const session = await one.session();
    for (let i = 0; i < 3; i++)
      expect((await one.ask(ChangePassword, { password: 'guessed', newPassword: NEXT }, { session })).reason).toMatch(
        /SIGN_IN_(FAILED|REQUIRED)/,
      );
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
  });

  it('does not choose one of fewer than eight characters', async () => {
    expect((await change(one.password, 'seven77')).reason).toBe('INVALID_REQUEST');
    expect((await one.signIn()).reason).toBeUndefined();
  });

  it('leaves neither of the two in a log line or an entry', async () => {
    const { entries } = await network.watch(() => change(one.password, NEXT));
    const told = [...network.logLines, JSON.stringify(entries(BUNKYO))].join('\n');
    for (const secret of [one.password, NEXT]) expect(told).not.toContain(secret);
    expect(entries(BUNKYO)).toContainEqual(expect.objectContaining({ outcome: 'OK', purpose: 'CHANGE_PASSWORD' }));
  });
});

describe('An operator’s card was lost', () => {
  it('lets nobody in once it is revoked, nor does the next one before another officer has entered it', async () => {
    const session = await one.session();
    replaceLostCard();
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
    expect(await entering(certificateOf(one))).toBeUndefined();
    expect(await one.refusalIn(session)).toBe('SIGN_IN_REQUIRED');
    expect((await one.signIn()).answer?.session).toBeTruthy();
  });

  it('is not replaced by its own holder, and no revoked card, no other operator’s and none of another office is entered', async () => {
    const lost = certificateOf(one);
    expect(await entering(lost, { by: one })).toBe('SECOND_PERSON_NEEDED');
    replaceLostCard();
    const strangers = new OperatorDesk(network, SHINJUKU, OPERATOR);
    for (const certificate of [lost, certificateOf(two), certificateOf(strangers), Buffer.from('none')])
      expect(await entering(certificate)).toBe('INVALID_REQUEST');
    expect(await entering(certificateOf(one), { operator: 'operator-9' })).toBe('INVALID_REQUEST');
    expect((await one.signIn()).reason).toBe('SIGN_IN_FAILED');
  });
});
