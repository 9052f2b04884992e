import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { GetCodePool, ListAlarms } from '#scripts/operator/procedures.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Desk } from '../support/desk.js';
import { type Level, levelsOf } from '../support/levels.js';
import { IN_BUNKYO } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { RegisterDesk } from '../support/register-desk.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *   yesterday evening                 today                        the disk fails
 *   Bunkyo's ledger ── a copy ──┐     acts that Tokyo and the      Bunkyo starts from the copy, checks by itself,
 *                               └──── centre have heard of ──────▶ and takes back what the levels above know
 */
let network: TestNetwork;
let business: DailyBusiness;
let desk: RegisterDesk;
let aSingle: () => ResidentRecord;
let aLeaver: () => ResidentRecord;
let bunkyo: Level;
let tokyo: Level;
let national: Level;

beforeEach(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU], checking: true });
  await network.settle();
  business = new DailyBusiness(network, BUNKYO);
  desk = new RegisterDesk(network, BUNKYO);
  const town = new Town(network.people, BUNKYO);
  aSingle = handingOut(town.singles);
  aLeaver = handingOut(town.couples.map(([, other]) => other));
  [bunkyo, tokyo, national] = levelsOf(network);
});
afterEach(() => network.remove());

const lost = (code: string, foundBy = TOKYO) => ({ what: 'LOST_HERE', residentRecordCode: code, foundBy });

describe('Bunkyo is restored from last night’s backup', () => {
  it('has its corrections, deletions, entries and codes of today again, by itself', async () => {
    const [rehoused, recoded, gone] = [aSingle(), aLeaver(), aLeaver()];
    const restore = await network.backUp(BUNKYO);
    await business.rehouse(rehoused, IN_BUNKYO);
    const newCode = await business.changeCode(recoded);
    await business.leaveForShinjuku(gone, { plannedOn: '2016-06-10' });
    const newcomer = await business.enter('新規 太郎');
    await network.settle();
    await restore();
    await network.settle();

    expect(await desk.record(rehoused)).toMatchObject({ name: rehoused.name, address: IN_BUNKYO });
    expect(await desk.record(recoded)).toMatchObject({ name: recoded.name, residentRecordCode: newCode });
    expect((await desk.newest(gone)).residentRecord).toMatchObject({
      ...{ deletedOn: '2016-06-10', deletionReason: 'MOVE_OUT' },
    });
    expect(await desk.record({ residentRecordCode: newcomer })).toMatchObject({
      ...{ name: '新規 太郎', address: IN_BUNKYO, relationship: '世帯主' },
    });
    await bunkyo.expectAgreement();
  });

  it('writes each as recovered, lists everybody for an officer to complete from the papers, and logs it', async () => {
    const resident = aSingle();
    const restore = await network.backUp(BUNKYO);
    await business.rehouse(resident, IN_BUNKYO);
    await network.settle();
    await restore();
    await network.settle();
    expect((await desk.newest(resident)).act).toMatchObject({ kind: 'RECOVERY', operator: 'consistency-check' });
    const [listed] = await bunkyo.discrepancies();
    expect(listed).toMatchObject(lost(resident.residentRecordCode));
    expect(await bunkyo.close(listed?.discrepancyId ?? '', '届書により確認した')).toBeUndefined();
    expect(await bunkyo.close(listed?.discrepancyId ?? '', '届書により確認した')).toBe('NOT_FOUND');
    expect(await bunkyo.discrepancies()).toEqual([]);
    const entries = await network.node(BUNKYO).audit.entries(0);
    expect(entries.filter(({ procedure }) => procedure === 'register/RECOVERY')).toHaveLength(1);
  });

  it('gives no code a second time that it gave since the backup', async () => {
    const pool = async () => (await new Desk(network, BUNKYO).ask(GetCodePool, {})).free;
    const restore = await network.backUp(BUNKYO);
    const before = await pool();
    const newcomer = await business.enter('新規 太郎');
    await network.settle();
    await restore();
    await network.settle();
    expect(await pool()).toBe(before - 1);
    const another = await business.enter('新規 次郎');
    expect(another).not.toBe(newcomer);
    await network.settle();
    expect((await national.holding({ residentRecordCode: newcomer }))?.identification.name).toBe('新規 太郎');
  });

  it('goes on from there: the next change of somebody recovered is the newest at every level', async () => {
    const resident = aSingle();
    const restore = await network.backUp(BUNKYO);
    await business.rehouse(resident, IN_BUNKYO);
    await network.settle();
    await restore();
    await network.settle();
    await business.rehouse(resident, '東京都文京区本郷七丁目3番1号');
    await network.settle();
    for (const level of [bunkyo, tokyo, national])
      expect((await level.holding(resident))?.identification.address).toBe('東京都文京区本郷七丁目3番1号');
    expect((await national.changes(resident)).map(({ reason }) => reason)).toEqual([
      ...['CHANGE_OF_ADDRESS', 'CHANGE_OF_ADDRESS'],
    ]);
  });

  it('sends again what still waited in the backup: it is known above, and doubles nothing', async () => {
    const resident = aSingle();
    await network.stop(TOKYO);
    await business.rehouse(resident, IN_BUNKYO);
    const restore = await network.backUp(BUNKYO);
    await network.start(TOKYO);
    await network.settle();
    expect(await tokyo.changes(resident)).toHaveLength(1);
    await restore();
    expect(await bunkyo.status()).toMatchObject({ participating: true });
    await network.settle();
    expect(await tokyo.changes(resident)).toHaveLength(1);
    expect(await bunkyo.discrepancies()).toEqual([]);
  });

  it('has lost the end of its log, too: Tokyo, which has seen more of it, and Bunkyo itself raise an alarm', async () => {
    const alarms = async (office: string) =>
      (await new Desk(network, office).ask(ListAlarms, { purpose: '復元' })).alarms.map(({ operator }) => operator);
    const restore = await network.backUp(BUNKYO);
    await business.rehouse(aSingle(), IN_BUNKYO);
    await network.settle();
    expect([await alarms(TOKYO), await alarms(BUNKYO)]).toEqual([[], []]);
    await restore();
    await business.rehouse(aSingle(), IN_BUNKYO);
    await network.settle();
    expect([await alarms(TOKYO), await alarms(BUNKYO)]).toEqual([[BUNKYO], [BUNKYO]]);
  });

  it('tells an officer of somebody who has moved elsewhere meanwhile, and is active on both registers (ONE)', async () => {
    const mover = aSingle();
    const restore = await network.backUp(BUNKYO);
    const leaving = await business.leaveForShinjuku(mover);
    await new DailyBusiness(network, SHINJUKU).arriveInShinjuku(mover, leaving);
    await network.settle();
    await restore();
    await network.settle();
    // Tokyo still knows Bunkyo's own deletion, which comes back; so nobody is on two registers.
    expect((await desk.newest(mover)).residentRecord).toMatchObject({ deletionReason: 'MOVE_OUT' });
    expect(await national.holding(mover)).toMatchObject({ municipality: '131041', standing: 'ACTIVE' });
    await bunkyo.expectAgreement();
  });
});

describe('A level above is restored from an old backup', () => {
  it.each([TOKYO, NATIONAL])(
    'has at %s what it forgot, once the municipality has checked, history and all',
    async (office) => {
      const [one, other] = [aSingle(), aLeaver()];
      const restore = await network.backUp(office);
      await business.rehouse(one, IN_BUNKYO);
      await business.rehouse(one, '東京都文京区本郷七丁目3番1号');
      await business.leaveForShinjuku(other);
      await network.settle();
      await restore();
      await network.settle();
      const level = office === TOKYO ? tokyo : national;
      expect(await level.changes(one)).toEqual([]);
      expect(await bunkyo.check(true)).toMatchObject(
        [TOKYO, NATIONAL].map((above) => ({ above, ...(above === office && { differing: 2, repaired: 2 }) })),
      );
      expect((await level.holding(one))?.identification.address).toBe('東京都文京区本郷七丁目3番1号');
      expect(await level.changes(one)).toHaveLength(2);
      expect(await level.holding(other)).toMatchObject({ standing: 'DELETED' });
      await bunkyo.expectAgreement();
    },
  );
});
