import { describe, expect, it } from '@jest/globals';
import { withStanding } from '../domain/directory.js';
import { Network } from '../network.js';
import type { Credentials } from '../trust/credentials.js';
import { stateDirectory } from './state-directory.js';

const AT = new Date('2016-05-27T01:00:00Z');
const BUNKYO = 'municipality/131059';
const KEY = 'a'.repeat(64);
const LIFE = { from: '2026-05-27T00:00:00.000Z', until: '2026-06-27T00:00:00.000Z' };

const list = { number: 1, issuedAt: AT, renewBy: AT, revoked: new Map([['0F', AT]]) };
const credentials = {
  lists: { offices: list, operators: list, agencies: list },
  signingKeys: { [BUNKYO]: [{ key: KEY, serial: '0A', ...LIFE }] },
} as unknown as Credentials;
const network = Network.load('scripts/network.json').forOneOffice('national');
const stateAddress = (office: string) => (office === BUNKYO ? 'bunkyo:17105' : undefined);
const known = { network, credentials, stateAddress };
const bunkyoIn = ({ offices }: ReturnType<typeof stateDirectory>) => offices.find(({ office }) => office === BUNKYO);

describe('The directory that the centre states', () => {
  it('has every office of the network file, at its address and with its keys where the centre knows them', () => {
    const first = stateDirectory(undefined, known, AT, 0);
    expect(first.number).toBe(1);
    expect(first.offices.map(({ office }) => office)).toEqual(network.offices.map(({ office }) => office));
    expect(bunkyoIn(first)).toMatchObject({
      ...{ participating: true, cutOff: null, address: 'bunkyo:17105' },
      signing: { keys: [KEY], newestFrom: LIFE.from },
    });
    expect(first.offices[0]).toMatchObject({ office: 'national', address: null, signing: null });
    expect(first.revocations.offices).toEqual({ '0F': AT.getTime() / 1000 });
  });

  it('keeps what was decided, and takes the number after the highest that there was', () => {
    const cutOff = { since: AT.toISOString(), by: 'national', cause: 'COMPROMISED' as const };
    const decided = {
      ...withStanding(stateDirectory(undefined, known, AT, 0), BUNKYO, { cutOff, participating: false }),
    };
    const next = stateDirectory({ ...decided, threatLevel: 2 }, known, AT, 6);
    expect(next).toMatchObject({ number: 7, threatLevel: 2 });
    expect(bunkyoIn(next)).toMatchObject({ cutOff, participating: false, address: 'bunkyo:17105' });
  });
});

describe('An office that follows it', () => {
  it('finds others where the directory says, and what they sign with, and goes by itself where it says nothing', () => {
    const shinjuku = network.forOneOffice('municipality/131041');
    expect(shinjuku.address(BUNKYO)).toBeUndefined();
    shinjuku.follow(stateDirectory(undefined, known, AT, 0));
    expect([shinjuku.address(BUNKYO), shinjuku.address('national')]).toEqual(['bunkyo:17105', undefined]);
    expect([shinjuku.signingKeys(BUNKYO)?.keys, shinjuku.signingKeys('national')]).toEqual([[KEY], undefined]);
  });
});
