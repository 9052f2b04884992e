import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { CertificatePress } from '../devices/certificate-press.js';
import { decideMoveOutCancellation, type MoveOutCancellation } from '../domain/acts/move-out-cancellation.js';
import type { Departing } from '../domain/moves/departure.js';
import type { Receipt } from '../domain/register/receipt.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { lastDepartingOf, putDeparting } from '../storage/departures.js';
import { certificateOf } from '../storage/move-out-certificates.js';
import { resumeMeasures } from '../storage/protective-measures.js';
import { versionsOf } from '../storage/record-versions.js';
import { findRecords, membersOf } from '../storage/resident-register.js';
import { presentCodes } from './households-touched.js';
import { identifyNotifier, standingAtCounter } from './identify-notifier.js';
import { performAct } from './perform-act.js';
import { receiptOf } from './receipt-of.js';
import type { Registrar, Trx } from './registrar.js';
import type { CardDesk } from './trust-card.js';

interface Counter extends Registrar, CardDesk {
  certificatePress: CertificatePress;
}

/**
 * Takes back a move-out (転出取消), and resumes the protective measures that it ended.
 *
 * @throws Refusal ID_NOT_ACCEPTED and its like, NOT_FOUND, ALREADY_REGISTERED, CERTIFICATE_NOT_VALID,
 * NOTIFIER_NOT_ENTITLED, MOVE_UNDER_WAY, MOVE_SETTLED, or as `decideMoveOutCancellation`
 */
export async function cancelMoveOut(
  counter: Counter,
  cancellation: MoveOutCancellation,
  exchange: Exchange,
): Promise<Receipt> {
  exchange.purpose = 'MOVE_OUT_CANCELLATION';
  for (const code of cancellation.people) exchange.concerns.add(code);
  const identified = await identifyNotifier(counter, cancellation.notifier, exchange);
  for (const payload of cancellation.certificates) checkHandedBack(counter, payload, cancellation.people);
  const performed = await performAct(counter, exchange, async (trx) => {
    const { people, relationships } = await presentCodes(trx, cancellation.people, cancellation.relationships);
    const deleted: ResidentRecord[] = [];
    for (const code of people) deleted.push(await lastMoveOut(trx, code));
    const household = [];
    for (const id of new Set(deleted.map((record) => record.householdId)))
      household.push(...(await membersOf(trx, id)));
    const notifier = await standingAtCounter(trx, identified, deleted, household);
    const handedBack = await codesHandedBack(trx, deleted, cancellation.certificates);
    const departing = await departingOf(trx, deleted);
    const burned = new Map(departing.map(({ code, nextVersion }) => [code, nextVersion]));
    const facts = { deleted, household, handedBack, burned, today: today(counter.clock) };
    return {
      decision: decideMoveOutCancellation({ ...cancellation, people, relationships }, facts),
      notifier,
      async also(within) {
        await resumeEndedMeasures(within, deleted);
        for (const { code: _whose, ...one } of departing)
          await putDeparting(within, { ...one, state: 'CANCELLED', changedAt: counter.clock.now() });
      },
    };
  });
  return receiptOf(performed, counter);
}

/** A paper goes back with everybody on it: nobody else can move with it any more. */
function checkHandedBack({ certificatePress, office }: Counter, payload: string, staying: string[]): void {
  const { origin, people } = certificatePress.read(payload);
  const fault = people.every(({ residentRecordCode }) => staying.includes(residentRecordCode))
    ? undefined
    : 'names others, who do not stay';
  if (fault || origin !== codeOf(office))
    throw new Refusal('CERTIFICATE_NOT_VALID', { field: 'certificates', ...(fault && { fault }) });
}

async function lastMoveOut(trx: Trx, code: string): Promise<ResidentRecord> {
  const found = await findRecords(trx, { residentRecordCode: code });
  if (found.some(({ deletedOn }) => deletedOn === null)) throw new Refusal('ALREADY_REGISTERED');
  const [newest] = found.sort((a, b) => b.changeVersion - a.changeVersion);
  if (newest?.deletionReason !== 'MOVE_OUT') throw new Refusal('NOT_FOUND');
  return newest;
}

/** The codes whose certificate, the newest one of each, is back; of a move abroad there is none to hand back. */
async function codesHandedBack(trx: Trx, deleted: ResidentRecord[], payloads: string[]): Promise<Set<string>> {
  const back = new Set<string>();
  for (const record of deleted) {
    const issued = await certificateOf(trx, record);
    if (!issued || payloads.includes(issued.payload)) back.add(record.residentRecordCode);
  }
  return back;
}

/**
 * How the special move-outs among them stand.
 *
 * @throws Refusal MOVE_UNDER_WAY where a destination is entering them, MOVE_SETTLED where it has
 */
async function departingOf(trx: Trx, deleted: ResidentRecord[]): Promise<(Departing & { code: string })[]> {
  const all = [];
  for (const { recordId, residentRecordCode: code } of deleted) {
    const departing = await lastDepartingOf(trx, recordId);
    if (departing?.state === 'CLAIMED') throw new Refusal('MOVE_UNDER_WAY');
    if (departing?.state === 'MOVED_IN') throw new Refusal('MOVE_SETTLED');
    if (departing && departing.state !== 'CANCELLED') all.push({ ...departing, code });
  }
  return all;
}

async function resumeEndedMeasures(trx: Trx, deleted: ResidentRecord[]): Promise<void> {
  for (const { recordId } of deleted) {
    // The version before the one that was just written is the deletion.
    const moveOut = (await versionsOf(trx, recordId)).at(-2)?.actId;
    if (moveOut) await resumeMeasures(trx, moveOut);
  }
}
