import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { openLedger } from '#core/storage/ledger.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { municipalityMigrations } from '#municipality/storage/migrations/index.js';
import { versionsOf } from '#municipality/storage/record-versions.js';
import {
  findActiveRecord,
  recordsWithIds,
  searchRecords,
  writeRecords,
} from '#municipality/storage/resident-register.js';
import { restrictionsOn } from '#municipality/storage/restrictions.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode } from '../support/records.js';

const FIRST = '001-resident-register';
const SECOND = '002-acts-and-history';
const [ACTIVE, DELETED] = ['131059-000001', '131059-000002'] as const;

/** A row as release 0.1.0 wrote it. */
function row(recordId: string, nth: number, differing: object = {}) {
  return {
    ...{ record_id: recordId, household_id: `H${nth}`, name: '髙橋 美咲', name_reading: 'タカハシ ミサキ' },
    ...{ common_name: null, birth_date: '1980-04-01', sex: 'FEMALE', relationship: '世帯主' },
    ...{ registered_domicile: '東京都文京区春日一丁目1番地', first_listed_person: '髙橋 美咲' },
    ...{ nationality: null, residence_status: null, became_resident_on: '2010-04-01', notified_on: '2010-04-02' },
    ...{ address: '東京都文京区春日一丁目16番21号', moved_within_town_on: null, previous_address: null },
    ...{ municipal_items: '', resident_record_code: aCode(nth), deleted_on: null, deletion_reason: null },
    ...differing,
  };
}

/** A ledger as that release left it: two people, a measure, and a notice to an officer. */
async function madeBy010(url: string): Promise<void> {
  const migrations = { [FIRST]: municipalityMigrations[FIRST] ?? { up: () => Promise.reject(new Error('no such')) } };
  // The tables of that release, which this one no longer describes.
  const old = (await openLedger(url, { name: 'municipality', migrations })) as unknown as Kysely<
    Record<string, Record<string, string | null>>
  >;
  const deleted = { deleted_on: '2015-05-01', deletion_reason: 'MOVE_OUT', name: '佐藤 一郎', sex: 'MALE' };
  await old
    .insertInto('resident_record')
    .values([row(ACTIVE, 1), row(DELETED, 2, deleted)])
    .execute();
  const measure = {
    record_id: ACTIVE,
    kind: 'PROTECTIVE_MEASURE',
    valid_from: '2016-01-12',
    valid_until: '2017-01-11',
  };
  await old.insertInto('restriction').values(measure).execute();
  const notice = { notice_id: 'n', exchange: 'e', record_id: ACTIVE, at: '2016-05-27T01:00:00.000Z' };
  await old
    .insertInto('officer_notice')
    .values({ ...notice, asked_by: 'x', kind: 'PROTECTIVE_MEASURE' })
    .execute();
  await old.destroy();
}

describeOnEveryDatabase('A register of release 0.1.0, opened by this one', (fresh) => {
  let url: string;
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    url = await fresh();
    await madeBy010(url);
    ledger = await openMunicipalityLedger(url);
  });
  afterEach(() => ledger.destroy());

  it('has its people, each with a first version that is the record', async () => {
    for (const record of await recordsWithIds(ledger, [ACTIVE, DELETED])) {
      const [version, another] = await versionsOf(ledger, record.recordId);
      expect(another).toBeUndefined();
      expect(version).toMatchObject({ ordinal: 1, actId: null, record });
    }
    expect(await versionsOf(ledger, ACTIVE)).toMatchObject([{ recordedOn: '2010-04-02' }]);
    expect(await versionsOf(ledger, DELETED)).toMatchObject([{ recordedOn: '2015-05-01' }]);
  });

  it('finds them by the forms that searches use', async () => {
    const found = async (criteria: object) =>
      (await searchRecords(ledger, criteria, 9)).map(({ recordId }) => recordId);
    expect(await found({ name: '高橋 美咲' })).toEqual([ACTIVE]);
    expect(await found({ nameReading: 'たかはし みさき' })).toEqual([ACTIVE, DELETED]);
    expect(await found({ address: '東京都文京区春日1-16-21' })).toEqual([ACTIVE, DELETED]);
    expect((await findActiveRecord(ledger, aCode(1)))?.name).toBe('髙橋 美咲');
  });

  it('keeps restrictions and officers’ notices', async () => {
    expect(await restrictionsOn(ledger, [ACTIVE], '2016-05-27')).toMatchObject([{ kind: 'PROTECTIVE_MEASURE' }]);
    expect(await ledger.selectFrom('officer_notice').select('notice_id').execute()).toEqual([{ notice_id: 'n' }]);
  });

  it('stays as it is when it is opened once more', async () => {
    const before = await versionsOf(ledger, ACTIVE);
    await ledger.destroy();
    ledger = await openMunicipalityLedger(url);
    expect(await versionsOf(ledger, ACTIVE)).toEqual(before);
  });

  it('has its next version after the first one, and both stay', async () => {
    const [record] = await recordsWithIds(ledger, [ACTIVE]);
    if (!record) throw new Error('the record is gone');
    const renamed = { ...record, name: '高橋 美咲', changeVersion: 2 };
    await ledger.transaction().execute((trx) => writeRecords(trx, [renamed], { actId: 'act', on: '2016-05-27' }));
    expect((await versionsOf(ledger, ACTIVE)).map((version) => version.record)).toEqual([record, renamed]);
  });
});

describeOnEveryDatabase('A register of release 0.1.0 whose opening breaks off', (fresh) => {
  it('is opened whole the next time, with everybody in it', async () => {
    const url = await fresh();
    await madeBy010(url);
    const breaking = {
      ...municipalityMigrations,
      [SECOND]: {
        up: async (db: Kysely<unknown>) => {
          await municipalityMigrations[SECOND]?.up(db);
          throw new Error('the power fails');
        },
      },
    };
    await expect(openLedger(url, { name: 'municipality', migrations: breaking })).rejects.toThrow('the power fails');
    const ledger = await openMunicipalityLedger(url);
    const people = await recordsWithIds(ledger, [ACTIVE, DELETED]);
    const versions = await Promise.all([ACTIVE, DELETED].map((id) => versionsOf(ledger, id)));
    await ledger.destroy();
    expect([people.length, versions.map((all) => all.length)]).toEqual([2, [1, 1]]);
  });
});
