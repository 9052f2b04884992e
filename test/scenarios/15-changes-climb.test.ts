import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CHANGE_REASONS, type ChangeReason } from '#core/domain/change-information.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { DailyBusiness } from '../support/daily-business.js';
import { Level } from '../support/levels.js';
import { codesOf, IN_BUNKYO, IN_SHINJUKU, stranger, TODAY } from '../support/notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { handingOut, Town } from '../support/people.js';
import { startTestNetwork, type TestNetwork } from '../support/test-network.js';

/*
 *                       national centre   identity ledger, history
 *                              ▲
 *                            Tokyo        identity ledger, history
 *                       ▲            ▲
 *   counter ──▶ Bunkyo              Shinjuku ◀── counter
 *   register, identity ledger, history, log, outbox: one transaction
 */
let network: TestNetwork;
let bunkyo: DailyBusiness;
let aResident: () => ResidentRecord;
let aLeaver: () => ResidentRecord;
let levels: Level[];

beforeAll(async () => {
  network = await startTestNetwork({ offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU] });
  bunkyo = new DailyBusiness(network, BUNKYO);
  const town = new Town(network.people, BUNKYO);
  aResident = handingOut(town.singles);
  aLeaver = handingOut([...town.couples.map(([, other]) => other), ...town.families.map(({ child }) => child)]);
  levels = [BUNKYO, TOKYO, NATIONAL].map((office) => new Level(network, office));
});
afterAll(() => network.remove());

interface Told {
  code: string;
  causeOn: string;
  previousCode?: string;
}

const correction = (code: string, more: object) => ({ residentRecordCode: code, on: '2016-05-20', ...more });

/** Something of each official reason, done at the counter of Bunkyo. */
const DONE: Record<ChangeReason, () => Promise<Told>> = {
  MOVE_IN: async () => ({ code: await bunkyo.enter('転入 次郎'), causeOn: TODAY }),
  BIRTH: async () => ({ code: await bunkyo.bear(aLeaver()), causeOn: '2016-05-20' }),
  EX_OFFICIO_ENTRY: async () => {
    const person = stranger('職権 記載子');
    const entry = { since: '2016-04-01', address: IN_BUNKYO, person, relationship: '世帯主' };
    const [code = ''] = await bunkyo.exOfficio({ entry });
    return { code, causeOn: '2016-04-01' };
  },
  MOVE_OUT: async () => {
    const leaver = aLeaver();
    await bunkyo.leaveForShinjuku(leaver, { plannedOn: '2016-06-10' });
    return { code: leaver.residentRecordCode, causeOn: '2016-06-10' };
  },
  DEATH: async () => {
    const resident = aLeaver();
    await bunkyo.bury(resident);
    return { code: resident.residentRecordCode, causeOn: '2016-05-25' };
  },
  EX_OFFICIO_DELETION: async () => {
    const people = codesOf([aLeaver()]);
    const [code = ''] = people;
    await bunkyo.exOfficio({ deletion: { people, on: '2016-05-10' } });
    return { code, causeOn: '2016-05-10' };
  },
  CHANGE_OF_ADDRESS: async () => {
    const resident = aResident();
    await bunkyo.rehouse(resident, IN_BUNKYO);
    return { code: resident.residentRecordCode, causeOn: TODAY };
  },
  MINOR_CORRECTION: async () => {
    const { residentRecordCode: code } = aResident();
    await bunkyo.exOfficio({ minorCorrection: correction(code, { address: IN_BUNKYO }) });
    return { code, causeOn: '2016-05-20' };
  },
  EX_OFFICIO_CORRECTION: async () => {
    const { residentRecordCode: code } = aLeaver();
    await bunkyo.exOfficio({ correction: correction(code, { name: '訂正 済子' }) });
    return { code, causeOn: '2016-05-20' };
  },
  CODE_CHANGE_REQUEST: async () => {
    const resident = aLeaver();
    const code = await bunkyo.changeCode(resident);
    return { code, causeOn: TODAY, previousCode: resident.residentRecordCode };
  },
  EX_OFFICIO_CODE: async () => {
    const { residentRecordCode: previousCode } = aLeaver();
    const codeCorrection = { residentRecordCode: previousCode, on: '2016-05-20' };
    const [code = ''] = await bunkyo.exOfficio({ codeCorrection });
    return { code, causeOn: '2016-05-20', previousCode };
  },
};

describe('Something happens in Bunkyo that the offices above have to know', () => {
  it.each(Object.keys(DONE) as ChangeReason[])(
    'tells them of %s: kind, reason, date, the old code where there is one; and each level has the same',
    async (reason) => {
      const { code, causeOn, previousCode = null } = await DONE[reason]();
      await network.settle();
      const told = { kind: CHANGE_REASONS[reason], reason, causeOn, previousCode, municipality: '131059' };
      const kept = await Promise.all(levels.map((level) => level.changes({ residentRecordCode: code })));
      for (const changes of kept) expect(changes.at(-1)).toMatchObject(told);
      const holdings = await Promise.all(levels.map((level) => level.holding({ residentRecordCode: code })));
      expect(holdings[0]?.standing).toBe(CHANGE_REASONS[reason] === 'DELETION' ? 'DELETED' : 'ACTIVE');
      expect(holdings).toEqual([holdings[0], holdings[0], holdings[0]]);
    },
  );

  it('gives the counter its answer with nothing sent yet: what has to go up waits in the same transaction', async () => {
    await network.stop(TOKYO);
    const resident = aResident();
    await bunkyo.rehouse(resident, '東京都文京区本郷七丁目3番1号');
    const [here] = levels;
    expect(await here?.status()).toMatchObject({ waiting: 1, participating: true });
    await network.start(TOKYO);
    await network.settle();
    expect(await here?.status()).toMatchObject({ waiting: 0, oldest: null });
  });

  it('keeps every earlier state as history at each level, with the day until which it is kept (Order 30-6)', async () => {
    const resident = aResident();
    await bunkyo.rehouse(resident, IN_BUNKYO);
    const code = await bunkyo.changeCode(resident);
    await network.settle();
    for (const level of levels.slice(1)) {
      const history = await level.history({ residentRecordCode: code });
      expect(history).toMatchObject([
        { change: { reason: 'CHANGE_OF_ADDRESS' }, recordedOn: TODAY, retainedUntil: '2021-05-27' },
        { change: { reason: 'CODE_CHANGE_REQUEST', previousCode: resident.residentRecordCode }, recordedOn: TODAY },
      ]);
      expect(history[1]).not.toHaveProperty('retainedUntil');
      expect(await level.history(resident)).toEqual(history);
    }
  });

  it('lets the old code lead to the new one at the centre, where it is nobody’s any more', async () => {
    const resident = aLeaver();
    const code = await bunkyo.changeCode(resident);
    await network.settle();
    for (const level of levels) {
      const old = await level.holding(resident);
      expect(old).toMatchObject({ standing: 'SUPERSEDED', successor: code });
    }
    expect(await levels[2]?.look(resident)).toBe('NOT_FOUND');
    expect(await levels[2]?.look({ residentRecordCode: code })).toMatchObject({ name: resident.name });
  });

  it('carries names in rare characters up unharmed, as they are in the register', async () => {
    for (const resident of new Town(network.people, BUNKYO).withRareCharacters) {
      await bunkyo.exOfficio({
        minorCorrection: correction(resident.residentRecordCode, { address: `${resident.address}　３０１号室` }),
      });
      await network.settle();
      expect((await levels[2]?.holding(resident))?.identification.name).toBe(resident.name);
    }
  });

  it('leaves one active record in the country when somebody moves, whichever town is heard first (ONE, CHAIN)', async () => {
    const mover = aResident();
    const leaving = await bunkyo.leaveForShinjuku(mover);
    await new DailyBusiness(network, SHINJUKU).arriveInShinjuku(mover, leaving);
    await network.node(SHINJUKU).settled();
    await network.settle();
    for (const level of levels.slice(1)) {
      const holding = await level.holding(mover);
      expect(holding).toMatchObject({ standing: 'ACTIVE', municipality: '131041' });
      expect(holding?.identification.address).toBe(IN_SHINJUKU);
    }
  });

  it('is written into the log of each level before it answers, with whom it concerns and nothing of them', async () => {
    const resident = aResident();
    const from = await network.node(NATIONAL).audit.size();
    await bunkyo.rehouse(resident, IN_BUNKYO);
    await network.settle();
    const all = await network.node(NATIONAL).audit.entries(from);
    const entries = all.filter(({ purpose }) => purpose === 'CHANGE_DELIVERY');
    expect(entries).toMatchObject([
      { event: 'RECORDED', procedure: 'ledger/CHANGES', operator: 'courier', caller: `juki://${TOKYO}` },
      { event: 'ANSWERED', procedure: '/juki.propagation.v1.PropagationService/DeliverChanges', outcome: 'OK' },
    ]);
    expect(JSON.stringify(all)).not.toContain(resident.residentRecordCode);
  });
});
