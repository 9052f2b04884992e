import type { Kysely, Selectable, Transaction } from 'kysely';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ProtectiveMeasure } from '../domain/protection/protective-measure.js';
import type { Restriction } from '../domain/protection/restriction.js';
import { enterRestrictions } from './restrictions.js';
import type { MunicipalityTables } from './tables.js';

type Db = Kysely<MunicipalityTables>;
type Trx = Transaction<MunicipalityTables>;

/** Keeps a measure, as a restriction on each record that it covers. */
export async function enterMeasure(trx: Trx, measure: ProtectiveMeasure, newId: () => string): Promise<void> {
  const { measureId, applicant } = measure;
  await trx
    .insertInto('protective_measure')
    .values({ measure_id: measureId, applicant_record_id: applicant })
    .execute();
  await enterRestrictions(trx, restrictionsOf(measure), newId);
}

/** Adds the year of a renewal to what is there. */
export async function renewMeasure(trx: Trx, measure: ProtectiveMeasure, newId: () => string): Promise<void> {
  await enterRestrictions(trx, restrictionsOf(measure), newId);
}

/**
 * From the day on, the measure holds no more: for one record, or for all that it covers. What ends for all without a
 * move-out is over for good, for those too who had moved out before.
 */
export async function endMeasure(
  trx: Trx,
  measureId: string,
  { on, recordId, actId = null }: { on: CalendarDate; recordId?: string; actId?: string | null },
): Promise<void> {
  await trx
    .updateTable('restriction')
    .set({ ended_on: on, ended_by: actId })
    .where('measure_id', '=', measureId)
    .where('ended_on', 'is', null)
    .where('valid_until', '>=', on)
    .$if(recordId !== undefined, (query) => query.where('record_id', '=', recordId ?? ''))
    .execute();
  if (actId === null)
    await trx.updateTable('restriction').set({ ended_by: null }).where('measure_id', '=', measureId).execute();
}

/** @throws Refusal NOT_FOUND */
export async function measureWith(db: Db, measureId: string): Promise<ProtectiveMeasure> {
  const [measure] = await measuresWith(db, [measureId]);
  if (!measure) throw new Refusal('NOT_FOUND', { field: 'measureId' });
  return measure;
}

/** The measures that cover any of these records, past ones too, the oldest first. */
export async function measuresCovering(db: Db, recordIds: string[]): Promise<ProtectiveMeasure[]> {
  if (recordIds.length === 0) return [];
  const rows = await db
    .selectFrom('restriction')
    .select('measure_id')
    .distinct()
    .where('record_id', 'in', recordIds)
    .where('measure_id', 'is not', null)
    .execute();
  return measuresWith(
    db,
    rows.flatMap((row) => row.measure_id ?? []),
  );
}

async function measuresWith(db: Db, ids: string[]): Promise<ProtectiveMeasure[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('protective_measure as measure')
    .innerJoin('restriction', 'restriction.measure_id', 'measure.measure_id')
    .selectAll('restriction')
    .select('measure.applicant_record_id')
    .where('measure.measure_id', 'in', ids)
    .orderBy('valid_from')
    .orderBy('record_id')
    .execute();
  const byMeasure = Map.groupBy(rows, (row) => row.measure_id ?? '');
  return [...byMeasure].map(([measureId, parts]) => measureOf(measureId, parts));
}

type Part = Selectable<MunicipalityTables['restriction']> & { applicant_record_id: string };

/** A measure out of the restrictions that it consists of. Who moved out is covered no more; unless it ended for all. */
function measureOf(measureId: string, parts: Part[]): ProtectiveMeasure {
  const applicant = parts[0]?.applicant_record_id ?? '';
  // The newest year of each whom it ever covered.
  const newest = new Map(parts.map((part) => [part.record_id, part]));
  const endedOn = newest.get(applicant)?.ended_on ?? null;
  const covering = [...newest.values()].filter((part) => endedOn !== null || part.ended_on === null);
  return {
    ...{ measureId, applicant, endedOn },
    covered: covering.map((part) => part.record_id),
    from: parts[0]?.valid_from ?? '',
    until: parts.at(-1)?.valid_until ?? '',
  };
}

function restrictionsOf({ measureId, covered, from, until, endedOn }: ProtectiveMeasure): Restriction[] {
  return covered.map((recordId) => ({ recordId, kind: 'PROTECTIVE_MEASURE', from, until, endedOn, measureId }));
}

/** Takes back what a move-out ended, where the applicant is here: for everybody whom it covered and who is here too. */
export async function resumeMeasures(trx: Trx, actId: string): Promise<void> {
  const here = trx.selectFrom('resident_record').select('record_id').where('deleted_on', 'is', null);
  const resumed = await trx
    .selectFrom('restriction')
    .innerJoin('protective_measure as measure', 'measure.measure_id', 'restriction.measure_id')
    .select('measure.measure_id')
    .distinct()
    .where('ended_by', '=', actId)
    .where('applicant_record_id', 'in', here)
    .execute();
  for (const { measure_id } of resumed) {
    await trx
      .updateTable('restriction')
      .set({ ended_on: null, ended_by: null })
      .where('measure_id', '=', measure_id)
      .where('ended_by', 'is not', null)
      .where('record_id', 'in', here)
      .execute();
  }
}
