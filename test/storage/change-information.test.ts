import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { ChangeInformation } from '#core/domain/change-information.js';
import { changesOf, recordChange } from '#core/storage/changes.js';
import { findIdentificationInformation } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode } from '../support/records.js';

const TODAY = '2016-05-27';
const TARO = {
  ...{ name: '髙橋 太郎', birthDate: '1980-04-01', sex: 'MALE' as const, residentRecordCode: aCode(1) },
  address: '東京都文京区春日一丁目16番21号',
};
const MOVED = { ...TARO, address: '東京都文京区本郷二丁目1番1号' };

function change(differing: Partial<ChangeInformation> = {}): ChangeInformation {
  const entry = { kind: 'ENTRY' as const, reason: 'MOVE_IN' as const, causeOn: '2016-05-20', version: 1 };
  return { ...entry, identification: TARO, previousCode: null, ...differing };
}

const ENTRY = change();
const CORRECTION = change({
  ...{ kind: 'CORRECTION', reason: 'CHANGE_OF_ADDRESS', version: 2, identification: MOVED },
});
const NEW_CODE = change({
  ...{ kind: 'CODE_CORRECTION', reason: 'CODE_CHANGE_REQUEST', version: 3, previousCode: aCode(1) },
  identification: { ...MOVED, residentRecordCode: aCode(2) },
});
const DELETION = change({
  kind: 'DELETION',
  reason: 'MOVE_OUT',
  causeOn: '2016-06-30',
  version: 4,
  identification: MOVED,
});

describeOnEveryDatabase('A change of identification information', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const record = (...changes: ChangeInformation[]) =>
    ledger.transaction().execute(async (trx) => {
      for (const one of changes) await recordChange(trx, one, TODAY);
    });
  const held = (code: string) => findIdentificationInformation(ledger, code);
  const kept = (one: ChangeInformation) => ({ ...one, recordedOn: TODAY });

  it('that enters somebody is history, and puts them into the identity ledger', async () => {
    await record(ENTRY);
    expect(await held(aCode(1))).toEqual(TARO);
    expect(await changesOf(ledger, aCode(1))).toEqual([kept(ENTRY)]);
  });

  it('that corrects an item takes the place of what the identity ledger held, and leaves the history', async () => {
    await record(ENTRY);
    await record(CORRECTION);
    expect(await held(aCode(1))).toEqual(MOVED);
    expect(await changesOf(ledger, aCode(1))).toEqual([kept(ENTRY), kept(CORRECTION)]);
  });

  it('that corrects the code leaves nothing under the old one but its history, and goes by the new one', async () => {
    await record(ENTRY, CORRECTION, NEW_CODE);
    expect([await held(aCode(1)), await held(aCode(2))]).toEqual([undefined, NEW_CODE.identification]);
    expect(await changesOf(ledger, aCode(1))).toEqual([kept(ENTRY), kept(CORRECTION)]);
    expect(await changesOf(ledger, aCode(2))).toEqual([kept(NEW_CODE)]);
    expect(await ledger.selectFrom('identification_information').selectAll().execute()).toHaveLength(1);
  });

  it('that deletes somebody leaves what was last as history, and nothing in the identity ledger', async () => {
    await record(ENTRY, CORRECTION, DELETION);
    expect(await held(aCode(1))).toBeUndefined();
    expect((await changesOf(ledger, aCode(1))).at(-1)).toEqual(kept(DELETION));
  });

  it('that enters somebody again after a deletion puts them back, with all their history', async () => {
    const again = change({ version: 5, identification: { ...TARO, name: '高橋 太郎' } });
    await record(ENTRY, DELETION, again);
    expect(await held(aCode(1))).toEqual(again.identification);
    expect(await changesOf(ledger, aCode(1))).toEqual([ENTRY, DELETION, again].map(kept));
  });

  it('of somebody of whom this office knows nothing yet is taken as well', async () => {
    await record(NEW_CODE);
    expect([await held(aCode(1)), await held(aCode(2))]).toEqual([undefined, NEW_CODE.identification]);
    await record({ ...DELETION, identification: { ...TARO, residentRecordCode: aCode(7) } });
    expect(await changesOf(ledger, aCode(7))).toHaveLength(1);
  });

  it('touches nobody else', async () => {
    const other = change({ identification: { ...TARO, residentRecordCode: aCode(3) } });
    await record(ENTRY, other, DELETION);
    expect(await held(aCode(3))).toEqual(other.identification);
    expect(await changesOf(ledger, aCode(3))).toEqual([kept(other)]);
  });

  it('is listed by its version as a number, the oldest first, under a code that has many', async () => {
    const versions = [1, 2, 9, 10, 11, 100, 5_043_000];
    await record(...versions.map((version) => change({ version, kind: 'CORRECTION', reason: 'MINOR_CORRECTION' })));
    expect((await changesOf(ledger, aCode(1))).map(({ version }) => version)).toEqual(versions);
    expect(await changesOf(ledger, aCode(9))).toEqual([]);
  });

  it('has a version that nothing else of that code has: the second is refused, and what was stays', async () => {
    await record(ENTRY);
    await expect(record({ ...CORRECTION, version: 1 })).rejects.toThrow();
    expect(await held(aCode(1))).toEqual(TARO);
    expect(await changesOf(ledger, aCode(1))).toEqual([kept(ENTRY)]);
  });

  it('is neither history nor in the identity ledger where its transaction is rolled back', async () => {
    await record(ENTRY);
    const failing = ledger.transaction().execute(async (trx) => {
      await recordChange(trx, CORRECTION, TODAY);
      await recordChange(trx, NEW_CODE, TODAY);
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect([await held(aCode(1)), await held(aCode(2))]).toEqual([TARO, undefined]);
    expect(await changesOf(ledger, aCode(1))).toEqual([kept(ENTRY)]);
    expect(await changesOf(ledger, aCode(2))).toEqual([]);
  });
});
