import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Change } from '#core/domain/fold-changes.js';
import { Network } from '#core/network.js';
import { acceptChanges } from '#core/propagation/accept-changes.js';
import { changesOf } from '#core/storage/changes.js';
import { holdingsUnder } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { nextQueued } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { aChange } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, NATIONAL, TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const NETWORK = Network.load('scripts/network.json');

/** Of three people: who moves and moves on, who has two other codes, and who dies. */
const LIVES: Change[][] = [
  [
    aChange({ version: 1 }),
    aChange({ reason: 'CHANGE_OF_ADDRESS', version: 2 }, { address: '東京都文京区本郷二丁目1番1号' }),
    aChange({ reason: 'MOVE_OUT', version: 3 }),
    aChange({ version: 4, municipality: '131041' }, { address: '東京都新宿区歌舞伎町一丁目4番1号' }),
    aChange({ reason: 'MINOR_CORRECTION', version: 5, municipality: '131041' }, { name: '文\u{E0100}京 太郎' }),
  ],
  [
    aChange({ version: 10 }, { residentRecordCode: aCode(2) }),
    aChange({ reason: 'CODE_CHANGE_REQUEST', version: 11, previousCode: aCode(2) }, { residentRecordCode: aCode(3) }),
    aChange({ reason: 'MINOR_CORRECTION', version: 12 }, { residentRecordCode: aCode(3), name: '髙橋 花子' }),
    aChange({ reason: 'EX_OFFICIO_CODE', version: 13, previousCode: aCode(3) }, { residentRecordCode: aCode(4) }),
  ],
  [
    aChange({ reason: 'BIRTH', version: 20 }, { residentRecordCode: aCode(5) }),
    aChange({ reason: 'DEATH', version: 21 }, { residentRecordCode: aCode(5) }),
  ],
];
const ALL = LIVES.flat();
const CODES = [1, 2, 3, 4, 5].map(aCode);

/** Deliveries: every change at least once, some again, in any order, so many at a time. */
const deliveries = fc
  .subarray(ALL)
  .chain((again) => fc.shuffledSubarray([...ALL, ...again], { minLength: ALL.length + again.length }))
  .chain((arrived) => fc.record({ arrived: fc.constant(arrived), atOnce: fc.integer({ min: 1, max: arrived.length }) }))
  .map(({ arrived, atOnce }) =>
    Array.from({ length: Math.ceil(arrived.length / atOnce) }, (_, i) => arrived.slice(i * atOnce, (i + 1) * atOnce)),
  );

describeOnEveryDatabase('A prefecture’s ledger, to which changes come in any order (CHAIN)', (fresh) => {
  const clock = new SetClock(FRIDAY_MORNING);
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const deliver = (changes: Change[]) =>
    acceptChanges(
      {
        office: TOKYO,
        network: NETWORK,
        ledger,
        audit: new AuditLog(ledger, clock),
        clock,
        parent: NATIONAL,
      },
      changes,
      {
        ...{ id: randomUUID(), nonce: NONCE, operator: 'courier', purpose: 'CHANGE_DELIVERY' },
        ...{ caller: { kind: 'office', office: BUNKYO }, concerns: new Set() },
      },
    );
  /** What stands in the end: holdings, history, and what goes on, whatever order it goes on in. */
  const state = async () => ({
    held: [...(await holdingsUnder(ledger, CODES))].sort(([one], [other]) => (one < other ? -1 : 1)),
    history: (await Promise.all(CODES.map((code) => changesOf(ledger, code)))).flat(),
    goingOn: (await nextQueued<Change>(ledger, { destination: NATIONAL, kind: 'CHANGE' }, 1_000))
      .map(({ content }) => content.changeId)
      .sort(),
  });
  const empty = async () => {
    for (const table of ['identification_information', 'change_information', 'outbox'] as const)
      await ledger.deleteFrom(table).execute();
  };

  it('is the same in the end as if they had come in order, whatever came twice, and however many at a time', async () => {
    await deliver(ALL);
    const expected = await state();
    expect(expected.held.map(([, { standing }]) => standing)).toEqual([
      ...['ACTIVE', 'SUPERSEDED', 'SUPERSEDED', 'ACTIVE', 'DELETED'],
    ]);
    expect(expected.goingOn).toEqual(ALL.map(({ changeId }) => changeId).sort());
    await fc.assert(
      fc.asyncProperty(deliveries, async (groups) => {
        await empty();
        for (const group of groups) await deliver(group);
        expect(await state()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is the same where they come at the same time', async () => {
    await deliver(ALL);
    const expected = await state();
    await empty();
    const verdicts = await Promise.all([...ALL, ...ALL].map((change) => deliver([change])));
    const known = verdicts.flat().filter(({ standing }) => standing === 'KNOWN');
    expect(known).toHaveLength(ALL.length);
    expect(await state()).toEqual(expected);
  });
});
