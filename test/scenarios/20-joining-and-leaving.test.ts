import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { askAbove } from '#core/peers/ask-above.js';
import { deliverChanges } from '#core/peers/deliver-changes.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { SetParticipation } from '#scripts/operator/procedures.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { Level } from '../support/levels.js';
import { BUNKYO, KUNITACHI, NATIONAL, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   Kunitachi leaves (December 2002): nothing goes up, its register goes on
 *   Kunitachi joins (1 February 2012): all its residents are reported, as they are now
 */
let network: TestNetwork;
let business: DailyBusiness;
let town: Town;
let aSingle: () => ResidentRecord;
let kunitachi: Level;
let tokyo: Level;
let national: Level;

beforeEach(async () => {
  network = await startTestNetwork({
    offices: [NATIONAL, TOKYO, BUNKYO, KUNITACHI],
    outside: [KUNITACHI],
    checking: true,
  });
  business = new DailyBusiness(network, KUNITACHI);
  town = new Town(network.people, KUNITACHI);
  aSingle = handingOut(town.singles);
  [kunitachi, tokyo, national] = [KUNITACHI, TOKYO, NATIONAL].map((office) => new Level(network, office)) as [
    ...[Level, Level, Level],
  ];
});
afterEach(() => network.remove());

/** The centre lets Kunitachi in or out, and the directory that says so has reached everybody. */
async function participate(participating: boolean): Promise<void> {
  await new Desk(network, NATIONAL).ask(SetParticipation, { office: KUNITACHI, participating });
  await network.settle();
}

const IN_KUNITACHI = '東京都国立市富士見台二丁目47番地の1';

describe('Kunitachi is outside the network', () => {
  it('keeps its register, and nothing of it goes up or waits to', async () => {
    const resident = aSingle();
    await business.rehouse(resident, IN_KUNITACHI);
    await network.settle();
    expect(await kunitachi.holding(resident)).toMatchObject({ identification: { address: IN_KUNITACHI } });
    expect(await kunitachi.status()).toMatchObject({ waiting: 0, participating: false });
    expect(await tokyo.changes(resident)).toEqual([]);
  });

  it('is shown as outside at its prefecture and at the centre, with how many of its residents they hold', async () => {
    for (const level of [tokyo, national]) {
      const { outside } = await level.status();
      expect(outside).toEqual([{ municipality: KUNITACHI, held: 0 }]);
    }
  });

  it('can not be checked against the levels above: its operators are told why', async () => {
    await expect(kunitachi.check()).rejects.toMatchObject({ reason: 'NOT_PARTICIPATING' });
  });
});

describe('Kunitachi joins', () => {
  it('reports all its residents as they are now, by itself', async () => {
    const [moved, gone] = [aSingle(), aSingle()];
    await business.rehouse(moved, IN_KUNITACHI);
    await business.leaveForShinjuku(gone);
    await participate(true);
    await network.settle();
    const residents = town.records.filter(
      ({ deletedOn, recordId }) => deletedOn === null && recordId !== gone.recordId,
    );
    expect(residents.length).toBeGreaterThan(50);
    for (const level of [tokyo, national]) {
      const held = await Promise.all(residents.map((resident) => level.holding(resident)));
      expect(held.filter((holding) => holding?.standing === 'ACTIVE')).toHaveLength(residents.length);
      expect((await level.holding(moved))?.identification.address).toBe(IN_KUNITACHI);
      expect(await level.holding(gone)).toBeUndefined();
      expect((await level.status()).outside).toEqual([]);
    }
    expect(await kunitachi.status()).toMatchObject({ participating: true, waiting: 0 });
    await kunitachi.expectAgreement();
  });
});

describe('Kunitachi leaves again', () => {
  it('is shown as outside with what is still held of it, which stays as it was; and it catches up when it comes back', async () => {
    await participate(true);
    await network.settle();
    await participate(false);
    const resident = aSingle();
    await business.rehouse(resident, IN_KUNITACHI);
    await network.settle();
    const { outside } = await national.status();
    expect(outside).toMatchObject([{ municipality: KUNITACHI }]);
    expect(outside[0]?.held).toBeGreaterThan(50);
    expect((await national.holding(resident))?.identification.address).toBe(resident.address);
    await participate(true);
    await network.settle();
    expect((await national.holding(resident))?.identification.address).toBe(IN_KUNITACHI);
    await kunitachi.expectAgreement();
  });

  it('is refused at the levels above where it delivers or checks all the same', async () => {
    const node = network.node(KUNITACHI);
    const asker = { ...node, randomBytes, newId: randomUUID };
    const { name, birthDate, sex, address, residentRecordCode } = aSingle();
    const change = {
      ...{ changeId: randomUUID(), municipality: '132152', kind: 'ENTRY' as const, reason: 'MOVE_IN' as const },
      ...{ causeOn: '2016-05-27', version: 6_000_000, previousCode: null },
      identification: { name, birthDate, sex, address, residentRecordCode },
    };
    const outside = { reason: 'NOT_PARTICIPATING' };
    await expect(deliverChanges(asker)(TOKYO, [change])).rejects.toMatchObject(outside);
    await expect(askAbove(asker, NATIONAL, 'operator-1').compareRanges([''])).rejects.toMatchObject(outside);
    expect(await tokyo.changes({ residentRecordCode })).toEqual([]);
  });
});
