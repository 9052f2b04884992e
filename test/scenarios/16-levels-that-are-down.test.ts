import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { askAbove } from '#core/peers/ask-above.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { DailyBusiness } from '../support/daily-business.js';
import { type Level, levelsOf } from '../support/levels.js';
import { IN_BUNKYO, IN_SHINJUKU } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   national centre   down for days
 *          ╳
 *        Tokyo        down, and up again
 *          ╳
 *        Bunkyo       goes on: nobody at the counter waits for an office above
 */
let network: TestNetwork;
let business: DailyBusiness;
let aResident: () => ResidentRecord;
let bunkyo: Level;
let tokyo: Level;
let national: Level;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  business = new DailyBusiness(network, BUNKYO);
  aResident = handingOut(new Town(network.people, BUNKYO).singles);
  [bunkyo, tokyo, national] = levelsOf(network);
});
afterEach(() => network.remove());

/** An address for every move, so that each is a change. */
const house = (n: number) => `東京都文京区春日二丁目${n}番1号`;

describe('The prefecture is down', () => {
  it('does not keep the counter waiting, and hears of everything in order when it is up again', async () => {
    const resident = aResident();
    await network.stop(TOKYO);
    for (const n of [1, 2, 3]) await business.rehouse(resident, house(n));
    await network.node(BUNKYO).settled();
    expect(await bunkyo.status()).toMatchObject({ waiting: 3 });
    await network.start(TOKYO);
    await network.settle();
    expect(await bunkyo.status()).toMatchObject({ waiting: 0 });
    const addresses = (await tokyo.changes(resident)).map(({ identification }) => identification.address);
    expect(addresses).toEqual([house(1), house(2), house(3)]);
    expect((await national.holding(resident))?.identification.address).toBe(house(3));
  });

  it('shows its operators since when the oldest change waits, by the clock of the network', async () => {
    await network.stop(TOKYO);
    await business.rehouse(aResident(), house(1));
    network.clock.set('2016-05-30T10:00:00+09:00');
    await business.rehouse(aResident(), house(2));
    const { waiting, oldest } = await bunkyo.status();
    expect({ waiting, oldest: Number(oldest?.seconds) * 1000 }).toEqual({
      waiting: 2,
      oldest: Date.parse('2016-05-27T10:00:00+09:00'),
    });
  });
});

describe('Two levels are down at once', () => {
  it('loses nothing when they come back one after the other, the centre last', async () => {
    const [one, other] = [aResident(), aResident()];
    await network.stop(NATIONAL);
    await network.stop(TOKYO);
    await business.rehouse(one, IN_BUNKYO);
    const code = await business.changeCode(other);
    await network.start(TOKYO);
    await network.settle();
    expect([await bunkyo.status(), await tokyo.status()]).toMatchObject([{ waiting: 0 }, { waiting: 2 }]);
    await network.start(NATIONAL);
    await network.settle();
    expect(await tokyo.status()).toMatchObject({ waiting: 0 });
    expect((await national.holding(one))?.identification.address).toBe(IN_BUNKYO);
    expect(await national.holding({ residentRecordCode: code })).toMatchObject({ standing: 'ACTIVE' });
    await bunkyo.expectAgreement();
  });

  it('loses nothing either when the municipality itself is stopped with changes that wait', async () => {
    const resident = aResident();
    await network.stop(NATIONAL);
    await network.stop(TOKYO);
    await business.rehouse(resident, IN_BUNKYO);
    await network.stop(BUNKYO);
    for (const office of [NATIONAL, TOKYO, BUNKYO]) await network.start(office);
    await network.settle();
    expect((await national.holding(resident))?.identification.address).toBe(IN_BUNKYO);
  });
});

describe('Bunkyo is cut off while somebody moves to Shinjuku', () => {
  it('is heard last, and changes nothing any more: Shinjuku’s entry is the newer event (CHAIN)', async () => {
    const mover = aResident();
    // The lines of one office are cut by stopping whom it would reach: Tokyo is down until Bunkyo has departed.
    await network.stop(TOKYO);
    const leaving = await business.leaveForShinjuku(mover);
    await network.stop(BUNKYO);
    await network.start(TOKYO);
    await new DailyBusiness(network, SHINJUKU).arriveInShinjuku(mover, leaving);
    await network.settle();
    expect(await national.holding(mover)).toMatchObject({ standing: 'ACTIVE', municipality: '131041' });
    await network.start(BUNKYO);
    await network.settle();
    for (const level of [tokyo, national]) {
      const holding = await level.holding(mover);
      expect(holding).toMatchObject({ standing: 'ACTIVE', municipality: '131041' });
      expect(holding?.identification.address).toBe(IN_SHINJUKU);
      const reasons = (await level.changes(mover)).map(({ reason }) => reason);
      expect(reasons).toEqual(['MOVE_OUT', 'MOVE_IN']);
    }
    expect(await bunkyo.discrepancies()).toEqual([]);
  });
});

describe('A check comes while changes are on their way, and couriers wait', () => {
  it('finds no difference in what waits at Bunkyo or at Tokyo, and restates none of it', async () => {
    await network.remove();
    network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU], later: () => () => {} });
    const [atTokyo, atBunkyo] = [aResident(), aResident()];
    business = new DailyBusiness(network, BUNKYO);
    [bunkyo, tokyo, national] = levelsOf(network);
    await network.stop(NATIONAL);
    await business.rehouse(atTokyo, IN_BUNKYO);
    await network.settle();
    await network.start(NATIONAL);
    await business.rehouse(atBunkyo, IN_BUNKYO);
    const checks = await bunkyo.check(true);
    expect(checks.map(({ differing }) => differing)).toEqual([0, 0]);
    expect(await tokyo.status()).toMatchObject({ waiting: 2 });
    const waitingAsTold = (office: OfficeId) => {
      const asker = { ...network.node(office), randomBytes, newId: randomUUID };
      return askAbove(asker, TOKYO, 'operator-1').waiting([atTokyo.residentRecordCode]);
    };
    expect(await waitingAsTold(BUNKYO)).toEqual([atTokyo.residentRecordCode]);
    // Whose resident it is not is not told.
    expect(await waitingAsTold(SHINJUKU)).toEqual([]);
    expect([await national.changes(atTokyo), await national.changes(atBunkyo)]).toEqual([[], []]);
    await network.settle();
    expect([await national.changes(atTokyo), await national.changes(atBunkyo)]).toMatchObject([[{}], [{}]]);
    await bunkyo.expectAgreement();
  });
});
