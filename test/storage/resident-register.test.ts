import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { enterRecords, findActiveRecord, findRecords, membersOf } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode, aRecord } from '../support/records.js';

const MOVED_OUT = { deletedOn: '2015-05-01', deletionReason: 'MOVE_OUT' } as const;

describeOnEveryDatabase('The resident register of a municipality', (fresh) => {
  let url: string;
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    url = await fresh();
    ledger = await openMunicipalityLedger(url);
  });
  afterEach(() => ledger.destroy());

  const enter = (...records: ResidentRecord[]) => ledger.transaction().execute((trx) => enterRecords(trx, records));
  /** The nth person, in the nth household with the nth code, unless said otherwise. */
  const person = (nth: number, differing: Partial<ResidentRecord> = {}) => {
    const number = String(nth).padStart(6, '0');
    return aRecord({
      recordId: `131059-${number}`,
      householdId: `H${nth}`,
      residentRecordCode: aCode(nth),
      ...differing,
    });
  };
  const idsOf = (records: ResidentRecord[]) => records.map(({ recordId }) => recordId);
  const byCode = (nth: number) => findRecords(ledger, { residentRecordCode: aCode(nth) });

  it('keeps what is in it when it is opened again, and core’s and its own migrations run once each', async () => {
    await enter(person(1));
    await ledger.destroy();
    ledger = await openMunicipalityLedger(url);
    const core = await sql`select name from core_migration`.execute(ledger);
    const own = await sql`select name from municipality_migration`.execute(ledger);
    expect(await byCode(1)).toEqual([person(1)]);
    expect([core.rows.length, own.rows.length].every((rows) => rows > 0)).toBe(true);
  });

  it('gives back every item as it was entered, those that are not there as null', async () => {
    const full = person(1, {
      ...{ commonName: '山本 マリア', nationality: 'フィリピン', residenceStatus: '永住者' },
      ...{ registeredDomicile: null, firstListedPerson: null, previousAddress: null },
      ...{ movedWithinTownOn: '2014-03-31', ...MOVED_OUT },
    });
    await enter(full, person(2));
    expect([...(await byCode(1)), ...(await byCode(2))]).toEqual([full, person(2)]);
  });

  it('finds by code the active and the deleted records of it, and of no other code', async () => {
    await enter(person(1), person(2, { ...MOVED_OUT, residentRecordCode: aCode(1) }), person(3));
    expect(idsOf(await byCode(1))).toEqual(['131059-000001', '131059-000002']);
    expect(await byCode(4)).toEqual([]);
  });

  it('finds by birth date and sex everybody born that day who has that sex, deleted ones too', async () => {
    const [birthDate, sex] = ['1955-12-31', 'FEMALE'] as const;
    await enter(person(3, { birthDate, sex, ...MOVED_OUT }), person(1, { birthDate, sex }));
    await enter(person(2, { birthDate }), person(4, { sex }));
    expect(idsOf(await findRecords(ledger, { birthDate, sex }))).toEqual(['131059-000001', '131059-000003']);
    expect(await findRecords(ledger, { birthDate: '1955-12-30', sex })).toEqual([]);
  });

  it('finds nobody by a part of a code or by a pattern', async () => {
    await enter(person(1));
    const patterns = ['%', '_'.repeat(11), aCode(1).slice(0, 10), `${aCode(1)} `, "' or '1'='1"];
    const found = await Promise.all(patterns.map((residentRecordCode) => findRecords(ledger, { residentRecordCode })));
    expect(found.flat()).toEqual([]);
  });

  it('gives the active record of a code to whoever looks for one, and none where all are deleted', async () => {
    await enter(person(1, MOVED_OUT), person(2, { residentRecordCode: aCode(1) }), person(3, MOVED_OUT));
    expect((await findActiveRecord(ledger, aCode(1)))?.recordId).toBe('131059-000002');
    expect(await findActiveRecord(ledger, aCode(3))).toBeUndefined();
  });

  it('lists the active members of a household, the householder first and the others in the order of their records', async () => {
    const householdId = 'H1';
    const child = (nth: number) => person(nth, { householdId, relationship: '子' });
    await enter(child(10), child(9), person(5, { householdId, relationship: '世帯主' }), child(2));
    await enter(person(1, { householdId, relationship: '母', ...MOVED_OUT }), person(3, { householdId: 'H2' }));
    const numbers = (await membersOf(ledger, householdId)).map(({ recordId }) => Number(recordId.slice(7)));
    expect(numbers).toEqual([5, 2, 9, 10]);
    expect(await membersOf(ledger, 'H3')).toEqual([]);
  });

  it('takes no second active record of one code, in one entry or in two (invariant ONE)', async () => {
    await enter(person(1));
    await expect(enter(person(2, { residentRecordCode: aCode(1) }))).rejects.toThrow();
    await expect(enter(person(3), person(4, { residentRecordCode: aCode(3) }))).rejects.toThrow();
    expect(idsOf(await byCode(1))).toEqual(['131059-000001']);
    expect(await byCode(3)).toEqual([]);
  });

  it('takes deleted records of one code besides the active one, any number of them', async () => {
    const residentRecordCode = aCode(1);
    await enter(
      person(1),
      person(2, { residentRecordCode, ...MOVED_OUT }),
      person(3, { residentRecordCode, ...MOVED_OUT }),
    );
    expect(idsOf(await byCode(1))).toEqual(['131059-000001', '131059-000002', '131059-000003']);
  });

  it('takes a code back as active only once its active record is deleted', async () => {
    await enter(person(1), person(2, { residentRecordCode: aCode(1), ...MOVED_OUT }));
    const activate = ledger
      .updateTable('resident_record')
      .set({ deleted_on: null })
      .where('record_id', '=', '131059-000002');
    const close = ledger
      .updateTable('resident_record')
      .set({ deleted_on: '2016-05-27' })
      .where('record_id', '=', '131059-000001');
    await expect(activate.execute()).rejects.toThrow();
    await close.execute();
    await activate.execute();
    expect((await findActiveRecord(ledger, aCode(1)))?.recordId).toBe('131059-000002');
  });

  it('takes no second record with one key, and then keeps nothing of the whole entry', async () => {
    await expect(enter(person(1), person(2), person(1, { residentRecordCode: aCode(9) }))).rejects.toThrow();
    expect([...(await byCode(1)), ...(await byCode(2))]).toEqual([]);
  });

  it('takes more records at once than go into one statement', async () => {
    await enter(...Array.from({ length: 451 }, (_, i) => person(i + 1, { householdId: 'H1' })));
    expect(await membersOf(ledger, 'H1')).toHaveLength(451);
  });

  it('orders records by their keys as texts, in whatever order they were entered', async () => {
    const [birthDate, sex] = ['1955-12-31', 'FEMALE'] as const;
    const keys = ['131059-000010', '131059-000002', '131041-000099', '131059-100000', '074829-000001'];
    await enter(...keys.map((recordId, i) => person(i + 1, { recordId, birthDate, sex })));
    expect(idsOf(await findRecords(ledger, { birthDate, sex }))).toEqual(keys.toSorted());
  });

  it.each([
    ['variants and a character beyond the first plane', '髙﨑 𠮷'],
    ['a variation sequence', '葛\u{E0100}城 辻\u{E0101}'],
    ['the same character with another selector', '葛\u{E0101}城 辻'],
    ['composed and decomposed letters', 'caf\u{E9} cafe\u{301}'],
    ['wide letters, an apostrophe, a wide space', 'Ｏ’ＢＲＩＥＮ　ｶﾅ'],
    ['what a query could trip over', `'); drop table "x"; -- \\ % _ \u{200D}`],
  ])('gives back %s in a name and an address byte for byte', async (_what, text) => {
    await enter(person(1, { name: text, commonName: text, address: text, previousAddress: text }));
    const [found] = await byCode(1);
    const hex = (value: string | null | undefined) => Buffer.from(value ?? '').toString('hex');
    const kept = [found?.name, found?.commonName, found?.address, found?.previousAddress].map(hex);
    expect(kept).toEqual(Array(4).fill(hex(text)));
  });
});
