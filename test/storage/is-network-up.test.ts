import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isNetworkUp } from '#scripts/network/is-network-up.js';
import { NATIONAL, SHINJUKU } from '../support/offices.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

let network: TestNetwork;

beforeAll(async () => {
  network = await startTestNetwork({ offices: [SHINJUKU, NATIONAL] });
});
afterAll(() => network.remove());

describe('What is prepared before offices start is left alone while one of them runs', () => {
  const isUp = () => isNetworkUp(network.network, network.data);

  it('is told so with all of them up, with the centre alone stopped, and no longer with all of them stopped', async () => {
    expect(await isUp()).toBe(true);
    await network.stop(NATIONAL);
    expect(await isUp()).toBe(true);
    await network.stop(SHINJUKU);
    expect(await isUp()).toBe(false);
  });

  it('takes nothing from the offices: they start again over their ledgers', async () => {
    await network.stopAll();
    expect(await isUp()).toBe(false);
    await Promise.all([SHINJUKU, NATIONAL].map((office) => network.start(office)));
    expect(await isUp()).toBe(true);
  });
});
