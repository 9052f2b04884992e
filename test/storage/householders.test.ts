import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { householderNameAsOf } from '#municipality/storage/record-versions.js';
import { enterRecords, householdOf, writeRecords } from '#municipality/storage/resident-register.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember } from '../support/households.js';

const HOUSEHOLD = '131059-H0001';
const diedOn = (deletedOn: string) => ({ deletedOn, deletionReason: 'DEATH' as const });

describeOnEveryDatabase('The householder of a household', (fresh) => {
  // The wife has the lower key, and both came on one day.
  const wife = aMember(1, '妻', { name: '文京 花子' });
  const husband = aMember(2, '世帯主', { name: '文京 太郎' });
  const children = [aMember(3, '子', { birthDate: '2001-01-01' }), aMember(4, '子', { birthDate: '2003-01-01' })];
  let ledger: Kysely<MunicipalityTables>;
  let acts: number;

  beforeEach(async () => {
    acts = 0;
    ledger = await openMunicipalityLedger(await fresh());
    await ledger.transaction().execute((trx) => enterRecords(trx, [wife, husband, ...children]));
  });
  afterEach(() => ledger.destroy());

  const write = (on: string, ...records: ResidentRecord[]) =>
    ledger.transaction().execute((trx) => writeRecords(trx, records, { actId: `act-${++acts}`, on }));
  const nameNow = async () => (await householdOf(ledger, children[0] ?? wife)).householderName;
  const namesOn = (...days: string[]) => Promise.all(days.map((day) => householderNameAsOf(ledger, HOUSEHOLD, day)));
  const asHead = { ...wife, relationship: '世帯主' };

  it('is the active member who heads it, and comes first in it', async () => {
    const { householdId, members, householderName } = await householdOf(ledger, wife);
    expect([householdId, householderName]).toEqual([HOUSEHOLD, '文京 太郎']);
    expect(members).toEqual([husband, wife, ...children]);
  });

  it('is still named after death, until the household notifies who follows', async () => {
    await write('2014-02-01', { ...husband, ...diedOn('2014-01-31') });
    expect(await nameNow()).toBe('文京 太郎');
    expect((await householdOf(ledger, wife)).members).toEqual([wife, ...children]);
    await write('2014-02-10', asHead);
    expect(await nameNow()).toBe('文京 花子');
  });

  it('is named as the one who headed it last, where two died one after the other', async () => {
    await write('2014-02-01', { ...husband, ...diedOn('2014-01-31') });
    await write('2014-02-10', asHead);
    await write('2015-07-01', { ...asHead, ...diedOn('2015-06-30') });
    expect(await nameNow()).toBe('文京 花子');
  });

  it('is the one who died last, and not the one before who moved out on a day that was yet to come', async () => {
    const movedOut = { deletedOn: '2016-06-30', deletionReason: 'MOVE_OUT' as const, destination: '札幌市' };
    await write('2016-05-27', { ...husband, ...movedOut }, asHead);
    await write('2016-06-02', { ...asHead, ...diedOn('2016-06-01') });
    expect(await nameNow()).toBe('文京 花子');
  });

  it('is nobody of a household that there is not', async () => {
    expect(await householdOf(ledger, aMember(9, '子', { householdId: 'H9' }))).toEqual({
      ...{ householdId: 'H9', members: [], householderName: '' },
    });
    expect(await householderNameAsOf(ledger, 'H9', '2016-05-27')).toBe('');
  });

  it('is known of every day: at its end, and nobody before the first version', async () => {
    await write('2014-02-01', { ...husband, relationship: '夫' }, asHead);
    expect(await namesOn('2010-04-01', '2010-04-02', '2014-01-31', '2014-02-01', '2016-05-27')).toEqual([
      ...['', '文京 太郎', '文京 太郎', '文京 花子', '文京 花子'],
    ]);
  });

  it('has on each day the name that was written then', async () => {
    await write('2014-02-01', { ...husband, name: '文京 太朗' });
    await write('2014-02-01', { ...husband, name: '文京 多郎' });
    expect(await namesOn('2014-01-31', '2014-02-01')).toEqual(['文京 太郎', '文京 多郎']);
  });

  it('is on each day without one whoever headed it last, and then whoever follows', async () => {
    await write('2014-02-01', { ...husband, ...diedOn('2014-01-31') });
    await write('2014-02-10', asHead);
    expect(await namesOn('2014-02-01', '2014-02-09', '2014-02-10')).toEqual(['文京 太郎', '文京 太郎', '文京 花子']);
  });

  it('is on each day the one who headed it last, where two died one after the other', async () => {
    await write('2014-02-01', { ...husband, ...diedOn('2014-01-31') });
    await write('2014-02-10', asHead);
    await write('2015-07-01', { ...asHead, ...diedOn('2015-06-30') });
    expect(await namesOn('2015-06-30', '2015-07-01', '2016-05-27')).toEqual(Array(3).fill('文京 花子'));
  });

  it('is on each day the one who heads it, though somebody else headed it and lives elsewhere in the town', async () => {
    await write('2014-02-01', { ...husband, householdId: 'H9' }, asHead);
    expect(await namesOn('2014-01-31', '2014-02-01')).toEqual(['文京 太郎', '文京 花子']);
    expect(await householderNameAsOf(ledger, 'H9', '2014-02-01')).toBe('文京 太郎');
  });

  it('is whoever headed it last, once all of it have gone into another household', async () => {
    const elsewhere = [wife, { ...husband, relationship: '父' }, ...children];
    await write('2014-02-01', ...elsewhere.map((record) => ({ ...record, householdId: 'H9' })));
    expect(await namesOn('2014-01-31', '2014-02-01')).toEqual(['文京 太郎', '文京 太郎']);
  });
});
