import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FILE, officeFolder } from '#core/trust/credentials.js';
import type { RevocationReason } from '#core/trust/issue-revocation-list.js';
import { bytesOfBase45 } from '#municipality/wire/move-out-certificate-payload.js';
import { revokeCertificates, whomOf } from '#scripts/certificates/revoke-certificate.js';
import { LiveTrust } from '../support/live-trust.js';
import { arrivingInShinjuku, leavingForShinjuku } from '../support/notifications.js';
import { BUNKYO, SHINJUKU } from '../support/offices.js';
import { type Family, handingOut, Town } from '../support/people.js';
import { moveIn, moveOut, reissue } from '../support/questions.js';
import { RegisterDesk } from '../support/register-desk.js';

/*
 *   family ── 転出届 ──▶ Bunkyo: a paper, sealed with Bunkyo's certificate of that day
 *     │                    │
 *     │        npm run certs -- --rotate, or --revoke municipality/131059 --reason ...
 *     │                    ▼ seen within 2 s
 *     └─── 転入届 ──▶ Shinjuku: whose seal is it, and can somebody else have had the key?
 */
let trust: LiveTrust;
let aFamily: () => Family;
let bunkyo: RegisterDesk;
let shinjuku: RegisterDesk;

beforeEach(async () => {
  trust = await LiveTrust.start();
  aFamily = handingOut(new Town(trust.network.people, BUNKYO).families);
  bunkyo = new RegisterDesk(trust.network, BUNKYO);
  shinjuku = new RegisterDesk(trust.network, SHINJUKU);
});
afterEach(() => trust.network.remove());

/** A family that leaves Bunkyo with its paper. */
async function leaving() {
  const { all } = aFamily();
  return { all, out: await bunkyo.receipt(moveOut, leavingForShinjuku(all), 'MOVE_OUT') };
}

function revokeBunkyo(reason: RevocationReason): void {
  revokeCertificates(trust.network.certs, whomOf(BUNKYO), new Date(), reason);
  trust.ensure();
  trust.looking.now();
}

const codeOf = (one?: { residentRecordCode: string }) => ({ residentRecordCode: one?.residentRecordCode ?? '' });

function serialOfSeal(payload = ''): string {
  const all = bytesOfBase45(payload.slice('JUKI1:'.length)) ?? Buffer.alloc(0);
  return new X509Certificate(all.subarray(66, 66 + all.readUInt16BE(64))).serialNumber;
}

function serialInFolder(): string {
  const pem = readFileSync(join(officeFolder(trust.network.certs, BUNKYO), FILE.certificate));
  return new X509Certificate(pem).serialNumber;
}

describe('Bunkyo’s certificate is renewed while it runs', () => {
  it('seals papers with the new one from then on, and both kinds are taken in Shinjuku', async () => {
    const early = await leaving();
    const old = serialInFolder();
    trust.ensure({ rotate: true });
    trust.looking.now();
    const late = await leaving();
    expect(serialOfSeal(early.out.certificates[0]?.payload)).toBe(old);
    expect(serialOfSeal(late.out.certificates[0]?.payload)).toBe(serialInFolder());
    expect(serialInFolder()).not.toBe(old);
    for (const { all, out } of [early, late]) await shinjuku.receipt(moveIn, arrivingInShinjuku(all, out), 'MOVE_IN');
  });
});

describe('Bunkyo’s certificate is revoked after a paper was sealed with it', () => {
  it.each<RevocationReason>(['keyCompromise', 'privilegeWithdrawn', 'unspecified'])(
    'for %s: nobody moves in with it, since whoever had the key can have written its date',
    async (reason) => {
      const { all, out } = await leaving();
      revokeBunkyo(reason);
      await shinjuku.refused(moveIn, arrivingInShinjuku(all, out), 'CERTIFICATE_NOT_VALID');
    },
  );

  it.each<RevocationReason>(['superseded', 'affiliationChanged', 'cessationOfOperation'])(
    'for %s: the paper stays good, since the key was Bunkyo’s alone',
    async (reason) => {
      const { all, out } = await leaving();
      revokeBunkyo(reason);
      await shinjuku.receipt(moveIn, arrivingInShinjuku(all, out), 'MOVE_IN');
    },
  );

  it('for keyCompromise: they move in with a paper that Bunkyo seals anew once it has another certificate', async () => {
    const { all, out } = await leaving();
    revokeBunkyo('keyCompromise');
    trust.ensure({ reissue: `juki://${BUNKYO}` });
    trust.looking.now();
    const anew = await bunkyo.ask(reissue, { ...codeOf(all[0]), purpose: '転出証明書の再交付' });
    await shinjuku.refused(moveIn, arrivingInShinjuku(all, out), 'CERTIFICATE_NOT_VALID');
    await shinjuku.receipt(moveIn, arrivingInShinjuku(all, { ...out, certificates: [anew.certificate] }), 'MOVE_IN');
  });
});
