import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Directory, directoryBytes } from '#core/domain/directory.js';
import type { OfficeId } from '#core/domain/office.js';
import { askForDirectory, publishDirectory } from '#core/peers/hand-on-directory.js';
import { CutOff, CutOwnLine, Rejoin, RestoreOwnLine, SetParticipation } from '#scripts/operator/procedures.js';
import { byPhotoId, overGrpc } from '../support/counter.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { levelsOf } from '../support/levels.js';
import { IN_BUNKYO } from '../support/notifications.js';
import { BUNKYO, KANAGAWA, KUNITACHI, NATIONAL, SHINJUKU, TOKYO, YOKOHAMA } from '../support/offices.js';
import { Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   national centre ── directory 2: Bunkyo is cut off ──▶ Tokyo ──▶ Bunkyo, Shinjuku, Kunitachi
 *                                                    └──▶ Kanagawa ──▶ Yokohama
 */
const OFFICES = [NATIONAL, TOKYO, KANAGAWA, BUNKYO, SHINJUKU, KUNITACHI, YOKOHAMA];
const COMPROMISED = 'CAUSE_COMPROMISED' as const;

let network: TestNetwork;

beforeEach(async () => {
  network = await startTestNetwork({ offices: OFFICES, outside: [KUNITACHI], checking: true });
  await everywhere();
});
afterEach(() => network.remove());

/** The directory that the centre issued has gone down the tree. */
async function everywhere(): Promise<void> {
  await network.settle();
  for (const office of [NATIONAL, TOKYO, KANAGAWA]) await network.node(office).settled();
}

const cutOff = (at: OfficeId, office: OfficeId) =>
  new Desk(network, at).refusalOf(CutOff, { office, cause: COMPROMISED });
const rejoin = (at: OfficeId, office: OfficeId) => new Desk(network, at).refusalOf(Rejoin, { office });
const numbers = () => OFFICES.map((office) => network.node(office).network.directory?.number);
const asker = (office: OfficeId) => ({ ...network.node(office), randomBytes, newId: randomUUID });

/** What a counter says that asks for a copy of somebody elsewhere. */
async function copyFrom(home: OfficeId, at: OfficeId) {
  const resident = new Town(network.people, home).memberOfFour;
  const homeMunicipality = home.slice('municipality/'.length);
  const reply = await overGrpc.apply(network, at, { ...byPhotoId(resident), homeMunicipality });
  return reply.reason;
}

describe('The centre cuts Bunkyo off', () => {
  it('is known to every office by a directory that the centre has signed', async () => {
    expect(numbers()).toEqual(OFFICES.map(() => 1));
    expect(await cutOff(NATIONAL, BUNKYO)).toBeUndefined();
    await everywhere();
    expect(numbers()).toEqual(OFFICES.map(() => 2));
    for (const office of OFFICES)
      expect(network.node(office).network.cutOff(BUNKYO)).toMatchObject({ by: NATIONAL, cause: 'COMPROMISED' });
  });

  it('has every node refuse it, and ask it nothing, within five seconds of the switch', async () => {
    const startedAt = performance.now();
    await cutOff(NATIONAL, BUNKYO);
    await everywhere();
    const refusals = await Promise.all([copyFrom(SHINJUKU, BUNKYO), copyFrom(BUNKYO, SHINJUKU)]);
    const asked = await askForDirectory(asker(BUNKYO))(TOKYO).catch(({ reason }) => reason);
    const seconds = (performance.now() - startedAt) / 1000;
    console.log(`the last of ${OFFICES.length} offices refused ${seconds.toFixed(2)} s after the switch`);
    expect([...refusals, asked]).toEqual(['CUT_OFF', 'CUT_OFF', 'CUT_OFF']);
    expect(seconds).toBeLessThan(5);
    expect(await copyFrom(YOKOHAMA, SHINJUKU)).toBeUndefined();
  });

  it('keeps its changes until it is let back in, and they are everywhere then', async () => {
    const [bunkyo, , national] = levelsOf(network);
    const [resident] = new Town(network.people, BUNKYO).singles;
    if (!resident) throw new Error('the seed has nobody who lives alone');
    await cutOff(NATIONAL, BUNKYO);
    await everywhere();
    await new DailyBusiness(network, BUNKYO).rehouse(resident, IN_BUNKYO);
    await everywhere();
    expect(await bunkyo.status()).toMatchObject({ waiting: 1 });
    expect(await national.changes(resident)).toEqual([]);
    expect(await rejoin(NATIONAL, BUNKYO)).toBeUndefined();
    await everywhere();
    await everywhere();
    expect(await bunkyo.status()).toMatchObject({ waiting: 0 });
    expect(await national.changes(resident)).toHaveLength(1);
  });

  it('stays so when the offices start again: the directory is kept', async () => {
    await cutOff(NATIONAL, BUNKYO);
    await everywhere();
    await network.stop(NATIONAL);
    await network.stop(SHINJUKU);
    await network.start(SHINJUKU);
    expect(network.node(SHINJUKU).network.cutOff(BUNKYO)).toBeDefined();
    expect(await copyFrom(BUNKYO, SHINJUKU)).toBe('CUT_OFF');
  });

  it('reaches an office that was down, as soon as it is up again', async () => {
    await network.stop(SHINJUKU);
    await cutOff(NATIONAL, BUNKYO);
    await everywhere();
    await network.start(SHINJUKU);
    await everywhere();
    expect(network.node(SHINJUKU).network.directory?.number).toBe(2);
  });
});

describe('A prefecture has a switch for its own municipalities', () => {
  it('cuts one of them off through the centre, and lets it back in', async () => {
    expect(await cutOff(TOKYO, BUNKYO)).toBeUndefined();
    await everywhere();
    expect(network.node(YOKOHAMA).network.cutOff(BUNKYO)).toMatchObject({ by: TOKYO });
    expect(await rejoin(TOKYO, BUNKYO)).toBeUndefined();
    await everywhere();
    expect(network.node(YOKOHAMA).network.cutOff(BUNKYO)).toBeUndefined();
  });

  it('may not touch another prefecture’s, nor itself, nor what the centre has cut off', async () => {
    expect(await cutOff(TOKYO, YOKOHAMA)).toBe('ACCESS_DENIED');
    expect(await cutOff(TOKYO, TOKYO)).toBe('ACCESS_DENIED');
    expect(await cutOff(NATIONAL, NATIONAL)).toBe('ACCESS_DENIED');
    await cutOff(NATIONAL, BUNKYO);
    await everywhere();
    expect(await rejoin(TOKYO, BUNKYO)).toBe('ACCESS_DENIED');
  });
});

describe('Bunkyo’s security officer cuts its own line', () => {
  const grounds = { grounds: '不正アクセスの疑い' };
  const finding = { finding: '端末を隔離した' };

  it('asks nobody and answers nobody, goes on at its own counter, and is reconciled once the line is restored', async () => {
    const [bunkyo, , national] = levelsOf(network);
    const [resident] = new Town(network.people, BUNKYO).singles;
    if (!resident) throw new Error('the seed has nobody who lives alone');
    const desk = new Desk(network, BUNKYO);
    expect(await desk.refusalOf(CutOwnLine, grounds)).toBeUndefined();
    expect([await copyFrom(SHINJUKU, BUNKYO), await copyFrom(BUNKYO, SHINJUKU)]).toEqual(['CUT_OFF', 'CUT_OFF']);
    await new DailyBusiness(network, BUNKYO).rehouse(resident, IN_BUNKYO);
    await everywhere();
    expect(await bunkyo.status()).toMatchObject({ waiting: 1 });
    expect(await desk.refusalOf(RestoreOwnLine, finding)).toBeUndefined();
    await everywhere();
    await everywhere();
    expect(await national.changes(resident)).toHaveLength(1);
    expect(await copyFrom(BUNKYO, SHINJUKU)).toBeUndefined();
    expect(await desk.refusalOf(RestoreOwnLine, finding)).toBe('NOT_FOUND');
  });

  it('stays cut when the node starts again, whatever the directory says', async () => {
    await new Desk(network, BUNKYO).refusalOf(CutOwnLine, grounds);
    await network.stop(BUNKYO);
    await network.start(BUNKYO);
    await everywhere();
    expect(await copyFrom(BUNKYO, SHINJUKU)).toBe('CUT_OFF');
  });
});

describe('Somebody hands on a directory that the centre did not sign', () => {
  const present = () => network.node(SHINJUKU).network.directory as Directory;

  it('is refused where a prefecture has signed it itself', async () => {
    const tokyo = network.node(TOKYO);
    const forged = { ...present(), number: 99 };
    const content = directoryBytes(forged);
    const signed = { content, ...(await tokyo.statements.sign(content, forged.issuedAt)) };
    const refused = publishDirectory(asker(TOKYO))(SHINJUKU, signed);
    await expect(refused).rejects.toMatchObject({ reason: 'DIRECTORY_NOT_VALID' });
    expect(present().number).toBe(1);
  });

  it('is refused where one letter of the centre’s own was changed', async () => {
    const signed = await askForDirectory(asker(TOKYO))(NATIONAL);
    if (!signed) throw new Error('the centre holds none');
    const content = Buffer.from(signed.content.toString().replace('true', 'null'));
    const refused = publishDirectory(asker(TOKYO))(SHINJUKU, { ...signed, content });
    await expect(refused).rejects.toMatchObject({ reason: 'DIRECTORY_NOT_VALID' });
  });

  it('is refused where it is an older one: nobody is let back in by yesterday’s', async () => {
    const yesterdays = await askForDirectory(asker(TOKYO))(NATIONAL);
    if (!yesterdays) throw new Error('the centre holds none');
    await cutOff(NATIONAL, BUNKYO);
    await everywhere();
    const refused = publishDirectory(asker(TOKYO))(SHINJUKU, yesterdays);
    await expect(refused).rejects.toMatchObject({ reason: 'DIRECTORY_ROLLED_BACK' });
    expect(network.node(SHINJUKU).network.cutOff(BUNKYO)).toBeDefined();
  });
});

describe('Kunitachi joins while the network runs', () => {
  it('is told to all, and reports its residents by itself, without a restart', async () => {
    const [resident] = new Town(network.people, KUNITACHI).singles;
    if (!resident) throw new Error('the seed has nobody who lives alone');
    const [, , national] = levelsOf(network);
    expect(await national.holding(resident)).toBeUndefined();
    const joining = { office: KUNITACHI, participating: true };
    expect(await new Desk(network, NATIONAL).refusalOf(SetParticipation, joining)).toBeUndefined();
    await everywhere();
    await everywhere();
    expect(await national.holding(resident)).toMatchObject({ standing: 'ACTIVE', municipality: '132152' });
    expect(await copyFrom(KUNITACHI, SHINJUKU)).toBeUndefined();
  });
});
