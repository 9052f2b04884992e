import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Caller, callerUri } from '#core/domain/caller.js';
import { Network } from '#core/network.js';
import { OperatorCard } from '#core/operators/operator-card.js';
import {
  agencyFolder,
  FILE,
  loadCredentials,
  loadTrust,
  officeFolder,
  operatorFolder,
} from '#core/trust/credentials.js';
import { callerOfCertificate, urisOf } from '#core/trust/peer-identity.js';
import { SIGNING_KEYS } from '#core/trust/signing-keys.js';
import { DEMO_OPERATORS, demoPin } from './demo-operators.js';
import { ensureCertificates } from './ensure-certificates.js';

const network = Network.load('scripts/network.json');
const DAY = 86_400_000;
const NOW = new Date();
const BUNKYO = 'municipality/131059';
const KINDS = ['offices', 'operators', 'agencies'] as const;
/** Each office has its own certificate, and those of its operators. */
const EACH = 1 + DEMO_OPERATORS.length;
/** All but those of the three authorities: an agency has one. */
const ISSUED = EACH * network.offices.length + network.agencies.length;
const ALL = KINDS.length + ISSUED;
/** What is left of a file that was not written to its end. */
const TORN: [string, (pem: string) => string][] = [
  ['torn in the middle', (pem) => pem.slice(0, pem.length / 2)],
  ['torn before its last line', (pem) => pem.slice(0, pem.indexOf('-----END'))],
  ['empty', () => ''],
];

const LISTS = [FILE.officesList, FILE.operatorsList, FILE.agenciesList];
const PAIR_AND_TRUST = Object.values(FILE).filter((name) => !(LISTS as string[]).includes(name));

function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'juki-ensure-'));
}

function filesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((file) => join(file.parentPath, file.name));
}

function contents(folder: string): Map<string, string> {
  return new Map(filesIn(folder).map((path) => [path, readFileSync(path, 'utf8')]));
}

/** What somebody shows: an operator's key is on their card. */
function held(place: string, caller: Caller): { certificate: string | Buffer; key: KeyObject } {
  if (caller.kind === 'operator')
    return new OperatorCard(join(place, 'card.json')).open(demoPin(caller.office, caller.name));
  const { certificate, key } = loadCredentials(place);
  return { certificate, key: createPrivateKey(key) };
}

describe("A network's certificates", () => {
  const folder = temporaryFolder();
  let made: number;
  beforeAll(() => {
    made = ensureCertificates(network, folder, NOW);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const callers = network.offices.flatMap(({ office }): [string, Caller][] => [
    [officeFolder(folder, office), { kind: 'office', office }],
    ...DEMO_OPERATORS.map(({ name }): [string, Caller] => [
      operatorFolder(folder, office, name),
      { kind: 'operator', office, name },
    ]),
  ]);
  callers.push(
    ...network.agencies.map(({ name }): [string, Caller] => [agencyFolder(folder, name), { kind: 'agency', name }]),
  );

  it('are three authorities, and for each office its own and those of its operators', () => {
    expect(made).toBe(ALL);
    expect(readdirSync(join(folder, 'ca')).sort()).toEqual([...KINDS].sort());
  });

  it.each(callers.map(([place, caller]) => [callerUri(caller), place, caller] as const))(
    'name exactly one caller: %s',
    (uri, place, caller) => {
      const x509 = new X509Certificate(held(place, caller).certificate);
      const { trusted } = loadTrust(place);
      expect(urisOf(x509.subjectAltName ?? '')).toEqual([uri]);
      expect(callerOfCertificate(x509, trusted)).toEqual(caller);
    },
  );

  it('belong to the key beside them, and no key to two', () => {
    const keys = callers
      .map(([place, caller]) => held(place, caller))
      .map(({ certificate, key }) => {
        const { publicKey } = new X509Certificate(certificate);
        expect(new X509Certificate(certificate).checkPrivateKey(key)).toBe(true);
        return publicKey.export({ type: 'spki', format: 'pem' });
      });
    expect(new Set(keys).size).toBe(callers.length);
  });

  it('trust the same three authorities everywhere', () => {
    const trusted = callers.map(([place]) => Object.values(loadTrust(place).trusted).map((ca) => ca.fingerprint256));
    expect(new Set(trusted.map(String)).size).toBe(1);
  });

  it('let offices serve, and operators only ask', () => {
    const serves = (place: string, caller: Caller) =>
      new X509Certificate(held(place, caller).certificate).keyUsage?.includes('1.3.6.1.5.5.7.3.1');
    for (const [place, caller] of callers) expect(serves(place, caller)).toBe(caller.kind === 'office');
  });

  it('have keys that nobody but their owner can read', () => {
    const keys = filesIn(folder).filter((path) => path.endsWith(FILE.key) || path.endsWith('card.json'));
    expect(keys).toHaveLength(ALL);
    expect(keys.filter((path) => (statSync(path).mode & 0o777) !== 0o600)).toEqual([]);
  });

  it('leave the keys of the authorities with the authorities', () => {
    const ofAuthority = contents(join(folder, 'ca'));
    const keys = [...ofAuthority].filter(([path]) => path.endsWith(FILE.key)).map(([, pem]) => pem);
    const elsewhere = [...contents(folder)].filter(([path]) => !ofAuthority.has(path)).map(([, content]) => content);
    expect(elsewhere.filter((content) => keys.includes(content))).toEqual([]);
  });

  it('leave nothing half-written behind', () => {
    const whole = /\.pem$|issued\.jsonl$|card\.json$|signing-keys\.json$/;
    expect(filesIn(folder).filter((path) => !whole.test(path))).toEqual([]);
  });
});

describe('Certificates that are there already', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder();
    ensureCertificates(network, folder, NOW);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const ensure = (now = NOW) => ensureCertificates(network, folder, now);

  it('are left as they are', () => {
    const before = contents(folder);
    expect(ensure()).toBe(0);
    expect(contents(folder)).toEqual(before);
  });

  it('are left as they are where others are made again', () => {
    const before = contents(folder);
    rmSync(officeFolder(folder, BUNKYO), { recursive: true });
    expect(ensure()).toBe(1);
    const changed = [...contents(folder)].filter(([path, content]) => before.get(path) !== content);
    const issued = [FILE.certificate, FILE.key].map((name) => join(officeFolder(folder, BUNKYO), name));
    const notes = [join(folder, 'ca', 'offices', 'issued.jsonl'), join(folder, 'national', SIGNING_KEYS)];
    expect(changed.map(([path]) => path).sort()).toEqual([...issued, ...notes].sort());
    expect(ensure()).toBe(0);
  });

  it.each(PAIR_AND_TRUST)('are made again where %s is missing', (name) => {
    rmSync(join(officeFolder(folder, BUNKYO), name));
    expect(ensure()).toBe(1);
    expect(() => loadCredentials(officeFolder(folder, BUNKYO))).not.toThrow();
  });

  it.each(PAIR_AND_TRUST.flatMap((name) => TORN.map(([how, tear]) => [name, how, tear] as const)))(
    'are made again where %s is %s, and the torn file is whole again',
    (name, _how, tear) => {
      const path = join(officeFolder(folder, BUNKYO), name);
      writeFileSync(path, tear(readFileSync(path, 'utf8')));
      expect(ensure()).toBe(1);
      const { certificate, key, trusted } = loadCredentials(officeFolder(folder, BUNKYO));
      const x509 = new X509Certificate(certificate);
      expect(x509.checkPrivateKey(createPrivateKey(key))).toBe(true);
      expect(callerOfCertificate(x509, trusted)).toEqual({ kind: 'office', office: BUNKYO });
      expect(ensure()).toBe(0);
    },
  );

  it.each(
    LISTS.flatMap((name) => [...TORN, ['missing', () => ''] as const].map(([how, tear]) => [name, how, tear] as const)),
  )('are left as they are where %s is %s, and the list comes back as it was', (name, how, tear) => {
    const before = contents(folder);
    const path = join(officeFolder(folder, BUNKYO), name);
    if (how === 'missing') rmSync(path);
    else writeFileSync(path, tear(readFileSync(path, 'utf8')));
    expect(ensure()).toBe(0);
    expect(contents(folder)).toEqual(before);
  });

  it('are closed again to all but their owner where a key was opened', () => {
    const key = join(officeFolder(folder, BUNKYO), FILE.key);
    chmodSync(key, 0o644);
    expect(ensure()).toBe(0);
    expect(statSync(key).mode & 0o777).toBe(0o600);
  });

  it('are renewed once less than a third of their life is left: of an office’s or agency’s 30 days, of an operator’s 90', () => {
    const inDays = (days: number) => new Date(NOW.getTime() + days * DAY);
    const ofThirtyDays = network.offices.length + network.agencies.length;
    expect(ensure(inDays(19.9))).toBe(0);
    expect(ensure(inDays(20.1))).toBe(ofThirtyDays);
    expect(ensure(inDays(39.9))).toBe(0);
    expect(ensure(inDays(60.1))).toBe(ISSUED);
  });

  it('are all renewed at once where that is asked for, and the authorities are not', () => {
    const authorities = () => [...contents(join(folder, 'ca'))].filter(([path]) => path.endsWith(FILE.certificate));
    const before = authorities();
    expect(ensureCertificates(network, folder, NOW, { rotate: true })).toBe(ISSUED);
    expect(authorities()).toEqual(before);
  });

  it('go on being good when the authority of theirs is renewed: it keeps its key', () => {
    const place = officeFolder(folder, BUNKYO);
    const before = loadCredentials(place);
    const later = new Date(NOW.getTime() + 2_500 * DAY);
    ensure(later);
    const { trusted } = loadCredentials(place);
    const certificate = new X509Certificate(before.certificate);
    expect(trusted.offices.fingerprint256).not.toBe(before.trusted.offices.fingerprint256);
    expect(trusted.offices.validToDate.getTime()).toBeGreaterThan(later.getTime() + 3_600 * DAY);
    expect(callerOfCertificate(certificate, trusted)).toEqual({ kind: 'office', office: BUNKYO });
    const now = new X509Certificate(loadCredentials(place).certificate);
    expect(callerOfCertificate(now, before.trusted)).toEqual({ kind: 'office', office: BUNKYO });
  });

  it.each([FILE.certificate, FILE.key])(
    'are all made again where %s of the authority for offices is missing',
    (name) => {
      rmSync(join(folder, 'ca', 'offices', name));
      expect(ensure()).toBe(1 + ISSUED);
      const { certificate, trusted } = loadCredentials(officeFolder(folder, BUNKYO));
      expect(callerOfCertificate(new X509Certificate(certificate), trusted)).toEqual({
        kind: 'office',
        office: BUNKYO,
      });
    },
  );

  it.each([FILE.certificate, FILE.key].flatMap((name) => TORN.map(([how, tear]) => [name, how, tear] as const)))(
    'are all made again where %s of the authority for offices is %s',
    (name, _how, tear) => {
      const path = join(folder, 'ca', 'offices', name);
      writeFileSync(path, tear(readFileSync(path, 'utf8')));
      expect(ensure()).toBe(1 + ISSUED);
      expect(ensure()).toBe(0);
    },
  );

  it('are all made again when the authorities are about to expire', () => {
    expect(ensure(new Date(NOW.getTime() + 3_650 * DAY))).toBe(ALL);
  });
});
