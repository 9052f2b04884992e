import { addDays } from '#core/domain/calendar-date.js';
import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import {
  isInForce,
  lastDayOfYearFrom,
  type MeasureApplication,
  type MeasureView,
  type ProtectiveMeasure,
  renewedUntil,
} from '../domain/protection/protective-measure.js';
import { currentCode } from '../storage/codes.js';
import {
  endMeasure,
  enterMeasure,
  findMeasure,
  measuresCovering,
  renewMeasure,
} from '../storage/protective-measures.js';
import { activeRecord, findRecords, recordsWithIds } from '../storage/resident-register.js';
import { logWith } from './log-with.js';
import type { Look } from './look-up-resident-record.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Sets a protective measure (支援措置) for a year from today.
 *
 * @throws Refusal NOT_FOUND, RECORD_DELETED, ADDRESS_CONTRADICTED where somebody to be covered lives elsewhere,
 * NOTHING_CHANGES where one of the applicant's is in force
 */
export async function setProtectiveMeasure(
  registrar: Registrar,
  { applicant, alsoCovered }: MeasureApplication,
  exchange: Exchange,
): Promise<MeasureView> {
  exchange.purpose = 'PROTECTIVE_MEASURE';
  const { ledger, clock, newId } = registrar;
  for (const code of [applicant, ...alsoCovered]) exchange.concerns.add(code);
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const from = today(clock);
    const record = await activeRecord(trx, applicant);
    const others = [];
    for (const code of alsoCovered) others.push(await activeRecord(trx, code));
    if (others.some(({ address }) => address !== record.address)) throw new Refusal('ADDRESS_CONTRADICTED');
    const earlier = await measuresCovering(trx, [record.recordId]);
    const isTheirs = (measure: ProtectiveMeasure) => measure.applicant === record.recordId && isInForce(measure, from);
    if (earlier.some(isTheirs)) throw new Refusal('NOTHING_CHANGES');
    const covered = [...new Set([record, ...others].map(({ recordId }) => recordId))];
    const measure = {
      measureId: newId(),
      applicant: record.recordId,
      covered,
      from,
      until: lastDayOfYearFrom(from),
      endedOn: null,
    };
    await enterMeasure(trx, measure, newId);
    return logged(registrar, trx, exchange, measure);
  });
}

/**
 * Renews a measure by a year, in its last month.
 *
 * @throws Refusal NOT_FOUND, NOT_IN_FORCE, RENEWAL_TOO_EARLY
 */
export async function renewProtectiveMeasure(
  registrar: Registrar,
  measureId: string,
  exchange: Exchange,
): Promise<MeasureView> {
  const { ledger, clock, newId } = registrar;
  exchange.purpose = 'PROTECTIVE_MEASURE';
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const measure = await measureWith(trx, measureId);
    const until = renewedUntil(measure, today(clock));
    await renewMeasure(trx, { ...measure, from: addDays(measure.until, 1), until }, newId);
    return logged(registrar, trx, exchange, { ...measure, until });
  });
}

/**
 * Ends a measure today.
 *
 * @throws Refusal NOT_FOUND, NOT_IN_FORCE
 */
export async function endProtectiveMeasure(
  registrar: Registrar,
  measureId: string,
  exchange: Exchange,
): Promise<MeasureView> {
  const { ledger, clock } = registrar;
  exchange.purpose = 'PROTECTIVE_MEASURE';
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const measure = await measureWith(trx, measureId);
    const day = today(clock);
    if (!isInForce(measure, day)) throw new Refusal('NOT_IN_FORCE');
    await endMeasure(trx, measureId, day);
    return logged(registrar, trx, exchange, { ...measure, endedOn: day });
  });
}

async function measureWith(trx: Trx, measureId: string): Promise<ProtectiveMeasure> {
  const measure = await findMeasure(trx, measureId);
  if (!measure) throw new Refusal('NOT_FOUND', { field: 'measureId' });
  return measure;
}

/**
 * The measures that cover somebody, past ones too.
 *
 * @throws Refusal NOT_FOUND
 */
export async function listProtectiveMeasures(
  ledger: Registrar['ledger'],
  { residentRecordCode, purpose }: Look,
  exchange: Exchange,
): Promise<MeasureView[]> {
  exchange.purpose = purpose;
  exchange.concerns.add(residentRecordCode);
  const records = await findRecords(ledger, { residentRecordCode: await currentCode(ledger, residentRecordCode) });
  if (records.length === 0) throw new Refusal('NOT_FOUND');
  const views = [];
  const measures = await measuresCovering(
    ledger,
    records.map(({ recordId }) => recordId),
  );
  for (const measure of measures) views.push(await viewOf(ledger, measure));
  return views;
}

/** The measure as operators see it, once it is in the log whom it concerns. */
async function logged(
  registrar: Registrar,
  trx: Trx,
  exchange: Exchange,
  measure: ProtectiveMeasure,
): Promise<MeasureView> {
  const view = await viewOf(trx, measure);
  for (const code of view.covered) exchange.concerns.add(code);
  await logWith(registrar, trx, exchange, 'register/PROTECTIVE_MEASURE');
  return view;
}

async function viewOf(ledger: Registrar['ledger'], measure: ProtectiveMeasure): Promise<MeasureView> {
  const records = await recordsWithIds(ledger, measure.covered);
  const codeOf = (id: string) => records.find(({ recordId }) => recordId === id)?.residentRecordCode ?? '';
  return { ...measure, applicant: codeOf(measure.applicant), covered: measure.covered.map(codeOf) };
}
