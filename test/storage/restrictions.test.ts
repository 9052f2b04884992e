import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Restriction, RestrictionKind } from '#municipality/domain/protection/restriction.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { tellOfficers } from '#municipality/storage/officer-notices.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import { enterRestrictions, restrictionsOn } from '#municipality/storage/restrictions.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { describeOnEveryDatabase } from '../support/every-database.js';
import { aCode, aRecord } from '../support/records.js';

const [ONE, OTHER, NOBODY] = ['131059-000001', '131059-000002', '131059-999999'] as const;
const KINDS: RestrictionKind[] = ['PROTECTIVE_MEASURE', 'RECORD_UNDER_CORRECTION', 'IDENTITY_IN_DOUBT'];

function restriction(differing: Partial<Restriction> = {}): Restriction {
  return {
    recordId: ONE,
    kind: 'PROTECTIVE_MEASURE',
    from: '2016-01-12',
    until: '2017-01-11',
    endedOn: null,
    measureId: null,
    ...differing,
  };
}

describeOnEveryDatabase('The restrictions of a municipality', (fresh) => {
  let ledger: Kysely<MunicipalityTables>;

  beforeEach(async () => {
    ledger = await openMunicipalityLedger(await fresh());
    const records = [ONE, OTHER].map((recordId, i) => aRecord({ recordId, residentRecordCode: aCode(i + 1) }));
    await ledger.transaction().execute((trx) => enterRecords(trx, records));
  });
  afterEach(() => ledger.destroy());

  const tell = (exchange: string, restrictions: Restriction[], id: string) => {
    let told = 0;
    const newId = () => `${id}-${told++}`;
    const at = new Date('2016-05-27T01:00:00Z');
    return tellOfficers(ledger, { exchange, at, askedBy: 'municipality/131041', newId }, restrictions);
  };
  const notices = () => ledger.selectFrom('officer_notice').selectAll().orderBy('notice_id').execute();

  it.each(KINDS)('hold from the first day to the last, both included, and on no other day: %s', async (kind) => {
    await enterRestrictions(ledger, [restriction({ kind })], randomUUID);
    const days = ['2016-01-11', '2016-01-12', '2016-05-27', '2017-01-11', '2017-01-12'];
    const found = await Promise.all(days.map((day) => restrictionsOn(ledger, [ONE], day)));
    expect(found).toEqual([[], [restriction({ kind })], [restriction({ kind })], [restriction({ kind })], []]);
  });

  it('hold on one single day', async () => {
    await enterRestrictions(ledger, [restriction({ from: '2016-02-29', until: '2016-02-29' })], randomUUID);
    const days = ['2016-02-28', '2016-02-29', '2016-03-01'];
    const found = await Promise.all(days.map((day) => restrictionsOn(ledger, [ONE], day)));
    expect(found.map((list) => list.length)).toEqual([0, 1, 0]);
  });

  it('are found for those who are asked for, and for nobody else', async () => {
    await enterRestrictions(
      ledger,
      [restriction(), restriction({ recordId: OTHER, kind: 'IDENTITY_IN_DOUBT' })],
      randomUUID,
    );
    const of = async (...ids: string[]) =>
      (await restrictionsOn(ledger, ids, '2016-05-27')).map(({ recordId }) => recordId);
    expect(await of(ONE)).toEqual([ONE]);
    expect((await of(ONE, OTHER)).sort()).toEqual([ONE, OTHER]);
    expect(await of(NOBODY)).toEqual([]);
  });

  it('are none for nobody at all', async () => {
    await enterRestrictions(ledger, [restriction()], randomUUID);
    expect(await restrictionsOn(ledger, [], '2016-05-27')).toEqual([]);
    await enterRestrictions(ledger, [], randomUUID);
  });

  it('can be of several kinds at a time, and be renewed: all that hold are found', async () => {
    const renewed = restriction({ from: '2017-01-12', until: '2018-01-11' });
    await enterRestrictions(
      ledger,
      [restriction(), renewed, restriction({ kind: 'RECORD_UNDER_CORRECTION' })],
      randomUUID,
    );
    const found = await restrictionsOn(ledger, [ONE], '2016-05-27');
    expect(found.map(({ kind }) => kind).sort()).toEqual(['PROTECTIVE_MEASURE', 'RECORD_UNDER_CORRECTION']);
    expect(await restrictionsOn(ledger, [ONE], '2017-06-01')).toEqual([renewed]);
  });

  it('hold until the day on which they end, and another one can begin on that day', async () => {
    const [ended, anew] = [
      restriction({ endedOn: '2016-05-27' }),
      restriction({ from: '2016-05-27', until: '2017-05-26' }),
    ];
    await enterRestrictions(ledger, [ended, anew], randomUUID);
    expect(await restrictionsOn(ledger, [ONE], '2016-05-26')).toEqual([ended]);
    expect(await restrictionsOn(ledger, [ONE], '2016-05-27')).toEqual([anew]);
  });

  it('are not entered for a record that there is not', async () => {
    await enterRestrictions(ledger, [restriction()], randomUUID);
    await expect(enterRestrictions(ledger, [restriction({ recordId: NOBODY })], randomUUID)).rejects.toThrow();
    expect(await restrictionsOn(ledger, [ONE, NOBODY], '2016-05-27')).toEqual([restriction()]);
  });

  it('have an officer told of every question, with each restriction that it met', async () => {
    await tell('e-1', [restriction(), restriction({ recordId: OTHER, kind: 'IDENTITY_IN_DOUBT' })], 'n-1');
    const told = { exchange: 'e-1', asked_by: 'municipality/131041', at: '2016-05-27T01:00:00.000Z' };
    expect(await notices()).toEqual([
      { ...told, notice_id: 'n-1-0', record_id: ONE, kind: 'PROTECTIVE_MEASURE' },
      { ...told, notice_id: 'n-1-1', record_id: OTHER, kind: 'IDENTITY_IN_DOUBT' },
    ]);
  });

  it('have an officer told again where an asking office names a second question as it named the first', async () => {
    await tell('e-1', [restriction()], 'n-1');
    await tell('e-1', [restriction()], 'n-2');
    expect((await notices()).map(({ notice_id }) => notice_id)).toEqual(['n-1-0', 'n-2-0']);
  });

  it('have no notice written twice, and none of a record that there is not', async () => {
    await tell('e-1', [restriction()], 'n-1');
    await expect(tell('e-1', [restriction()], 'n-1')).rejects.toThrow();
    await expect(tell('e-2', [restriction({ recordId: NOBODY })], 'n-2')).rejects.toThrow();
    expect(await notices()).toHaveLength(1);
  });
});
