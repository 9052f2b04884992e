import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { Change } from '#core/domain/fold-changes.js';
import { Network } from '#core/network.js';
import { acceptChanges } from '#core/propagation/accept-changes.js';
import { changesOf } from '#core/storage/changes.js';
import { openDiscrepancies } from '#core/storage/discrepancies.js';
import { holdingsUnder } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { nextQueued } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { aChange, heldAfter } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const NETWORK = Network.load('scripts/network.json');
const ENTRY = aChange({ version: 10 });
const MOVED = aChange({ reason: 'CHANGE_OF_ADDRESS', version: 20 }, { address: '東京都文京区本郷二丁目1番1号' });
const NEW_CODE = aChange(
  { reason: 'CODE_CHANGE_REQUEST', version: 30, previousCode: aCode(1) },
  { residentRecordCode: aCode(2) },
);

/*
 *   Bunkyo ──changes──▶ Tokyo, which folds them into its ledger ──what is new──▶ the national centre
 */
describeOnEveryDatabase('Changes that a prefecture accepts', (fresh) => {
  const clock = new SetClock(FRIDAY_MORNING);
  let ledger: Kysely<CoreTables>;
  let audit: AuditLog;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    audit = new AuditLog(ledger, clock);
  });
  afterEach(() => ledger.destroy());

  const exchange = (): Exchange => ({
    ...{ id: randomUUID(), nonce: NONCE, operator: 'courier', purpose: 'CHANGE_DELIVERY' },
    ...{ caller: { kind: 'office', office: BUNKYO }, concerns: new Set() },
  });
  const accept = (changes: Change[], parent: typeof NATIONAL | null = NATIONAL) =>
    acceptChanges(
      { office: TOKYO, network: NETWORK, ledger, audit, clock, parent: parent ?? undefined },
      changes,
      exchange(),
    );
  const standings = async (changes: Change[]) =>
    (await accept(changes)).map(({ standing, reason }) => reason ?? standing);
  const history = async (code = aCode(1)) => (await changesOf(ledger, code)).map(({ changeId }) => changeId);
  const held = async (code = aCode(1)) => (await holdingsUnder(ledger, [code])).get(code);
  const goingOn = async () =>
    (await nextQueued<Change>(ledger, { destination: NATIONAL, kind: 'CHANGE' }, 10_000)).map(({ content }) => content);
  const ids = (...changes: Change[]) => changes.map(({ changeId }) => changeId);

  it('are history and holding, and go on in the order in which they came', async () => {
    expect(await accept([ENTRY, MOVED, NEW_CODE])).toEqual(
      ids(ENTRY, MOVED, NEW_CODE).map((changeId) => ({ changeId, standing: 'TAKEN' })),
    );
    expect([await history(), await history(aCode(2))]).toEqual([ids(ENTRY, MOVED), ids(NEW_CODE)]);
    expect(await held()).toMatchObject({ standing: 'SUPERSEDED', successor: aCode(2), version: 30 });
    expect(await held(aCode(2))).toEqual(heldAfter(NEW_CODE));
    expect(await goingOn()).toEqual([ENTRY, MOVED, NEW_CODE]);
  });

  it('go nowhere from the national centre, which has no level above', async () => {
    expect(await accept([ENTRY], null)).toEqual([{ changeId: ENTRY.changeId, standing: 'TAKEN' }]);
    expect(await ledger.selectFrom('outbox').select('position').execute()).toEqual([]);
  });

  it('are known where they came before, in an earlier delivery or in the same, and do not go on twice', async () => {
    await accept([ENTRY, MOVED]);
    const after = await everything();
    expect(await standings([ENTRY, MOVED, { ...MOVED }])).toEqual(['KNOWN', 'KNOWN', 'KNOWN']);
    expect(await everything()).toEqual(after);
    expect(await standings([NEW_CODE, NEW_CODE])).toEqual(['TAKEN', 'KNOWN']);
    expect(await goingOn()).toEqual([ENTRY, MOVED, NEW_CODE]);
  });

  it('are known by what they say, however it is ordered', async () => {
    await accept([ENTRY]);
    const { identification, ...rest } = ENTRY;
    const turned = Object.fromEntries(Object.entries(identification).reverse()) as typeof identification;
    expect(await standings([{ identification: turned, ...rest }])).toEqual(['KNOWN']);
  });

  it.each<[string, Partial<Change>]>([
    ['another version', { version: 11 }],
    ['another municipality', { municipality: '131041' }],
    ['another reason', { reason: 'BIRTH' }],
    ['another day', { causeOn: '2016-05-21' }],
    ['another old code', { previousCode: aCode(9) }],
    ['another name', { identification: { ...ENTRY.identification, name: '文京 大朗' } }],
    ['another spelling', { identification: { ...ENTRY.identification, name: '文\u{E0100}京 太郎' } }],
    ['another code', { identification: { ...ENTRY.identification, residentRecordCode: aCode(9) } }],
  ])('are refused under an id that is used already, with %s, and nothing of them is kept', async (_what, differing) => {
    await accept([ENTRY]);
    const after = await everything();
    expect(await standings([{ ...ENTRY, ...differing }])).toEqual(['ID_REUSED']);
    expect(await everything()).toEqual(after);
  });

  it('are refused under an id that another of the same delivery has', async () => {
    const { changeId } = ENTRY;
    const other = aChange({ changeId }, { residentRecordCode: aCode(9) });
    expect(await standings([ENTRY, other])).toEqual(['TAKEN', 'ID_REUSED']);
    expect([await held(aCode(9)), await history(aCode(9)), await goingOn()]).toEqual([undefined, [], [ENTRY]]);
  });

  it('are refused with a version that is taken by what is held, and nothing of them is kept', async () => {
    await accept([ENTRY]);
    const after = await everything();
    const other = aChange({ version: 10, municipality: '131041' });
    const correction = { ...other, reason: 'CODE_CHANGE_REQUEST', previousCode: aCode(7) } as const;
    expect(await standings([other])).toEqual(['VERSION_TAKEN']);
    expect(await standings([correction])).toEqual(['VERSION_TAKEN']);
    expect(await everything()).toEqual(after);
  });

  it('are refused with a version that is taken in the history, and do not hold up those behind them', async () => {
    await accept([ENTRY, MOVED]);
    const other = aChange({}, { residentRecordCode: aCode(5) });
    expect(await standings([aChange({ version: 10 }), other])).toEqual(['VERSION_TAKEN', 'TAKEN']);
    expect([await history(), await goingOn()]).toEqual([ids(ENTRY, MOVED), [ENTRY, MOVED, other]]);
  });

  it('are refused where one correction takes a code from under another with its version (ONE)', async () => {
    await accept([ENTRY, MOVED]);
    const late = { ...NEW_CODE, version: MOVED.version };
    expect(await standings([late])).toEqual(['VERSION_TAKEN']);
    expect([(await held())?.standing, await held(aCode(2))]).toEqual(['ACTIVE', undefined]);
  });

  it('are taken with a version that only a refused one of the same delivery has', async () => {
    await accept([ENTRY, MOVED]);
    const late = { ...NEW_CODE, version: MOVED.version };
    const good = aChange({ version: MOVED.version }, { residentRecordCode: aCode(2) });
    expect(await standings([late, good])).toEqual(['VERSION_TAKEN', 'TAKEN']);
    expect(await held(aCode(2))).toEqual(heldAfter(good));
  });

  it('are on the list of discrepancies where one code enters two people, and are taken all the same', async () => {
    const other = aChange({ version: 20 }, { birthDate: '1999-12-31' });
    expect(await standings([ENTRY, other])).toEqual(['TAKEN', 'TAKEN']);
    const { changeId } = other;
    const listed = {
      discrepancyId: changeId,
      changeId,
      what: 'ANOTHER_PERSON',
      foundBy: TOKYO,
      municipality: '131059',
    };
    expect(await openDiscrepancies(ledger, 10)).toMatchObject([listed]);
    const waiting = await nextQueued(ledger, { destination: BUNKYO, kind: 'REPORT' }, 10);
    expect(waiting).toMatchObject([{ content: { changeId } }]);
    expect(await standings([other])).toEqual(['KNOWN']);
    expect(await openDiscrepancies(ledger, 10)).toHaveLength(1);
  });

  it('are taken with the highest version that a message can carry', async () => {
    const version = 2 ** 31 - 1;
    expect(await standings([aChange({ version })])).toEqual(['TAKEN']);
    expect(await held()).toMatchObject({ version });
    expect(await changesOf(ledger, aCode(1))).toMatchObject([{ version }]);
  });

  it('are kept as history where something newer is there, go on, and do not touch what is held', async () => {
    await accept([MOVED]);
    expect(await standings([ENTRY])).toEqual(['OLDER']);
    expect(await held()).toEqual(heldAfter(MOVED));
    expect([await history(), await goingOn()]).toEqual([ids(ENTRY, MOVED), [MOVED, ENTRY]]);
  });

  it('are taken without the one among them that is bad', async () => {
    await accept([ENTRY]);
    const [reused, contradicting] = [{ ...ENTRY, causeOn: '2016-05-01' }, aChange({ version: 20 })];
    const other = aChange({}, { residentRecordCode: aCode(5) });
    expect(await standings([MOVED, reused, other, contradicting, NEW_CODE])).toEqual([
      ...['TAKEN', 'ID_REUSED', 'TAKEN', 'VERSION_TAKEN', 'TAKEN'],
    ]);
    expect([await history(), await history(aCode(5))]).toEqual([ids(ENTRY, MOVED), ids(other)]);
    expect(await goingOn()).toEqual([ENTRY, MOVED, other, NEW_CODE]);
  });

  it('are more than go into one statement', async () => {
    const many = Array.from({ length: 1_201 }, (_, i) => aChange({}, { residentRecordCode: aCode(i + 1) }));
    expect(new Set(await standings(many))).toEqual(new Set(['TAKEN']));
    expect([await goingOn(), new Set(await standings(many))]).toEqual([many, new Set(['KNOWN'])]);
  });

  it('leave one entry in the log each time, which names whom they are about, those that are refused among them', async () => {
    await accept([ENTRY, NEW_CODE]);
    await accept([aChange({ version: 30 }, { residentRecordCode: aCode(2) })]);
    const entry = { event: 'RECORDED', procedure: 'ledger/CHANGES', operator: 'courier', purpose: 'CHANGE_DELIVERY' };
    const recorded = { ...entry, caller: 'juki://municipality/131059', answering: TOKYO, outcome: 'OK' };
    expect(await audit.entries()).toMatchObject([recorded, recorded]);
    const subjects = await ledger.selectFrom('audit_subject').selectAll().execute();
    const about = (position: number) =>
      new Set(subjects.filter((row) => row.position === position).map((row) => row.resident_record_code));
    expect([about(0), about(1)]).toEqual([new Set([aCode(1), aCode(2)]), new Set([aCode(2)])]);
  });

  it('leave nothing where the log can not be written', async () => {
    await accept([ENTRY]);
    const before = await everything();
    const broken = Object.assign(Object.create(audit) as AuditLog, {
      appendWith: () => Promise.reject(new Error('the disk is full')),
    });
    const level = { office: TOKYO, network: NETWORK, ledger, audit: broken, clock, parent: NATIONAL };
    await expect(acceptChanges(level, [MOVED, NEW_CODE], exchange())).rejects.toThrow('the disk is full');
    expect([await everything(), await audit.size()]).toEqual([before, 1]);
    expect(await standings([MOVED, NEW_CODE])).toEqual(['TAKEN', 'TAKEN']);
  });

  it('leave nothing where something fails after the log was written', async () => {
    const failing = Object.assign(Object.create(audit) as AuditLog, {
      appendWith: async (...[trx, ...occurrences]: Parameters<AuditLog['appendWith']>) => {
        await audit.appendWith(trx, ...occurrences);
        throw new Error('the power is gone');
      },
    });
    const level = { office: TOKYO, network: NETWORK, ledger, audit: failing, clock, parent: NATIONAL };
    const before = await everything();
    await expect(acceptChanges(level, [ENTRY], exchange())).rejects.toThrow('the power is gone');
    expect([await everything(), await audit.size()]).toEqual([before, 0]);
  });

  /** Every row of every table beside the log. */
  async function everything(): Promise<Record<string, string[]>> {
    const tables = ['identification_information', 'change_information', 'outbox', 'discrepancy'] as const;
    const rows = await Promise.all(tables.map((table) => ledger.selectFrom(table).selectAll().execute()));
    return Object.fromEntries(
      tables.map((table, i) => [table, (rows[i] ?? []).map((row) => JSON.stringify(row)).sort()]),
    );
  }
});
