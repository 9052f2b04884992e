import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkpointText } from '#core/audit/checkpoint.js';
import { type Head, showingBytes } from '#core/domain/head.js';
import { type OfficeId, originOf } from '#core/domain/office.js';
import { BUNKYO, SHINJUKU, TOKYO } from '../support/offices.js';
import type { TestNetwork } from '../support/test-network.js';
import { WitnessedNetwork } from '../support/witnessed-network.js';

/*
 *   Bunkyo   ── an old head of its log, or the same again ──▶ Tokyo: nobody is accused
 *   Shinjuku ── a head that it made for Bunkyo's log ───────▶ Tokyo: not used, and told
 */
let witnessed: WitnessedNetwork;
let network: TestNetwork;

beforeEach(async () => {
  witnessed = await WitnessedNetwork.start();
  network = witnessed.network;
});
afterEach(() => network.remove());

const aChange = () => witnessed.aChange();
const held = (witness: OfficeId, office: OfficeId) => witnessed.held(witness, office);
const told = (office: OfficeId, witness: OfficeId) => witnessed.told(office, witness);
const alarms = (office: OfficeId) => witnessed.alarms(office);
const show = (from: OfficeId, head: Head) => witnessed.show(from, head);

describe('A head arrives that is not the next one', () => {
  it('contradicts nothing where it comes twice, or after a newer one', async () => {
    await aChange();
    const head = await network.node(BUNKYO).shownLog.headFor(TOKYO);
    await show(BUNKYO, head);
    const once = await held(TOKYO, BUNKYO);
    await show(BUNKYO, head);
    expect(await held(TOKYO, BUNKYO)).toEqual(once);
    await aChange();
    const newer = await held(TOKYO, BUNKYO);
    expect(newer?.size).toBeGreaterThan(once?.size ?? Number.MAX_SAFE_INTEGER);
    await show(BUNKYO, head);
    expect(await held(TOKYO, BUNKYO)).toEqual(newer);
    expect(await alarms(TOKYO)).toEqual([]);
  });

  it('is shown once more from the right size, where an answer was lost', async () => {
    await aChange();
    // Its answer is not heeded.
    await show(BUNKYO, await network.node(BUNKYO).shownLog.headFor(TOKYO));
    expect((await told(BUNKYO, TOKYO))?.size).toBeLessThan((await held(TOKYO, BUNKYO))?.size ?? 0);
    const before = (await held(TOKYO, BUNKYO))?.size;
    await aChange();
    const now = await held(TOKYO, BUNKYO);
    expect(now?.size).toBeGreaterThan(before ?? Number.MAX_SAFE_INTEGER);
    expect((await told(BUNKYO, TOKYO))?.size).toBe(now?.size);
    expect(await alarms(TOKYO)).toEqual([]);
  });
});

describe('Shinjuku shows a head of Bunkyo’s log', () => {
  const FORGERIES: [string, () => Promise<Head>][] = [
    ['that it has signed itself', () => forged(originOf(BUNKYO), originOf(BUNKYO))],
    ['under its own name', () => forged(originOf(BUNKYO), originOf(SHINJUKU))],
    ['that Bunkyo has signed', () => network.node(BUNKYO).shownLog.headFor(TOKYO)],
  ];

  async function forged(origin: string, name: string): Promise<Head> {
    const { statements, clock } = network.node(SHINJUKU);
    const text = checkpointText({ origin, size: 1, root: Buffer.alloc(32, 7), logKey: Buffer.alloc(33, 2) });
    const at = clock.now();
    const showing = { witness: TOKYO, text, fromSize: 0, proof: [], shownAt: at.getTime() };
    const { signature } = await statements.sign(showingBytes(showing), at);
    return { ...showing, checkpoint: statements.signNote(text, name), signature };
  }

  it.each(FORGERIES)('%s: it is not used, is told in the technical log, and accuses nobody', async (_what, forge) => {
    await aChange();
    const before = await held(TOKYO, BUNKYO);
    await show(SHINJUKU, await forge());
    expect([await held(TOKYO, BUNKYO), await held(TOKYO, SHINJUKU)]).toEqual([before, undefined]);
    expect(await alarms(TOKYO)).toEqual([]);
    const logged = network.logLines.map((line) => JSON.parse(line)).filter(({ log }) => log === SHINJUKU);
    expect(logged.map(({ office }) => office)).toEqual([TOKYO]);
  });

  it('that is none: the delivery is refused', async () => {
    const head = await network.node(SHINJUKU).shownLog.headFor(TOKYO);
    const refused = { reason: 'INVALID_REQUEST' };
    await expect(show(SHINJUKU, { ...head, proof: [Buffer.alloc(31)] })).rejects.toMatchObject(refused);
    await expect(show(SHINJUKU, { ...head, fromSize: -1 })).rejects.toMatchObject(refused);
    expect(await held(TOKYO, SHINJUKU)).toBeUndefined();
  });
});
