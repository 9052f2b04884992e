import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Discrepancy } from '#core/domain/discrepancy.js';
import type { Change } from '#core/domain/fold-changes.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { acceptChanges } from '#core/propagation/accept-changes.js';
import { Dispatch } from '#core/propagation/dispatch.js';
import { MOST_CHANGES } from '#core/propagation/pieces.js';
import type { Answered } from '#core/propagation/send-changes.js';
import { openDiscrepancies } from '#core/storage/discrepancies.js';
import { openLedger } from '#core/storage/ledger.js';
import { enqueue, nextQueued } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { aChange } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO, YAMATSURI } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const NETWORK = Network.load('scripts/network.json');

function aDiscrepancy(differing: Partial<Discrepancy> = {}): Discrepancy {
  return {
    ...{ discrepancyId: randomUUID(), municipality: '131059', residentRecordCode: aCode(1), changeId: randomUUID() },
    ...{ what: 'VERSION_TAKEN', foundBy: NATIONAL, foundAt: new Date(FRIDAY_MORNING), ...differing },
  };
}

/*
 *   Bunkyo, Shinjuku ◀──reports── Tokyo ──changes──▶ the national centre
 */
describeOnEveryDatabase('What leaves a prefecture by itself', (fresh) => {
  const clock = new SetClock(FRIDAY_MORNING);
  let ledger: Kysely<CoreTables>;
  let isOpen: boolean;
  /** What the offices around were brought, in groups as it came. */
  let delivered: [OfficeId, string[]][];
  let reported: [OfficeId, Discrepancy[]][];
  /** What the level above says of a change. */
  let verdictOn: (change: Change) => Omit<Answered, 'changeId'> | undefined;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    [isOpen, delivered, reported] = [true, [], []];
    verdictOn = () => ({ standing: 'TAKEN' });
  });
  afterEach(() => ledger.destroy());

  const checkOpen = (office: OfficeId) => {
    if (!isOpen) throw new Refusal('OFFICE_UNAVAILABLE', { office });
  };
  const dispatchOf = (office: OfficeId = TOKYO) =>
    new Dispatch({
      ...{ office, network: NETWORK, ledger, clock, logger: createLogger(office, 'silent') },
      ...{ later: () => () => {}, random: () => randomBytes(4).readUInt32BE() / 2 ** 32 },
      deliver: async (parent, changes) => {
        checkOpen(parent);
        delivered.push([parent, changes.map(({ changeId }) => changeId)]);
        return changes.flatMap((change) => {
          const verdict = verdictOn(change);
          return verdict ? [{ changeId: change.changeId, ...verdict }] : [];
        });
      },
      report: async (below, discrepancies) => {
        checkOpen(below);
        reported.push([below, discrepancies]);
      },
    });
  const queue = (changes: Change[]) =>
    ledger
      .transaction()
      .execute((trx) => enqueue(trx, { destination: NATIONAL, kind: 'CHANGE', at: clock.now() }, changes));
  const waiting = async (office: OfficeId = NATIONAL) => {
    const kind = office === NATIONAL ? 'CHANGE' : 'REPORT';
    return (await nextQueued(ledger, { destination: office, kind }, 1_000)).length;
  };
  const some = (amount: number, differing: (nth: number) => Partial<Change> = () => ({})) =>
    Array.from({ length: amount }, (_, i) => aChange(differing(i), { residentRecordCode: aCode(i + 1) }));
  const idsOf = (changes: Change[]) => changes.map(({ changeId }) => changeId);

  describe('goes up', () => {
    it('in the order in which it was queued, in pieces that fit into a question, each once', async () => {
      const changes = some(MOST_CHANGES * 2 + 50);
      await queue(changes);
      await dispatchOf().settled();
      expect(delivered.flatMap(([, ids]) => ids)).toEqual(idsOf(changes));
      expect(new Set(delivered.map(([parent]) => parent))).toEqual(new Set([NATIONAL]));
      expect(Math.max(...delivered.map(([, ids]) => ids.length))).toBeLessThanOrEqual(MOST_CHANGES);
      expect(delivered.length).toBeGreaterThan(2);
      expect(await waiting()).toBe(0);
    });

    it('again and whole where the level above did not answer', async () => {
      const changes = some(3);
      await queue(changes);
      const dispatch = dispatchOf();
      isOpen = false;
      await dispatch.settled();
      expect([delivered, await waiting()]).toEqual([[], 3]);
      isOpen = true;
      await dispatch.settled();
      expect([delivered, await waiting()]).toEqual([[[NATIONAL, idsOf(changes)]], 0]);
    });

    it('again where the level above did not answer for it', async () => {
      const [first, second] = some(2) as [Change, Change];
      await queue([first, second]);
      verdictOn = ({ changeId }) =>
        changeId === second.changeId && delivered.length === 1 ? undefined : { standing: 'KNOWN' };
      await dispatchOf().settled();
      expect(delivered.map(([, ids]) => ids)).toEqual([idsOf([first, second]), idsOf([second])]);
      expect(await waiting()).toBe(0);
    });

    it('without holding up what comes after a change that is refused', async () => {
      const changes = some(3, (nth) => (nth === 1 ? { municipality: '131041' } : {}));
      const bad = changes[1] as Change;
      await queue(changes);
      verdictOn = ({ changeId }) =>
        changeId === bad.changeId ? { standing: 'REFUSED', reason: 'VERSION_TAKEN' } : { standing: 'TAKEN' };
      const dispatch = dispatchOf();
      await dispatch.settled();
      await dispatch.settled();
      const found = { municipality: '131041', changeId: bad.changeId, what: 'VERSION_TAKEN', foundBy: NATIONAL };
      const listed = { ...found, residentRecordCode: bad.identification.residentRecordCode, foundAt: clock.now() };
      expect(await openDiscrepancies(ledger, 10)).toMatchObject([listed]);
      expect(reported).toMatchObject([[SHINJUKU, [listed]]]);
      expect(await waiting()).toBe(0);
    });

    it('and is listed once where it is refused, though the office crashed before it was out of the queue', async () => {
      const [bad] = some(1) as [Change];
      await queue([bad]);
      verdictOn = () => ({ standing: 'REFUSED', reason: 'VERSION_TAKEN' });
      const whole = ledger;
      ledger = withoutPowerToDelete(whole);
      await dispatchOf().settled();
      ledger = whole;
      expect([delivered.length, await waiting()]).toEqual([1, 1]);
      await dispatchOf().settled();
      expect((await openDiscrepancies(ledger, 10)).map(({ changeId }) => changeId)).toEqual([bad.changeId]);
      expect(await waiting()).toBe(0);
    });

    it('not at all from a municipality that is outside the network, nor from the national centre', async () => {
      await queue(some(1));
      for (const office of [YAMATSURI, NATIONAL]) {
        const dispatch = dispatchOf(office);
        dispatch.wake();
        await dispatch.settled();
      }
      expect([delivered, await waiting()]).toEqual([[], 1]);
    });

    it('no more once the office stops', async () => {
      await queue(some(1));
      const dispatch = dispatchOf();
      await dispatch.stop();
      dispatch.wake();
      await dispatch.settled();
      expect([delivered, await waiting()]).toEqual([[], 1]);
    });
  });

  describe('goes down', () => {
    it('is listed, and reported to each municipality that has to look into it, and to no other', async () => {
      const [ours, theirs] = [aDiscrepancy(), aDiscrepancy({ municipality: '131041', changeId: null })];
      const dispatch = dispatchOf();
      await dispatch.receive([ours, theirs]);
      await dispatch.settled();
      expect(new Map(reported)).toEqual(
        new Map([
          [BUNKYO, [ours]],
          [SHINJUKU, [theirs]],
        ]),
      );
      expect(await openDiscrepancies(ledger, 10)).toHaveLength(2);
      expect([await waiting(BUNKYO), await waiting(SHINJUKU)]).toEqual([0, 0]);
    });

    it('stays with the municipality that it has reached', async () => {
      const dispatch = dispatchOf(BUNKYO);
      await dispatch.receive([aDiscrepancy()]);
      await dispatch.settled();
      expect([reported, await waiting(BUNKYO)]).toEqual([[], 0]);
      expect(await openDiscrepancies(ledger, 10)).toHaveLength(1);
    });

    it('goes out when the office has started again, where it was left from before', async () => {
      const before = dispatchOf();
      isOpen = false;
      const report = aDiscrepancy();
      await before.receive([report]);
      await before.settled();
      await before.stop();
      isOpen = true;
      const after = dispatchOf();
      after.wake();
      await after.settled();
      expect([reported, await waiting(BUNKYO)]).toEqual([[[BUNKYO, [report]]], 0]);
    });

    it('finds its place beside changes that are queued at the same time', async () => {
      const audit = new AuditLog(ledger, clock);
      const level = { office: TOKYO, network: NETWORK, ledger, audit, clock, parent: NATIONAL };
      const dispatch = dispatchOf();
      isOpen = false;
      const coming = some(20).flatMap((change) => [
        acceptChanges(level, [change], {
          ...{ id: randomUUID(), nonce: NONCE, operator: 'courier', purpose: 'CHANGE_DELIVERY' },
          ...{ caller: { kind: 'office', office: BUNKYO }, concerns: new Set() },
        }),
        dispatch.receive([aDiscrepancy()]),
      ]);
      const failed = (await Promise.allSettled<unknown>(coming)).filter(({ status }) => status === 'rejected');
      await dispatch.settled();
      expect([failed, await waiting(), await waiting(BUNKYO)]).toEqual([[], 20, 20]);
    });

    it('waits for a municipality that does not answer, and goes to the others', async () => {
      const dispatch = dispatchOf();
      isOpen = false;
      const report = aDiscrepancy();
      await dispatch.receive([report]);
      await dispatch.settled();
      expect([reported, await waiting(BUNKYO)]).toEqual([[], 1]);
      isOpen = true;
      await dispatch.settled();
      expect([reported, await waiting(BUNKYO)]).toEqual([[[BUNKYO, [report]]], 0]);
    });
  });
});

/** A ledger that goes away when what was answered is to be taken out of the queue. */
function withoutPowerToDelete(ledger: Kysely<CoreTables>): Kysely<CoreTables> {
  return new Proxy(ledger, {
    get(whole, key) {
      if (key === 'deleteFrom') throw new Error('the power is gone');
      const value: unknown = Reflect.get(whole, key, whole);
      return typeof value === 'function' ? value.bind(whole) : value;
    },
  });
}
