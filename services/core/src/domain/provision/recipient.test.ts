import { describe, expect, it } from '@jest/globals';
import { isNamedIn, isRecipient, officesMeantBy, purposesOf, type Recipient } from './recipient.js';
import { appendedTables, ordinancePurposes, type StatutoryPurpose } from './statutory-purpose.js';

const BUNKYO: Recipient = { kind: 'municipality', code: '131059', classes: [] };
const YOKOHAMA: Recipient = { kind: 'municipality', code: '141003', classes: ['DESIGNATED_CITY'] };
const CORE_CITY: Recipient = { kind: 'municipality', code: '132012', classes: ['CORE_CITY'] };
const CITY_BY_ORDER: Recipient = { kind: 'municipality', code: '131041', classes: ['CITY_BY_ORDER'] };
const HIROSHIMA: Recipient = { kind: 'municipality', code: '341002', classes: ['DESIGNATED_CITY'] };
const NAGASAKI: Recipient = { kind: 'municipality', code: '422011', classes: ['CORE_CITY'] };
const TOKYO: Recipient = { kind: 'prefecture', code: '130001' };
const FUKUSHIMA: Recipient = { kind: 'prefecture', code: '070009' };
const OKINAWA: Recipient = { kind: 'prefecture', code: '470007' };

const OFFICES = { BUNKYO, YOKOHAMA, CORE_CITY, CITY_BY_ORDER, HIROSHIMA, NAGASAKI, TOKYO, FUKUSHIMA, OKINAWA };
const MUNICIPALITIES = ['BUNKYO', 'YOKOHAMA', 'CORE_CITY', 'CITY_BY_ORDER', 'HIROSHIMA', 'NAGASAKI'];

/** Every text of the tables that means offices, and which of those above it means. */
const MEANT: Record<string, string[]> = {
  市町村長: MUNICIPALITIES,
  選挙管理委員会: MUNICIPALITIES,
  指定都市: ['YOKOHAMA', 'HIROSHIMA'],
  指定都市の長: ['YOKOHAMA', 'HIROSHIMA'],
  地方自治法第二百五十二条の二十二第一項の中核市の長: ['CORE_CITY', 'NAGASAKI'],
  政令で定める市の長: ['CITY_BY_ORDER'],
  広島市: ['HIROSHIMA'],
  長崎市の長: ['NAGASAKI'],
  都道府県知事: ['TOKYO', 'FUKUSHIMA', 'OKINAWA'],
  福島県知事: ['FUKUSHIMA'],
  沖縄県知事: ['OKINAWA'],
};

const bodies = [...new Set(appendedTables.filter(({ table }) => table === 1).flatMap((purpose) => purpose.recipients))];
const agency = (...names: string[]): Recipient => ({ kind: 'agency', bodies: names });
const idsOf = (purposes: StatutoryPurpose[]) => purposes.map(({ id }) => id);
const admitted = (purpose: StatutoryPurpose) =>
  Object.entries(OFFICES)
    .filter(([, office]) => isNamedIn(purpose, office))
    .map(([name]) => name);

describe('A text of the tables', () => {
  it.each(Object.entries(MEANT))('%s means %j of these offices, and no other', (text, meant) => {
    const found = Object.entries(OFFICES).filter(([, office]) => isRecipient(text, office));
    expect(found.map(([name]) => name)).toEqual(Object.keys(OFFICES).filter((name) => meant.includes(name)));
  });

  it('means offices in tables 2 to 5, and an agency in table 1, wherever it stands', () => {
    const kinds = { 1: undefined, 2: 'municipality', 3: 'prefecture', 4: 'municipality', 5: 'prefecture' };
    for (const { table, recipients } of appendedTables)
      for (const text of recipients) expect([text, officesMeantBy(text)]).toEqual([text, kinds[table]]);
  });

  it('that means offices means no agency, were it to have that name', () => {
    for (const text of Object.keys(MEANT)) expect(isRecipient(text, agency(text))).toBe(false);
  });

  it.each(['', '金融', '金融庁 ', '日本年金機構並びに全国健康保険協会', '指定試験機関', 'constructor', '__proto__'])(
    '%j, where the table has something else, means nobody',
    (name) => {
      expect(bodies.filter((text) => isRecipient(text, agency(name)))).toEqual([]);
      for (const office of Object.values(OFFICES)) expect(isRecipient(name, office)).toBe(false);
    },
  );
});

describe('A recipient is named in exactly the entries that the tables name it in', () => {
  it.each(appendedTables.filter(({ table }) => table > 1).map((purpose) => [purpose.id, purpose] as const))(
    '%s: offices',
    (_id, purpose) => {
      const meant = purpose.recipients.flatMap((text) => MEANT[text] ?? [`nobody: ${text}`]);
      expect(admitted(purpose)).toEqual(Object.keys(OFFICES).filter((name) => meant.includes(name)));
      expect(bodies.filter((body) => isNamedIn(purpose, agency(body)))).toEqual([]);
    },
  );

  it.each(appendedTables.filter(({ table }) => table === 1).map((purpose) => [purpose.id, purpose] as const))(
    '%s: agencies',
    (_id, purpose) => {
      expect(bodies.filter((body) => isNamedIn(purpose, agency(body))).sort()).toEqual([...purpose.recipients].sort());
      expect(admitted(purpose)).toEqual([]);
    },
  );

  it('an agency that is several bodies in all the entries of each', () => {
    const pension = purposesOf(appendedTables, 1, agency('日本年金機構'));
    const health = purposesOf(appendedTables, 1, agency('全国健康保険協会'));
    const both = purposesOf(appendedTables, 1, agency('日本年金機構', '全国健康保険協会'));
    expect(new Set(idsOf(both))).toEqual(new Set(idsOf([...pension, ...health])));
    expect(both.length).toBeLessThan(pension.length + health.length);
  });

  it('an agency without a body in none', () => {
    expect(appendedTables.filter((purpose) => isNamedIn(purpose, agency()))).toEqual([]);
  });
});

describe('What a recipient may cite', () => {
  it('is of the table asked for, in its order', () => {
    expect(idsOf(purposesOf(appendedTables, 2, HIROSHIMA))).toEqual([
      ...['TABLE_2_ITEM_1', 'TABLE_2_ITEM_1_2', 'TABLE_2_ITEM_1_3', 'TABLE_2_ITEM_2', 'TABLE_2_ITEM_3'],
      ...['TABLE_2_ITEM_4', 'TABLE_2_ITEM_5', 'TABLE_2_ITEM_6', 'TABLE_2_ITEM_7_2', 'TABLE_2_ITEM_8'],
      'TABLE_2_ITEM_9',
    ]);
  });

  it('is nothing of a table that names others', () => {
    for (const table of [1, 3, 5] as const) expect(purposesOf(appendedTables, table, BUNKYO)).toEqual([]);
    for (const table of [1, 2, 4] as const) expect(purposesOf(appendedTables, table, TOKYO)).toEqual([]);
    for (const table of [2, 3, 4, 5] as const) expect(purposesOf(appendedTables, table, agency(...bodies))).toEqual([]);
  });
});

describe('What an ordinance of Tokyo adds', () => {
  const YAMATSURI: Recipient = { kind: 'municipality', code: '074829', classes: [] };
  const purposes = ordinancePurposes('130001', [
    { table: 5, item: '1', name: '条例', recipients: ['都道府県知事'], from: '2013-04-01', until: null },
    { table: 2, item: '2', name: '条例', recipients: ['市町村長'], from: '2013-04-01', until: '2016-03-31' },
  ]);

  it('is for the governor of Tokyo, and for no other', () => {
    expect(idsOf(purposesOf(purposes, 5, TOKYO))).toEqual(['ORDINANCE_130001_ITEM_1']);
    expect(purposesOf(purposes, 5, FUKUSHIMA)).toEqual([]);
  });

  it('is for the municipalities of Tokyo, and for no others', () => {
    expect(idsOf(purposesOf(purposes, 2, BUNKYO))).toEqual(['ORDINANCE_130001_ITEM_2']);
    expect(purposesOf(purposes, 2, YAMATSURI)).toEqual([]);
  });
});
