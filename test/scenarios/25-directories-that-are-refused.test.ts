import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Directory, directoryBytes, withStanding } from '#core/domain/directory.js';
import type { OfficeId } from '#core/domain/office.js';
import { publishDirectory } from '#core/peers/hand-on-directory.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { issuedKeyOf } from '#core/trust/signing-keys.js';
import { Statements } from '#core/trust/statements.js';
import { ensureCertificates } from '#scripts/certificates/ensure-certificates.js';
import { revokeCertificates, whomOf } from '#scripts/certificates/revoke-certificate.js';
import { Looking } from '../support/looking.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { SigningNetwork } from '../support/signing-office.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   somebody ── a directory that lets Bunkyo back in ──▶ Tokyo, taken over ──▶ Shinjuku: refused
 */
const REJOINED = { cutOff: null };

let network: TestNetwork;
let looking: Looking;

beforeEach(async () => {
  looking = new Looking();
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, SHINJUKU], laterForCredentials: looking.later });
  await everywhere();
});
afterEach(() => network.remove());

async function everywhere(): Promise<void> {
  await network.settle();
  for (const office of [NATIONAL, TOKYO]) await network.node(office).settled();
}

const present = () => network.node(SHINJUKU).network.directory as Directory;
const next = () => ({ ...withStanding(present(), BUNKYO, REJOINED), number: present().number + 1 });
const statementsOf = (office: OfficeId) => new Statements(loadCredentials(officeFolder(network.certs, office)));

/** What Shinjuku says to a directory that Tokyo hands on: its reason to refuse it, or the number that it holds then. */
async function handedOn(directory: Directory, by: Statements): Promise<string | number> {
  const content = directoryBytes(directory);
  const signed = { content, ...(await by.sign(content, directory.issuedAt)) };
  const asker = { ...network.node(TOKYO), randomBytes, newId: randomUUID };
  return publishDirectory(asker)(SHINJUKU, signed).catch(({ reason }) => reason);
}

describe('A directory that Tokyo hands on', () => {
  it('is followed where the centre has signed it', async () => {
    expect(await handedOn(next(), statementsOf(NATIONAL))).toBe(2);
    expect(present().number).toBe(2);
  });

  it('is not valid where another office has signed it, or the centre of another network', async () => {
    for (const by of [statementsOf(TOKYO), statementsOf(SHINJUKU), new SigningNetwork().signs(NATIONAL)])
      expect(await handedOn(next(), by)).toBe('DIRECTORY_NOT_VALID');
    expect(present().number).toBe(1);
  });

  it('is not valid with a number that is none, though the centre had signed it', async () => {
    for (const number of [0, -1, 1.5]) {
      expect(await handedOn({ ...next(), number }, statementsOf(NATIONAL))).toBe('DIRECTORY_NOT_VALID');
    }
  });

  it('is rolled back where it says something else under the number that is held, or under a lower one', async () => {
    const centre = statementsOf(NATIONAL);
    await handedOn({ ...next(), number: 7 }, centre);
    const other = { ...present(), threatLevel: 2 as const };
    for (const number of [7, 6, 1]) expect(await handedOn({ ...other, number }, centre)).toBe('DIRECTORY_ROLLED_BACK');
    expect(present()).toMatchObject({ number: 7, threatLevel: 1 });
  });

  it('is not valid under a key that the centre had long before, though it is numbered higher', async () => {
    const stolen = statementsOf(NATIONAL);
    for (const minutes of [10, 20, 30])
      ensureCertificates(network.network, network.certs, new Date(Date.now() + minutes * 60_000), { rotate: true });
    looking.now();
    await everywhere();
    expect(present().number).toBe(2);
    expect(await handedOn({ ...next(), number: 99 }, stolen)).toBe('DIRECTORY_NOT_VALID');
    expect(await handedOn(next(), statementsOf(NATIONAL))).toBe(3);
  });

  it('is not valid under the certificate of the centre that was revoked', async () => {
    const stolen = statementsOf(NATIONAL);
    revokeCertificates(network.certs, whomOf(NATIONAL), new Date(), 'keyCompromise');
    ensureCertificates(network.network, network.certs, new Date(), { reissue: `juki://${NATIONAL}` });
    network.node(NATIONAL).credentials.look();
    await everywhere();
    expect(await handedOn({ ...next(), number: 99 }, stolen)).toBe('DIRECTORY_NOT_VALID');
    expect(await handedOn(next(), statementsOf(NATIONAL))).toBe(present().number);
  });
});

describe('The centre’s directory', () => {
  it('is issued anew when certificates are renewed, with the keys of before beside the new ones', async () => {
    const keyOf = (office: OfficeId) =>
      issuedKeyOf(new X509Certificate(loadCredentials(officeFolder(network.certs, office)).certificate)).key;
    const before = keyOf(TOKYO);
    ensureCertificates(network.network, network.certs, new Date(), { rotate: true });
    looking.now();
    await everywhere();
    expect(network.node(SHINJUKU).network.signingKeys(TOKYO)?.keys).toEqual([keyOf(TOKYO), before]);
    expect(keyOf(TOKYO)).not.toBe(before);
  });

  it('is the same after a restart that finds nothing new', async () => {
    await network.stop(NATIONAL);
    await network.start(NATIONAL);
    expect(network.node(NATIONAL).network.directory).toMatchObject({ number: 1 });
  });

  it('tells no addresses where the system chose the ports: each node goes by its own configuration', () => {
    expect(present().offices.map(({ address }) => address)).toEqual(present().offices.map(() => null));
    expect(network.node(SHINJUKU).network.address(TOKYO)).toBeUndefined();
  });
});
