import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely, Transaction } from 'kysely';
import type { ProtectiveMeasure } from '#municipality/domain/protection/protective-measure.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import {
  endMeasure,
  enterMeasure,
  measuresCovering,
  measureWith,
  renewMeasure,
  resumeMeasures,
} from '#municipality/storage/protective-measures.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import { enterRestrictions, restrictionsOn } from '#municipality/storage/restrictions.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aMember, refusedAs } from '../support/households.js';

const [HER, CHILD, FRIEND] = ['record-1', 'record-2', 'record-3'] as const;
const MEASURE: ProtectiveMeasure = {
  ...{ measureId: 'measure-1', applicant: HER, covered: [HER, CHILD] },
  ...{ from: '2016-01-12', until: '2017-01-11', endedOn: null },
};
const SECOND_YEAR = { ...MEASURE, from: '2017-01-12', until: '2018-01-11' };
const RENEWED = { ...MEASURE, until: '2018-01-11' };

describeOnEveryDatabase('A protective measure in the ledger', (fresh) => {
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    const people = [aMember(1, '世帯主'), aMember(2, '子'), aMember(3, '世帯主')];
    await within(async (trx) => {
      await enterRecords(trx, people);
      await enterMeasure(trx, MEASURE, randomUUID);
    });
  });
  afterEach(() => ledger.destroy());

  const within = (act: (trx: Transaction<MunicipalityTables>) => Promise<void>) => ledger.transaction().execute(act);
  const renew = () => within((trx) => renewMeasure(trx, SECOND_YEAR, randomUUID));
  const end = (how: Parameters<typeof endMeasure>[2]) => within((trx) => endMeasure(trx, 'measure-1', how));
  const measure = () => measureWith(ledger, 'measure-1');
  /** Whose copies it forbids on a day. */
  const protectedOn = async (day: string) =>
    (await restrictionsOn(ledger, [HER, CHILD, FRIEND], day)).map(({ recordId }) => recordId).sort();

  it('comes back as it was set, and is found for each whom it covers', async () => {
    expect(await measure()).toEqual(MEASURE);
    for (const id of [HER, CHILD]) expect(await measuresCovering(ledger, [id])).toEqual([MEASURE]);
    expect(await measuresCovering(ledger, [FRIEND])).toEqual([]);
    expect(await measuresCovering(ledger, [])).toEqual([]);
    await expect(measureWith(ledger, 'measure-9')).rejects.toEqual(refusedAs('NOT_FOUND', { field: 'measureId' }));
  });

  it('restricts all whom it covers from its first day to its last', async () => {
    const days = ['2016-01-11', '2016-01-12', '2017-01-11', '2017-01-12'];
    expect(await Promise.all(days.map(protectedOn))).toEqual([[], [HER, CHILD], [HER, CHILD], []]);
  });

  it('is none of the restrictions of other kinds, which belong to no measure', async () => {
    const doubt = { kind: 'IDENTITY_IN_DOUBT' as const, from: '2016-01-01', until: '2019-01-01' };
    const restriction = { ...doubt, recordId: FRIEND, endedOn: null, measureId: null };
    await enterRestrictions(ledger, [restriction], randomUUID);
    expect(await measuresCovering(ledger, [FRIEND])).toEqual([]);
    await end({ on: '2016-05-27' });
    expect(await protectedOn('2016-05-27')).toEqual([FRIEND]);
  });

  it('is listed with others that cover somebody, past ones too, the oldest first', async () => {
    const later = {
      ...MEASURE,
      measureId: 'measure-0',
      applicant: FRIEND,
      covered: [CHILD, FRIEND],
      from: '2016-03-01',
    };
    await within((trx) => enterMeasure(trx, later, randomUUID));
    await end({ on: '2016-05-27' });
    expect(await measuresCovering(ledger, [CHILD])).toEqual([{ ...MEASURE, endedOn: '2016-05-27' }, later]);
    expect(await measuresCovering(ledger, [HER, FRIEND])).toHaveLength(2);
  });

  it('lasts a year more where it is renewed, with no day between', async () => {
    await renew();
    expect(await measure()).toEqual(RENEWED);
    const days = ['2016-01-11', '2017-01-11', '2017-01-12', '2018-01-11', '2018-01-12'];
    const both = [HER, CHILD];
    expect(await Promise.all(days.map(protectedOn))).toEqual([[], both, both, both, []]);
  });

  it('holds no more from the day on which it ends, for all whom it covers, its renewal too', async () => {
    await renew();
    await end({ on: '2017-01-05' });
    expect(await measure()).toEqual({ ...RENEWED, endedOn: '2017-01-05' });
    const days = ['2017-01-04', '2017-01-05', '2017-01-12', '2018-01-11'];
    expect(await Promise.all(days.map(protectedOn))).toEqual([[HER, CHILD], [], [], []]);
  });

  it('that ends in its second year has held in its first', async () => {
    await renew();
    await end({ on: '2017-05-27' });
    expect(await measure()).toEqual({ ...RENEWED, endedOn: '2017-05-27' });
    expect(await protectedOn('2016-05-27')).toEqual([HER, CHILD]);
    expect(await protectedOn('2017-05-27')).toEqual([]);
  });

  it('ends once: a second end changes nothing', async () => {
    await end({ on: '2016-05-27' });
    await end({ on: '2016-06-27', actId: 'act-1' });
    expect((await measure()).endedOn).toBe('2016-05-27');
    await within((trx) => resumeMeasures(trx, 'act-1'));
    expect(await protectedOn('2016-06-27')).toEqual([]);
  });

  it('goes on for the others where one of them moves out, who is covered no more', async () => {
    await end({ on: '2016-05-27', recordId: CHILD, actId: 'act-1' });
    expect(await measure()).toEqual({ ...MEASURE, covered: [HER] });
    expect([await protectedOn('2016-05-26'), await protectedOn('2016-05-27')]).toEqual([[HER, CHILD], [HER]]);
  });

  it('covers no more who moves out after it was renewed', async () => {
    await renew();
    await end({ on: '2017-05-27', recordId: CHILD, actId: 'act-1' });
    expect(await protectedOn('2017-05-27')).toEqual([HER]);
    expect(await measure()).toEqual({ ...RENEWED, covered: [HER] });
  });

  it('is resumed as it was, renewal and all, where the move-out that ended it is taken back', async () => {
    await renew();
    await end({ on: '2017-01-05', actId: 'act-1' });
    await within((trx) => resumeMeasures(trx, 'act-2'));
    expect((await measure()).endedOn).toBe('2017-01-05');
    await within((trx) => resumeMeasures(trx, 'act-1'));
    expect(await measure()).toEqual(RENEWED);
    expect([await protectedOn('2017-01-05'), await protectedOn('2017-05-27')]).toEqual([
      [HER, CHILD],
      [HER, CHILD],
    ]);
  });

  it('is resumed for the one alone whose move-out is taken back', async () => {
    await end({ on: '2016-05-20', recordId: CHILD, actId: 'act-1' });
    await within((trx) => resumeMeasures(trx, 'act-1'));
    expect(await measure()).toEqual(MEASURE);
  });

  it('is not resumed for somebody where it has ended for all since they moved out', async () => {
    await end({ on: '2016-05-20', recordId: CHILD, actId: 'act-1' });
    await end({ on: '2016-05-27' });
    await within((trx) => resumeMeasures(trx, 'act-1'));
    expect((await measure()).endedOn).toBe('2016-05-27');
    expect(await protectedOn('2016-05-28')).toEqual([]);
  });

  it('is not there at all where one of its records is not', async () => {
    const broken = { ...MEASURE, measureId: 'measure-2', covered: [HER, 'nobody'] };
    await expect(within((trx) => enterMeasure(trx, broken, randomUUID))).rejects.toThrow();
    expect(await measuresCovering(ledger, [HER])).toEqual([MEASURE]);
    expect(await ledger.selectFrom('protective_measure').select('measure_id').execute()).toHaveLength(1);
  });
});
