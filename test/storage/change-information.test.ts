import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Change } from '#core/domain/fold-changes.js';
import { recordChanges } from '#core/propagation/record-changes.js';
import { changesOf, changesWithIds, enterChanges, versionsUnder } from '#core/storage/changes.js';
import { writeAlone } from '#core/storage/dialect.js';
import { findIdentificationInformation, holdingsUnder } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { nextQueued, queueStanding } from '#core/storage/outbox.js';
import type { CoreTables } from '#core/storage/tables.js';
import { aChange, aPerson } from '../support/changes.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { TOKYO } from '../support/offices.js';
import { aCode } from '../support/records.js';
import { SetClock } from '../support/set-clock.js';
import { FRIDAY_MORNING } from '../support/test-network.js';

const TODAY = '2016-05-27';
const TARO = aPerson({ name: '髙橋 太郎' });
const MOVED = { ...TARO, address: '東京都文京区本郷二丁目1番1号' };

const ENTRY = aChange({}, TARO);
const CORRECTION = aChange({ reason: 'CHANGE_OF_ADDRESS', version: 2 }, MOVED);
const NEW_CODE = aChange(
  { reason: 'CODE_CHANGE_REQUEST', version: 3, previousCode: aCode(1) },
  { ...MOVED, residentRecordCode: aCode(2) },
);
const DELETION = aChange({ reason: 'MOVE_OUT', causeOn: '2016-06-30', version: 4 }, MOVED);

describeOnEveryDatabase('A change of identification information that a municipality records', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const clock = new SetClock(FRIDAY_MORNING);
  const record = (changes: Change[], { isOutside = false, after = () => {} } = {}) =>
    ledger.transaction().execute(async (trx) => {
      await writeAlone(trx);
      await recordChanges(trx, changes, { clock, parent: isOutside ? undefined : TOKYO });
      after();
    });
  const held = (code: string) => findIdentificationInformation(ledger, code);
  const kept = (one: Change) => ({ ...one, recordedOn: TODAY });
  const history = async (code: string) => (await changesOf(ledger, code)).map((one) => one.changeId);
  const waiting = async () =>
    (await nextQueued<Change>(ledger, { destination: TOKYO, kind: 'CHANGE' }, 100)).map(({ content }) => content);

  it('that enters somebody is history, puts them into the identity ledger, and waits for the level above', async () => {
    await record([ENTRY]);
    expect(await held(aCode(1))).toEqual(TARO);
    expect(await changesOf(ledger, aCode(1))).toMatchObject([kept(ENTRY)]);
    expect(await waiting()).toEqual([ENTRY]);
  });

  it('that corrects an item takes the place of what the identity ledger held, and leaves the history', async () => {
    await record([ENTRY]);
    await record([CORRECTION]);
    expect(await held(aCode(1))).toEqual(MOVED);
    expect(await changesOf(ledger, aCode(1))).toMatchObject([kept(ENTRY), kept(CORRECTION)]);
  });

  it('that corrects the code leads from the old one, under which nobody is told any more, to the new one', async () => {
    await record([ENTRY, CORRECTION, NEW_CODE]);
    expect([await held(aCode(1)), await held(aCode(2))]).toEqual([undefined, NEW_CODE.identification]);
    const holdings = await holdingsUnder(ledger, [aCode(1), aCode(2)]);
    expect(holdings.get(aCode(1))).toMatchObject({ standing: 'SUPERSEDED', successor: aCode(2), version: 3 });
    expect(holdings.get(aCode(2))).toMatchObject({ standing: 'ACTIVE', successor: null, version: 3 });
    expect(await history(aCode(1))).toEqual([ENTRY.changeId, CORRECTION.changeId]);
    expect(await changesOf(ledger, aCode(2))).toMatchObject([kept(NEW_CODE)]);
  });

  it('that deletes somebody leaves what was last as history, and nobody is told it any more', async () => {
    await record([ENTRY, CORRECTION, DELETION]);
    expect(await held(aCode(1))).toBeUndefined();
    expect((await holdingsUnder(ledger, [aCode(1)])).get(aCode(1))).toMatchObject({ standing: 'DELETED', version: 4 });
    expect((await changesOf(ledger, aCode(1))).at(-1)).toMatchObject(kept(DELETION));
  });

  it('that enters somebody again after a deletion puts them back, with all their history', async () => {
    const again = aChange({ version: 5 }, { ...TARO, name: '高橋 太郎' });
    await record([ENTRY, DELETION, again]);
    expect(await held(aCode(1))).toEqual(again.identification);
    expect(await history(aCode(1))).toEqual([ENTRY, DELETION, again].map(({ changeId }) => changeId));
  });

  it('of somebody of whom this office knows nothing yet is taken as well', async () => {
    await record([NEW_CODE]);
    expect([await held(aCode(1)), await held(aCode(2))]).toEqual([undefined, NEW_CODE.identification]);
    await record([aChange({ reason: 'DEATH' }, { residentRecordCode: aCode(7) })]);
    expect(await history(aCode(7))).toHaveLength(1);
  });

  it('touches nobody else', async () => {
    const other = aChange({}, { residentRecordCode: aCode(3) });
    await record([ENTRY, other, DELETION]);
    expect(await held(aCode(3))).toEqual(other.identification);
    expect(await history(aCode(3))).toEqual([other.changeId]);
  });

  it('goes up in the order in which it was recorded, over several acts', async () => {
    await record([ENTRY, CORRECTION]);
    await record([NEW_CODE]);
    expect(await waiting()).toEqual([ENTRY, CORRECTION, NEW_CODE]);
  });

  it('goes nowhere from outside the network, and is recorded all the same', async () => {
    await record([ENTRY], { isOutside: true });
    expect([await held(aCode(1)), await history(aCode(1))]).toEqual([TARO, [ENTRY.changeId]]);
    expect(await ledger.selectFrom('outbox').select('position').execute()).toEqual([]);
  });

  it('is a bug where it is not the newest of that person: then none of those with it is kept', async () => {
    await record([CORRECTION]);
    for (const version of [1, 2]) {
      const other = aChange({ version: 9 }, { residentRecordCode: aCode(5) });
      await expect(record([other, aChange({ version }, TARO)])).rejects.toThrow('behind its own identity ledger');
      expect([await held(aCode(5)), await held(aCode(1))]).toEqual([undefined, MOVED]);
      expect([await history(aCode(5)), await waiting()]).toEqual([[], [CORRECTION]]);
    }
  });

  it('is not in history, identity ledger or queue where its transaction is rolled back', async () => {
    await record([ENTRY]);
    const after = () => {
      throw new Error('something else failed');
    };
    await expect(record([CORRECTION, NEW_CODE], { after })).rejects.toThrow('something else failed');
    expect([await held(aCode(1)), await held(aCode(2))]).toEqual([TARO, undefined]);
    expect(await history(aCode(1))).toEqual([ENTRY.changeId]);
    expect(await history(aCode(2))).toEqual([]);
    expect((await queueStanding(ledger, 'CHANGE')).depth).toBe(1);
  });
});

describeOnEveryDatabase('The history of changes', (fresh) => {
  let ledger: Kysely<CoreTables>;

  beforeEach(async () => {
    ledger = await openLedger(await fresh());
  });
  afterEach(() => ledger.destroy());

  const enter = (changes: Change[], on = TODAY) =>
    ledger.transaction().execute((trx) => enterChanges(trx, changes, on));
  const versions = async (code: string) => (await changesOf(ledger, code)).map(({ version }) => version);

  it('is listed by version as a number, the oldest first, whatever order it came in', async () => {
    const numbers = [1, 2, 9, 10, 11, 100, 5_043_000];
    await enter(numbers.toReversed().map((version) => aChange({ version, reason: 'MINOR_CORRECTION' })));
    expect([await versions(aCode(1)), await versions(aCode(9))]).toEqual([numbers, []]);
  });

  it('gives each change back as it was, with the day on which it was kept', async () => {
    const foreign = aChange({ municipality: '131041' }, { name: '葛\u{E0100}城 𠮷', residentRecordCode: aCode(4) });
    await enter([NEW_CODE, foreign], '2016-05-28');
    expect(await changesOf(ledger, aCode(2))).toMatchObject([{ ...NEW_CODE, recordedOn: '2016-05-28' }]);
    expect(await changesOf(ledger, aCode(4))).toMatchObject([{ ...foreign, recordedOn: '2016-05-28' }]);
  });

  it('has one change of a version of a code: the second can not be entered, nor what comes with it', async () => {
    await enter([ENTRY]);
    await expect(enter([NEW_CODE, aChange()])).rejects.toThrow();
    expect([await versions(aCode(1)), await versions(aCode(2))]).toEqual([[1], []]);
  });

  it('has one change of an id, whomever the second is about', async () => {
    await enter([ENTRY]);
    const { changeId } = ENTRY;
    await expect(enter([aChange({ changeId, version: 8 }, { residentRecordCode: aCode(8) })])).rejects.toThrow();
    expect(await versions(aCode(8))).toEqual([]);
  });

  it('finds changes by their ids, more at once than go into one statement, and none that is not there', async () => {
    const many = Array.from({ length: 1_201 }, (_, i) => aChange({}, { residentRecordCode: aCode(i + 1) }));
    await enter(many);
    const ids = many.map(({ changeId }) => changeId);
    const found = await changesWithIds(ledger, [...ids, aChange().changeId]);
    expect(new Set(found.keys())).toEqual(new Set(ids));
    expect(found.get(ids[1_200] ?? '')).toMatchObject(many[1_200] ?? {});
    expect((await changesWithIds(ledger, [])).size).toBe(0);
  });

  it('tells which versions there are under each of some codes', async () => {
    await enter([ENTRY, CORRECTION, NEW_CODE]);
    expect(await versionsUnder(ledger, [aCode(1), aCode(2), aCode(3)])).toEqual(
      new Map([
        [aCode(1), new Set([1, 2])],
        [aCode(2), new Set([3])],
      ]),
    );
    expect((await versionsUnder(ledger, [])).size).toBe(0);
  });
});
