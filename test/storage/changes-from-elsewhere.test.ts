import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { Change } from '#core/domain/fold-changes.js';
import { Network } from '#core/network.js';
import { acceptChanges } from '#core/propagation/accept-changes.js';
import { openDiscrepancies } from '#core/storage/discrepancies.js';
import { holdingsUnder } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { nextQueued } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { NONCE } from '../support/accounts.js';
import { aChange } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const NETWORK = Network.load('scripts/network.json');
const ENTRY = aChange({ version: 10 });
const MOVED = aChange({ reason: 'CHANGE_OF_ADDRESS', version: 15 });

/** The same of another person, under an id of its own. */
function asOfPerson(nth: number) {
  return ({ identification, ...change }: Change): Change => ({
    ...{ ...change, changeId: randomUUID() },
    identification: { ...identification, residentRecordCode: aCode(nth) },
  });
}

/*
 *   Bunkyo ───changes──▶ Tokyo: somebody is registered in Bunkyo
 *   Shinjuku ─changes──▶ Tokyo: and Shinjuku, which has not entered them, reports a change
 *   Bunkyo ◀──ANOTHER_MUNICIPALITY── Tokyo
 */
describeOnEveryDatabase('Changes of a municipality that the people are not registered in', (fresh) => {
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
  const level = () => ({ office: TOKYO, network: NETWORK, ledger, audit, clock, parent: NATIONAL });
  const standings = async (changes: Change[]) =>
    (await acceptChanges(level(), changes, exchange())).map(({ standing, reason }) => reason ?? standing);
  const held = async (code = aCode(1)) => (await holdingsUnder(ledger, [code])).get(code);

  it('are taken, and on the list of the municipality that they are registered in', async () => {
    const elsewhere = { municipality: '131041', version: 20 };
    const moved = aChange({ reason: 'CHANGE_OF_ADDRESS', ...elsewhere });
    expect(await standings([ENTRY, moved])).toEqual(['TAKEN', 'TAKEN']);
    expect(await held()).toMatchObject({ municipality: '131041', standing: 'ACTIVE' });
    const { changeId } = moved;
    const listed = {
      ...{ discrepancyId: changeId, changeId, what: 'ANOTHER_MUNICIPALITY', foundBy: TOKYO },
      ...{ municipality: '131059', residentRecordCode: aCode(1) },
    };
    expect(await openDiscrepancies(ledger, 10)).toMatchObject([listed]);
    expect(await nextQueued(ledger, { destination: BUNKYO, kind: 'REPORT' }, 10)).toMatchObject([{ content: listed }]);
    expect(await nextQueued(ledger, { destination: SHINJUKU, kind: 'REPORT' }, 10)).toEqual([]);
    expect(await standings([moved])).toEqual(['KNOWN']);
    expect(await openDiscrepancies(ledger, 10)).toHaveLength(1);
  });

  it('are on it with a deletion, and with a code that is taken from under somebody', async () => {
    const [second, third] = [aCode(2), aCode(3)];
    const deleted = aChange({ reason: 'MOVE_OUT', municipality: '131041', version: 20 });
    const taken = aChange(
      { reason: 'CODE_CHANGE_REQUEST', municipality: '131041', version: 20, previousCode: second },
      { residentRecordCode: third },
    );
    expect(await standings([ENTRY, aChange({ version: 10 }, { residentRecordCode: second }), deleted, taken])).toEqual(
      Array(4).fill('TAKEN'),
    );
    const found = (await openDiscrepancies(ledger, 10)).map((one) => [
      one.what,
      one.municipality,
      one.residentRecordCode,
    ]);
    expect(found.toSorted()).toEqual([
      ['ANOTHER_MUNICIPALITY', '131059', aCode(1)],
      ['ANOTHER_MUNICIPALITY', '131059', second],
    ]);
  });

  it('are on no list where somebody moves lawfully, in whatever order the two couriers come', async () => {
    const out = aChange({ reason: 'MOVE_OUT', version: 20 });
    const into = aChange({ municipality: '131041', version: 30 });
    const within = aChange({ reason: 'CHANGE_OF_ADDRESS', municipality: '131041', version: 40 });
    const orders = [
      ...[
        [MOVED, out, into, within],
        [into, MOVED, out, within],
        [into, within, MOVED, out],
      ],
      ...[
        [into, MOVED, within, out],
        [MOVED, into, within, out],
        [MOVED, into, out, within],
      ],
    ];
    for (const [nth, order] of orders.entries()) {
      const ofOne = [ENTRY, ...order].map(asOfPerson(nth + 1));
      expect((await standings(ofOne)).filter((standing) => !['TAKEN', 'OLDER'].includes(standing))).toEqual([]);
      expect(await held(aCode(nth + 1))).toMatchObject({ municipality: '131041', version: 40 });
    }
    expect(await openDiscrepancies(ledger, 10)).toEqual([]);
  });

  it('are on that list, though nothing is amiss, where the entry comes after what followed on it', async () => {
    const [into, within] = [
      aChange({ municipality: '131041', version: 30 }),
      aChange({ reason: 'CHANGE_OF_ADDRESS', municipality: '131041', version: 40 }),
    ];
    expect(await standings([ENTRY, within, into])).toEqual(['TAKEN', 'TAKEN', 'OLDER']);
    expect(await openDiscrepancies(ledger, 10)).toMatchObject([
      { what: 'ANOTHER_MUNICIPALITY', municipality: '131059' },
    ]);
  });
});
