import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Network } from '#core/network.js';
import { FILE, loadTrust, officeFolder, operatorFolder } from '#core/trust/credentials.js';
import { serialOf } from '#core/trust/revocation-list.js';
import { DEMO_OPERATORS, OPERATOR } from './demo-operators.js';
import { ensureCertificates } from './ensure-certificates.js';
import { revokeCertificates, whomOf } from './revoke-certificate.js';

/** Not part of this project; without it, its part of the tests is skipped, and the skipping printed. */
const OPENSSL = 'openssl';
const network = Network.load('scripts/network.json');
const NOW = new Date();
const DAY = 86_400_000;
const BUNKYO = 'municipality/131059';
const OF_BUNKYO = `juki://${BUNKYO}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'juki-revoke-'));
  ensureCertificates(network, folder, NOW);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ensure = (wishes = {}, now = NOW) => ensureCertificates(network, folder, now, wishes);
const revoke = (whom: string) => revokeCertificates(folder, whomOf(whom), NOW, 'unspecified');
const held = (place = officeFolder(folder, BUNKYO)) => new X509Certificate(readFileSync(join(place, FILE.certificate)));
const lists = (place = officeFolder(folder, 'national')) => loadTrust(place).lists;

describe('Who is revoked', () => {
  it('is on the next list of their own authority, in every folder, with a higher number', () => {
    const before = lists();
    expect(revoke(BUNKYO)).toBe(1);
    expect(ensure()).toBe(0);
    for (const place of [officeFolder(folder, 'national'), operatorFolder(folder, BUNKYO, OPERATOR)]) {
      expect([...lists(place).offices.revoked.keys()]).toEqual([serialOf(held())]);
      expect(lists(place).offices.number).toBeGreaterThan(before.offices.number);
      expect(lists(place).operators).toEqual(before.operators);
    }
  });

  it('has no certificate made by itself, and another one when that is asked for', () => {
    const before = held().serialNumber;
    revoke(BUNKYO);
    expect(ensure({}, new Date(NOW.getTime() + 25 * DAY))).toBe(network.offices.length + network.agencies.length - 1);
    expect(held().serialNumber).toBe(before);
    expect(ensure({ reissue: OF_BUNKYO })).toBe(1);
    expect(lists().offices.revoked.has(serialOf(held()))).toBe(false);
  });

  it('is revoked once, and with every certificate that they were given and that has not expired', () => {
    const serials = [serialOf(held())];
    ensure({ rotate: true });
    serials.push(serialOf(held()));
    expect(revoke(BUNKYO)).toBe(2);
    expect(revoke(BUNKYO)).toBe(0);
    ensure();
    expect(new Set(lists().offices.revoked.keys())).toEqual(new Set(serials));
  });

  it('is revoked although nobody wrote down what they were given: what they hold is enough', () => {
    rmSync(join(folder, 'ca', 'operators', 'issued.jsonl'));
    expect(revoke(`${BUNKYO}/${OPERATOR}`)).toBe(1);
    ensure();
    expect([...lists().operators.revoked.keys()]).toEqual([serialOf(held(operatorFolder(folder, BUNKYO, OPERATOR)))]);
  });

  it('stays revoked where the note of it is lost, and where it is torn nothing goes on', () => {
    revoke(BUNKYO);
    ensure();
    const note = join(folder, 'ca', 'offices', 'revoked.json');
    const whole = readFileSync(note, 'utf8');
    writeFileSync(note, whole.slice(0, 20));
    expect(() => ensure()).toThrow('revoked.json can not be read');
    rmSync(note);
    ensure({}, new Date(NOW.getTime() + 5 * DAY));
    expect(lists().offices.revoked.has(serialOf(held()))).toBe(true);
  });

  it.each(['', 'nobody', 'municipality/131050', `${BUNKYO}/a/b`, 'agency/Pension Service'])(
    'can not be %j, who is neither an office, nor an operator, nor an agency',
    (text) => expect(() => whomOf(text)).toThrow('neither an office, nor an operator of one, nor an agency'),
  );
});

describe('A revocation list', () => {
  it('is left as it is while more than half of its seven days are left, and made again from then on', () => {
    const before = lists().agencies;
    ensure({}, new Date(NOW.getTime() + 3.4 * DAY));
    expect(lists().agencies).toEqual(before);
    ensure({}, new Date(NOW.getTime() + 3.6 * DAY));
    expect(lists().agencies.number).toBeGreaterThan(before.number);
    expect(lists().agencies.renewBy.getTime()).toBeGreaterThan(NOW.getTime() + 10 * DAY);
  });
});

const hasOpenssl = spawnSync(OPENSSL, ['version']).status === 0;
if (!hasOpenssl) console.warn('skipped: what OpenSSL says of every chain; it is not installed here');

(hasOpenssl ? describe : describe.skip)('OpenSSL, which knows nothing of this network', () => {
  const verify = (kind: 'offices' | 'operators', places: string[]) => {
    const trust = places[0] ?? '';
    const files = ['-CAfile', join(trust, FILE[kind]), '-CRLfile', join(trust, FILE[`${kind}List`])];
    const chains = places.map((place) => join(place, FILE.certificate));
    const { stdout, stderr } = spawnSync(OPENSSL, ['verify', '-x509_strict', '-crl_check', ...files, ...chains], {
      encoding: 'utf8',
    });
    return { good: stdout.match(/: OK$/gm)?.length ?? 0, stderr };
  };
  const offices = () => network.offices.map(({ office }) => officeFolder(folder, office));
  const operators = () =>
    network.offices.flatMap(({ office }) => DEMO_OPERATORS.map(({ name }) => operatorFolder(folder, office, name)));

  it('verifies every chain against its list, after a renewal of all too', () => {
    for (const wishes of [{}, { rotate: true }]) {
      ensure(wishes);
      expect(verify('offices', offices())).toEqual({ good: offices().length, stderr: '' });
      expect(verify('operators', operators())).toEqual({ good: operators().length, stderr: '' });
    }
  });

  it('refuses the one that was revoked, and no other', () => {
    revoke(BUNKYO);
    ensure();
    const { good, stderr } = verify('offices', offices());
    expect(good).toBe(offices().length - 1);
    expect(stderr).toContain('certificate revoked');
  });
});

describe('Keys', () => {
  it('are in no image and not in git', () => {
    expect(readFileSync('.dockerignore', 'utf8').split('\n')).toContain('certs');
    expect(readFileSync('certs/.gitignore', 'utf8').trim().split('\n')).toEqual(['*', '!.gitignore', '!README.md']);
  });
});
