import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { lastOrdinal, versionsOf } from '#municipality/storage/record-versions.js';
import { enterRecords, findRecords, recordsWithIds, writeRecords } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember } from '../support/households.js';
import { aCode } from '../support/records.js';

const BY_DEATH = { deletedOn: '2016-05-20', deletionReason: 'DEATH' } as const;

describeOnEveryDatabase('Records that acts write', (fresh) => {
  const taro = aMember(1, '世帯主');
  const hanako = aMember(2, '妻');
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    await ledger.transaction().execute((trx) => enterRecords(trx, [taro, hanako]));
  });
  afterEach(() => ledger.destroy());

  const write = (actId: string, on: string, ...records: ResidentRecord[]) =>
    ledger.transaction().execute((trx) => writeRecords(trx, records, { actId, on }));
  const rowsOf = ({ recordId }: ResidentRecord) =>
    ledger.selectFrom('record_version').selectAll().where('record_id', '=', recordId).orderBy('ordinal').execute();
  const standing = async ({ recordId }: ResidentRecord) => (await recordsWithIds(ledger, [recordId]))[0];
  const ordinals = async ({ recordId }: ResidentRecord) =>
    (await versionsOf(ledger, recordId)).map(({ ordinal }) => ordinal);

  it('stand as they were written last, and every earlier version stays byte for byte as it was', async () => {
    const before = await rowsOf(taro);
    const renamed = { ...taro, name: '文京 太朗', changeVersion: 2 };
    await write('act-1', '2016-05-20', renamed);
    const between = await rowsOf(taro);
    const moved = { ...renamed, householdId: 'H9', address: '東京都文京区本郷二丁目1番1号', changeVersion: 3 };
    await write('act-2', '2016-05-21', moved);
    const after = await rowsOf(taro);
    expect([between.slice(0, 1), after.slice(0, 2)]).toEqual([before, between]);
    expect(await standing(taro)).toEqual(moved);
    expect(await versionsOf(ledger, taro.recordId)).toEqual([
      { ordinal: 1, actId: null, recordedOn: '2010-04-02', record: taro },
      { ordinal: 2, actId: 'act-1', recordedOn: '2016-05-20', record: renamed },
      { ordinal: 3, actId: 'act-2', recordedOn: '2016-05-21', record: moved },
    ]);
  });

  it('have every item in their versions as it stood, those that are not there as null', async () => {
    const maria = aMember(3, '同居人', {
      ...{
        name: 'MARIA 髙﨑 葛\u{E0100}',
        commonName: '𠮷田 マリア',
        nationality: 'フィリピン',
        residenceStatus: '永住者',
      },
      ...{ registeredDomicile: null, firstListedPerson: null, previousAddress: null, movedWithinTownOn: '2014-03-31' },
      ...{ deletedOn: '2016-06-30', deletionReason: 'MOVE_OUT', destination: '杉並区阿佐谷南一丁目15番1号' },
    });
    await write('act-1', '2016-05-27', maria);
    const [version] = await versionsOf(ledger, maria.recordId);
    expect([version?.record, await standing(maria)]).toEqual([maria, maria]);
  });

  it('are numbered from one without a gap, each record for itself, and the newest number is known', async () => {
    for (let nth = 1; nth <= 12; nth++)
      await write(`act-${nth}`, '2016-05-27', { ...taro, municipalItems: String(nth) }, ...(nth % 3 ? [] : [hanako]));
    expect(await ordinals(taro)).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    expect(await ordinals(hanako)).toEqual([1, 2, 3, 4, 5]);
    const last = [taro.recordId, hanako.recordId, 'nobody'].map((id) => lastOrdinal(ledger, id));
    expect(await Promise.all(last)).toEqual([13, 5, 0]);
  });

  it('begin with their first version where an act enters them', async () => {
    const child = aMember(3, '子');
    await write('act-1', '2016-05-27', child);
    expect(await versionsOf(ledger, child.recordId)).toEqual([
      { ordinal: 1, actId: 'act-1', recordedOn: '2016-05-27', record: child },
    ]);
  });

  it('leave neither record nor version, and no number missing, where their transaction is rolled back', async () => {
    const failing = ledger.transaction().execute(async (trx) => {
      await writeRecords(trx, [{ ...taro, name: '無' }, aMember(3, '子')], { actId: 'act-1', on: '2016-05-27' });
      throw new Error('something else failed');
    });
    await expect(failing).rejects.toThrow('something else failed');
    expect([await standing(taro), await lastOrdinal(ledger, 'record-3')]).toEqual([taro, 0]);
    await write('act-2', '2016-05-27', { ...taro, name: '文京 太朗' });
    expect(await ordinals(taro)).toEqual([1, 2]);
  });

  it('have no two versions of one number: the database refuses the second', async () => {
    const [first] = await rowsOf(taro);
    if (!first) throw new Error('there is no first version');
    await expect(ledger.insertInto('record_version').values(first).execute()).rejects.toThrow();
    expect(await ordinals(taro)).toEqual([1]);
  });

  it('have a version of before the deletion where a register begins with a deleted one', async () => {
    const gone = aMember(3, '父', { ...BY_DEATH, destination: null, changeVersion: 7 });
    await ledger.transaction().execute((trx) => enterRecords(trx, [gone]));
    const active = { ...gone, deletedOn: null, deletionReason: null, changeVersion: 6 };
    expect(await versionsOf(ledger, gone.recordId)).toEqual([
      { ordinal: 1, actId: null, recordedOn: gone.notifiedOn, record: active },
      { ordinal: 2, actId: null, recordedOn: '2016-05-20', record: gone },
    ]);
  });

  it.each(['first', 'last'])(
    'can take over the code of one that the same writing deletes, named %s (invariant ONE)',
    async (place) => {
      const deleted = { ...taro, ...BY_DEATH };
      const anew = aMember(3, '世帯主', { residentRecordCode: taro.residentRecordCode });
      await write('act-1', '2016-05-27', ...(place === 'first' ? [deleted, anew] : [anew, deleted]));
      expect(await findRecords(ledger, { residentRecordCode: aCode(1) })).toEqual([deleted, anew]);
    },
  );

  it.each(['first', 'last'])(
    'can take over the code of one that the same writing gives another code, named %s (invariant ONE)',
    async (place) => {
      const corrected = { ...taro, residentRecordCode: aCode(8) };
      const taking = { ...hanako, residentRecordCode: taro.residentRecordCode };
      await write('act-1', '2016-05-27', ...(place === 'first' ? [corrected, taking] : [taking, corrected]));
      expect([await standing(taro), await standing(hanako)]).toEqual([corrected, taking]);
    },
  );

  it.each([
    ['an active record that is new', aMember(3, '子', { residentRecordCode: aCode(1) })],
    ['an active record that has another code', { ...hanako, residentRecordCode: aCode(1) }],
  ])(
    'never give the code of an active one to %s, and then nothing of the writing is kept (invariant ONE)',
    async (_what, second) => {
      const writing = write('act-1', '2016-05-27', { ...taro, municipalItems: 'changed' }, second);
      await expect(writing).rejects.toThrow();
      expect(await findRecords(ledger, { residentRecordCode: aCode(1) })).toEqual([taro]);
      expect([await standing(taro), await standing(hanako)]).toEqual([taro, hanako]);
      expect([await ordinals(taro), await ordinals(hanako)]).toEqual([[1], [1]]);
    },
  );

  it('are not restored as active while somebody else has their code (invariant ONE)', async () => {
    await write('act-1', '2016-05-20', { ...taro, ...BY_DEATH });
    await write('act-2', '2016-05-21', { ...hanako, residentRecordCode: aCode(1) });
    await expect(write('act-3', '2016-05-22', taro)).rejects.toThrow();
    expect(await ordinals(taro)).toEqual([1, 2]);
  });
});
