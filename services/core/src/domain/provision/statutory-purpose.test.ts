import { describe, expect, it } from '@jest/globals';
import { addDays } from '../calendar-date.js';
import appended from './appended-tables.json' with { type: 'json' };
import {
  appendedTables,
  isInForce,
  OrdinancePurpose,
  ordinancePurposes,
  purposeById,
  type StatutoryPurpose,
} from './statutory-purpose.js';

const ID = /^[A-Z][A-Z0-9_]{0,63}$/;
const LOANS = {
  table: 5,
  item: '3',
  name: '奨学資金の貸付けに関する条例',
  recipients: ['都道府県知事'],
  from: '2013-04-01',
};

describe('The appended tables', () => {
  it.each([
    [1, 134],
    [2, 14],
    [3, 33],
    [4, 13],
    [5, 38],
  ])('table %i has %i entries', (table, count) => {
    expect(appendedTables.filter((purpose) => purpose.table === table)).toHaveLength(count);
  });

  it('are in the order of the Act: table by table, item by item, 1-2 after 1 and before 2', () => {
    const place = ({ table, item }: StatutoryPurpose) =>
      [table, ...item.split('-').map(Number)].map((part) => String(part).padStart(3, '0')).join(' ');
    const places = appendedTables.map(place);
    expect(places).toEqual([...places].sort());
  });

  it('have one term for each entry, by which it is cited', () => {
    expect(new Set(appendedTables.map(({ id }) => id)).size).toBe(appendedTables.length);
    expect(appendedTables.filter(({ id }) => !ID.test(id))).toEqual([]);
  });

  it('name a law for each entry, whole, and each body by itself', () => {
    const texts = appendedTables.flatMap(({ law, recipients }) => [law, ...recipients]);
    expect(texts.filter((text) => /[（）]|並びに|又は|\s/.test(text) || text === '')).toEqual([]);
  });

  it('say that all of it was in force on the day of their source, and of no end', () => {
    expect(appended.source).toContain('2013-11-26');
    for (const { from, until } of appendedTables) expect([from, until]).toEqual(['2013-11-26', null]);
  });
});

describe('A statutory purpose is found by its term', () => {
  it.each([
    ['TABLE_1_ITEM_33', 1, '33', '工場抵当法', ['法務省']],
    ['TABLE_1_ITEM_72', 1, '72', '健康保険法', ['厚生労働省', '日本年金機構', '全国健康保険協会']],
    ['TABLE_2_ITEM_1_3', 2, '1-3', '公職選挙法', ['市町村長']],
    ['TABLE_2_ITEM_2', 2, '2', '公職選挙法', ['選挙管理委員会']],
    ['TABLE_3_ITEM_26_2', 3, '26-2', '沖縄振興特別措置法', ['沖縄県知事']],
    ['TABLE_5_ITEM_6', 5, '6', '旅券法', ['都道府県知事']],
  ])('%s: table %i, item %s, %s', (id, table, item, law, recipients) => {
    expect(purposeById(id)).toMatchObject({ id, table, item, law, recipients });
  });

  it('every one of them, by its own alone', () => {
    for (const purpose of appendedTables) expect(purposeById(purpose.id)).toBe(purpose);
  });

  it.each(['', 'TABLE_1', 'TABLE_1_ITEM_1', 'TABLE_1_ITEM_4', 'table_2_item_1', 'TABLE_2_ITEM_1-2', 'TABLE_6_ITEM_1'])(
    '%j is none',
    (id) => expect(purposeById(id)).toBeUndefined(),
  );
});

describe('A statutory purpose is in force', () => {
  it('each of the tables from its first day on, and not the day before', () => {
    for (const purpose of appendedTables)
      expect([-1, 0, 1].map((days) => isInForce(purpose, addDays(purpose.from, days)))).toEqual([false, true, true]);
  });

  it('each of the tables to its last day, once it has one, and not the day after', () => {
    for (const purpose of appendedTables) {
      const ended = { ...purpose, until: '2016-03-31' };
      const days = ['2013-11-25', '2013-11-26', '2016-03-31', '2016-04-01'];
      expect(days.map((day) => isInForce(ended, day))).toEqual([false, true, true, false]);
    }
  });
});

describe('What a prefecture adds by ordinance', () => {
  it('is cited by the prefecture and the item, and is its own', () => {
    const [loans] = ordinancePurposes('130001', [OrdinancePurpose.parse(LOANS)]);
    const { name, ...stated } = LOANS;
    expect(loans).toEqual({
      ...{ ...stated, id: 'ORDINANCE_130001_ITEM_3', law: name, prefecture: '130001', until: null },
    });
  });

  it('has a term of the same form as those of the Act, however its item is counted', () => {
    const items = ['1', '1-2', '999-999-999-999'].map((item) => OrdinancePurpose.parse({ ...LOANS, item }));
    const ids = ordinancePurposes('010006', items).map(({ id }) => id);
    expect(ids.filter((id) => ID.test(id))).toHaveLength(3);
    expect(ids[1]).toBe('ORDINANCE_010006_ITEM_1_2');
  });

  it('is found among the purposes of the prefecture, and not in the Act', () => {
    const purposes = ordinancePurposes('130001', [OrdinancePurpose.parse(LOANS)]);
    expect(purposeById('ORDINANCE_130001_ITEM_3', purposes)).toBe(purposes[0]);
    expect(purposeById('ORDINANCE_130001_ITEM_3')).toBeUndefined();
  });

  it.each([
    ['adds to table 1', { table: 1 }],
    ['adds to table 3', { table: 3 }],
    ['counts from 0', { item: '0' }],
    ['counts in kanji', { item: '一の二' }],
    ['has no name', { name: '' }],
    ['names nobody', { recipients: [] }],
    ['begins on no day', { from: '2015-02-29' }],
    ['has no first day', { from: undefined }],
    ['states a law of its own', { law: '旅券法' }],
  ])('is refused where it %s', (_what, parts) => {
    expect(OrdinancePurpose.safeParse({ ...LOANS, ...parts }).success).toBe(false);
  });
});
