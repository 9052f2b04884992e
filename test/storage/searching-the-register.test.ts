import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { SearchCriteria } from '#municipality/domain/register/search.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { supersedeCode } from '#municipality/storage/codes.js';
import { activeRecord, enterRecords, searchRecords, writeRecords } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember, refusedAs } from '../support/households.js';
import { aCode } from '../support/records.js';

const KASUGA = '東京都文京区春日';

describeOnEveryDatabase('A search of the register', (fresh) => {
  const gone = { deletedOn: '2015-05-01', deletionReason: 'MOVE_OUT' } as const;
  const people = [
    aMember(1, '世帯主', { name: '高橋 美咲', nameReading: 'たかはし みさき', ...gone }),
    aMember(2, '世帯主', { name: '髙橋 美咲', nameReading: 'タカハシ ミサキ', address: `${KASUGA}一丁目16番2号` }),
    aMember(3, '世帯主', { name: '高橋\u{E0100}　美咲', nameReading: 'ﾀｶﾊｼ ﾐｻｷ', address: `${KASUGA}1-16-211` }),
    aMember(4, '世帯主', { name: 'SANTOS MARIA', commonName: '髙﨑 マリア', nameReading: 'サントス マリア' }),
    aMember(5, '世帯主', { name: '佐藤 一郎', nameReading: 'サトウ イチロウ', birthDate: '1955-12-31' }),
  ];
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    await ledger.transaction().execute((trx) => enterRecords(trx, people));
  });
  afterEach(() => ledger.destroy());

  const found = async (criteria: SearchCriteria, most = 20) =>
    (await searchRecords(ledger, criteria, most)).map(({ recordId }) => Number(recordId.slice('record-'.length)));

  it.each(['高橋 美咲', '髙橋美咲', '髙橋\u{E0101}　美咲'])(
    'for %s finds a name in whichever characters it is written, the deleted record last',
    async (name) => {
      expect(await found({ name })).toEqual([2, 3, 1]);
    },
  );

  it.each(['高崎 マリア', '髙﨑マリア', 'santos maria', 'ＳＡＮＴＯＳ　ＭＡＲＩＡ'])(
    'for %s finds a foreign resident by name or common name',
    async (name) => {
      expect(await found({ name })).toEqual([4]);
    },
  );

  it.each(['タカハシ ミサキ', 'たかはしみさき', 'ﾀｶﾊｼ　ﾐｻｷ', 'たかはし ミサキ'])(
    'for the reading %s finds whoever reads so, in whichever kana',
    async (nameReading) => {
      expect(await found({ nameReading })).toEqual([2, 3, 1]);
    },
  );

  it.each([
    '一丁目16番21号',
    '1丁目16番21号',
    '１丁目１６番２１号',
    '1-16-21',
    '１－１６－２１',
    '一丁目１６番地の２１',
  ])(
    'for the address %s finds one place however it is spelled, and no neighbour whose number begins alike',
    async (lot) => {
      expect(await found({ address: KASUGA + lot })).toEqual([4, 5, 1]);
    },
  );

  it('gives so many at most, and active records before deleted ones', async () => {
    expect([await found({ name: '高橋美咲' }, 1), await found({ name: '高橋美咲' }, 2)]).toEqual([[2], [2, 3]]);
  });

  it('finds only who answers to all that is stated', async () => {
    const all = {
      name: '佐藤一郎',
      nameReading: 'さとういちろう',
      birthDate: '1955-12-31',
      residentRecordCode: aCode(5),
    };
    expect(await found({ ...all, address: `${KASUGA}1-16-21` })).toEqual([5]);
    const each: SearchCriteria[] = [
      { name: '佐藤 二郎' },
      { nameReading: 'サトウ ジロウ' },
      { birthDate: '1956-01-01' },
      { residentRecordCode: aCode(4) },
      { address: `${KASUGA}1-16-22` },
    ];
    for (const differing of each) expect(await found({ ...all, ...differing })).toEqual([]);
  });

  it('finds nobody by a part of a name, a pattern, or what a query could trip over', async () => {
    for (const text of ['高橋', '美咲', '%', '高橋_咲', '高橋%', "' or '1'='1", '\\']) {
      expect(await found({ name: text })).toEqual([]);
      expect(await found({ nameReading: text })).toEqual([]);
      expect(await found({ address: text })).toEqual([]);
    }
  });

  it.each([
    ['a variation selector', '\u{FE0F}'],
    ['variation selectors of ideographs', '\u{E0100}\u{E0101}'],
  ])('finds nobody by a name that is only %s: who has no common name has not that one', async (_what, name) => {
    expect(await found({ name })).toEqual([]);
    expect(await found({ name, birthDate: '1955-12-31' })).toEqual([]);
  });

  it('finds by what a record says now, and not by what it said before', async () => {
    const [, , , , ichiro = aMember(5, '世帯主')] = people;
    const anew = { ...ichiro, name: '髙橋 一郎', nameReading: 'タカハシ イチロウ', address: `${KASUGA}2-1-1` };
    await ledger.transaction().execute((trx) => writeRecords(trx, [anew], { actId: 'act-1', on: '2016-05-27' }));
    expect([await found({ name: '佐藤 一郎' }), await found({ nameReading: 'サトウイチロウ' })]).toEqual([[], []]);
    const now = { name: '高橋一郎', nameReading: 'たかはしいちろう', address: `${KASUGA}二丁目1番1号` };
    expect(await found(now)).toEqual([5]);
  });

  it('for an old code finds who has become another one, over any number of changes', async () => {
    const chain = [aCode(21), aCode(22), aCode(5)];
    await ledger.transaction().execute(async (trx) => {
      for (const [i, newCode] of chain.slice(1).entries())
        await supersedeCode(trx, { oldCode: chain[i] ?? '', newCode, actId: `act-${i}` });
    });
    for (const residentRecordCode of chain) expect(await found({ residentRecordCode })).toEqual([5]);
    expect((await activeRecord(ledger, aCode(21))).recordId).toBe('record-5');
  });

  it('tells a code of nobody from one whose record is deleted', async () => {
    await expect(activeRecord(ledger, aCode(9))).rejects.toEqual(refusedAs('NOT_FOUND'));
    await expect(activeRecord(ledger, aCode(1))).rejects.toEqual(refusedAs('RECORD_DELETED'));
  });
});
