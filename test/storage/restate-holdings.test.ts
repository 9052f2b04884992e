import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Change } from '#core/domain/fold-changes.js';
import { checkConsistency } from '#core/propagation/check-consistency.js';
import { digestsOf, holdingDigestsOf } from '#core/propagation/compare-ranges.js';
import { recordChanges } from '#core/propagation/record-changes.js';
import { restateHoldings } from '#core/propagation/restate-holdings.js';
import { changesOf, enterChanges } from '#core/storage/changes.js';
import { writeAlone } from '#core/storage/dialect.js';
import {
  findIdentificationInformation,
  holdingsUnder,
  putHoldings,
  quarantine,
} from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { nextQueued } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { aChange, aHolding, heldAfter } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const ENTRY = aChange({ version: 10 });

/*
 *   Bunkyo's own ledger ──what it has, stated anew──▶ the ledger of the level above, where it is otherwise
 */
const LEVEL = { office: TOKYO, parent: NATIONAL };

describeOnEveryDatabase('What a municipality states anew at a level above', (fresh) => {
  const clock = new SetClock(FRIDAY_MORNING);
  let above: Kysely<CoreTables>;
  let own: Kysely<CoreTables>;

  beforeEach(async () => {
    above = await openLedger(await fresh());
    own = await openLedger('sqlite::memory:');
  });
  afterEach(async () => {
    await above.destroy();
    await own.destroy();
  });

  const restate = (...changes: Change[]) =>
    restateHoldings({ ...LEVEL, clock, ledger: above, audit: new AuditLog(above, clock) }, changes, {
      ...{ id: randomUUID(), nonce: NONCE, operator: 'operator-1', purpose: 'CONSISTENCY_CHECK' },
      ...{ caller: { kind: 'office', office: BUNKYO }, concerns: new Set() },
    });
  const setApart = (...holdings: { residentRecordCode: string; version: number }[]) =>
    quarantine(above, '131059', holdings, clock.now());
  const put = (...holdings: Parameters<typeof putHoldings>[1]) =>
    above.transaction().execute((trx) => putHoldings(trx, holdings));
  const held = async (code = aCode(1)) => (await holdingsUnder(above, [code])).get(code);
  const stands = async (...changes: Change[]) => (await restate(...changes)).map((one) => one.stands);
  const history = async (code = aCode(1)) => (await changesOf(above, code)).map(({ version }) => version);
  const record = (ledger: Kysely<CoreTables>, changes: Change[]) =>
    ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      await recordChanges(trx, changes, { clock, parent: undefined });
    });
  const check = () => checkConsistency(checking(), level(), { repair: true });
  const told: [string, string[]][] = [];
  const checking = () => ({
    ...{ ledger: own, municipality: '131059', clock, newId: randomUUID, settled: async () => {} },
    ...{ recover: async () => 0, waiting: async () => [] },
    tell: async (what: string, codes: string[]) => void (codes.length > 0 && told.push([what, codes])),
  });
  const level = () => ({
    office: TOKYO,
    compareRanges: (prefixes: string[]) => digestsOf({ ledger: above, municipality: '131059' }, prefixes),
    listHoldings: (prefixes: string[]) => holdingDigestsOf({ ledger: above, municipality: '131059' }, prefixes),
    quarantine: async (holdings: Parameters<typeof setApart>) => void (await setApart(...holdings)),
    restate: (changes: Change[]) => restate(...changes),
    changesSince: async () => [],
  });

  it('stands where nothing was held, and is history', async () => {
    expect(await restate(ENTRY)).toEqual([{ residentRecordCode: aCode(1), stands: true }]);
    expect([await held(), await history()]).toEqual([heldAfter(ENTRY), [10]]);
  });

  it('takes the place of what differs at the same version, and of what is older, and is told again', async () => {
    const wrong = aHolding({ name: '文京 ?' }, { version: 10 });
    await put(wrong);
    await setApart({ residentRecordCode: aCode(1), version: ENTRY.version });
    expect([await stands(ENTRY), await held()]).toEqual([[true], heldAfter(ENTRY)]);
    expect(await findIdentificationInformation(above, aCode(1))).toEqual(ENTRY.identification);
    await put(aHolding({}, { version: 3 }));
    expect([await stands(ENTRY), await held()]).toEqual([[true], heldAfter(ENTRY)]);
  });

  it('is no second time in the history, however often it is stated', async () => {
    await above.transaction().execute((trx) => enterChanges(trx, [ENTRY], '2016-05-27'));
    expect([await stands(ENTRY), await stands({ ...ENTRY, changeId: randomUUID() })]).toEqual([[true], [true]]);
    expect(await history()).toEqual([10]);
  });

  it.each([
    ['another municipality', '131041'],
    ['its own, which it has lost', '131059'],
  ])(
    'does not stand against what is newer of %s, which is told as before, and is history',
    async (_whose, municipality) => {
      const newer = aHolding({}, { version: 11, municipality });
      await put(newer);
      expect([await stands(ENTRY), await held(), await history()]).toEqual([[false], newer, [10]]);
      expect(await findIdentificationInformation(above, aCode(1))).toEqual(newer.identification);
    },
  );

  it('leaves what is newer in quarantine where that was set apart', async () => {
    await put(aHolding({}, { version: 11 }));
    await setApart({ residentRecordCode: aCode(1), version: 11 });
    expect(await stands(ENTRY)).toEqual([false]);
    await expect(findIdentificationInformation(above, aCode(1))).rejects.toMatchObject({ reason: 'IN_QUARANTINE' });
  });

  it('is not listed beyond what an answer may hold, whatever is asked', async () => {
    const people = Array.from({ length: 2_401 }, (_, i) => aHolding({ residentRecordCode: aCode(i + 1) }));
    await put(...people.slice(0, 2_400));
    const listed = () => holdingDigestsOf({ ledger: above, municipality: '131059' }, ['']);
    expect(await listed()).toHaveLength(2_400);
    await put(...people);
    await expect(listed()).rejects.toMatchObject({ reason: 'INVALID_REQUEST', details: { field: 'prefixes' } });
  });

  it('goes on to the level above that one, once: its own delivery would be known there, and stay', async () => {
    await restate(ENTRY);
    await restate(ENTRY);
    const queued = await nextQueued<Change>(above, { destination: NATIONAL, kind: 'CHANGE' }, 10);
    expect(queued.map(({ content }) => content)).toEqual([ENTRY]);
  });

  it('leaves one entry in the log, which names whom it is about', async () => {
    await restate(ENTRY, aChange({}, { residentRecordCode: aCode(2) }));
    const entries = await new AuditLog(above, clock).entries();
    expect(entries).toMatchObject([{ event: 'RECORDED', procedure: 'ledger/RESTATEMENT', outcome: 'OK' }]);
    const subjects = await above.selectFrom('audit_subject').select('resident_record_code as code').execute();
    expect(subjects.map(({ code }) => code).sort()).toEqual([aCode(1), aCode(2)]);
  });

  it('is repaired by a check, be it missing, different or deleted meanwhile, and the next one finds nothing', async () => {
    const people = Array.from({ length: 60 }, (_, i) => aChange({}, { residentRecordCode: aCode(i * 1_000_003 + 1) }));
    await record(own, people);
    await record(above, people.slice(1));
    const [, , third, fourth] = people as [Change, Change, Change, Change];
    await put({ ...heldAfter(third), identification: { ...third.identification, address: '別の住所' } });
    await record(own, [{ ...fourth, ...{ changeId: randomUUID(), kind: 'DELETION', reason: 'DEATH', version: 2 } }]);
    expect(await check()).toMatchObject({ differing: 3, repaired: 3, recovered: 0 });
    expect(await check()).toMatchObject({ differing: 0, repaired: 0, recovered: 0 });
    expect(await held(fourth.identification.residentRecordCode)).toMatchObject({ standing: 'DELETED', version: 2 });
  });

  describe('with a correction of the code that was missed there', () => {
    const coded = aChange(
      { reason: 'CODE_CHANGE_REQUEST', version: 20, previousCode: aCode(1) },
      { residentRecordCode: aCode(2) },
    );
    const standings = async () => [(await held())?.standing, (await held(aCode(2)))?.standing];

    it('leads from the old code to the new one, and leaves one of them active (ONE)', async () => {
      await record(above, [ENTRY]);
      await restate(coded);
      expect(await standings()).toEqual(['SUPERSEDED', 'ACTIVE']);
    });

    it('is repaired by a check, and the next one finds nothing', async () => {
      await record(own, [ENTRY, coded]);
      await record(above, [ENTRY]);
      await check();
      expect(await standings()).toEqual(['SUPERSEDED', 'ACTIVE']);
      expect(await check()).toMatchObject({ differing: 0 });
    });
  });

  it('stands once where it is stated twice in one question', async () => {
    await restate(ENTRY, { ...ENTRY });
    expect([await held(), await history()]).toEqual([heldAfter(ENTRY), [10]]);
  });

  it('is of two of one person the newer, whatever order they are stated in', async () => {
    const newer = aChange({ version: 20, reason: 'MINOR_CORRECTION' });
    for (const order of [
      [newer, ENTRY],
      [ENTRY, newer],
    ]) {
      await restate(...order);
      expect(await held()).toEqual(heldAfter(newer));
    }
  });

  it('is refused alone where its id is that of another change there, and the rest stands', async () => {
    const { changeId } = ENTRY;
    await record(above, [aChange({ changeId }, { residentRecordCode: aCode(7) })]);
    const other = aChange({}, { residentRecordCode: aCode(8) });
    await expect(restate(ENTRY, other)).resolves.toHaveLength(2);
    expect(await held(aCode(8))).toEqual(heldAfter(other));
  });
});
