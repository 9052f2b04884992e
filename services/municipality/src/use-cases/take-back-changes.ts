import type { Transaction } from 'kysely';
import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { Change } from '#core/domain/fold-changes.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { recordTakenBack } from '#core/propagation/record-changes.js';
import { writeAlone } from '#core/storage/dialect.js';
import { enterDiscrepancies } from '#core/storage/discrepancies.js';
import type { CoreTables } from '#core/storage/tables.js';
import { recoveredRecord } from '../domain/register/recovery.js';
import { HOUSEHOLDER, type ResidentRecord } from '../domain/register/resident-record.js';
import { enterAct } from '../storage/acts.js';
import { currentCode, markWritten, supersedeCode } from '../storage/codes.js';
import { findRecords, membersOf, writeRecords } from '../storage/resident-register.js';
import { logWith } from './log-with.js';
import type { Registrar, Trx } from './registrar.js';

/**
 * Takes changes back into the register that this municipality made and has lost, since it was restored from a backup.
 * They are one act; nothing of them goes up again. Each person comes onto the officers' list, with what has to be
 * completed from the papers.
 *
 * @returns how many people they are of
 */
export function takeBackChanges(
  registrar: Registrar,
  changes: Change[],
  foundBy: OfficeId,
  exchange: Exchange,
): Promise<number> {
  const { ledger, clock, newId } = registrar;
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const lost = await recordTakenBack(trx as unknown as Transaction<CoreTables>, changes, clock);
    if (lost.length === 0) return 0;
    const act = recoveryAct(registrar, foundBy, exchange);
    await enterAct(trx, act);
    const records = await bringBack(registrar, trx, lost);
    if (records.length > 0) await writeRecords(trx, records, { actId: act.actId, on: act.acceptedOn });
    await writeLeftAlone(trx, records, act);
    const codes = new Set(lost.map(({ identification }) => identification.residentRecordCode));
    for (const code of codes) exchange.concerns.add(code);
    await markWritten(trx, [...codes], act.actId);
    await leadOldCodes(trx, lost, act.actId);
    await enterDiscrepancies(
      trx as unknown as Transaction<CoreTables>,
      [...codes].map((residentRecordCode) => ({
        ...{ discrepancyId: newId(), municipality: codeOf(registrar.office), residentRecordCode, changeId: null },
        ...{ what: 'LOST_HERE', foundBy, foundAt: clock.now() },
      })),
    );
    await logWith(registrar, trx, exchange, 'register/RECOVERY');
    return codes.size;
  });
}

function recoveryAct({ newId, clock }: Registrar, foundBy: OfficeId, { operator }: Exchange) {
  return {
    ...{ actId: newId(), kind: 'RECOVERY' as const, causeOn: today(clock), deadline: null },
    ...{ acceptedOn: today(clock), acceptedAt: clock.now(), notifier: null, operator, checkedBy: null },
    grounds: `known to ${foundBy}`,
  };
}

/** The records as they stand after all the changes; what was written here since stays as it is. */
async function bringBack({ newId }: Registrar, trx: Trx, lost: Change[]): Promise<ResidentRecord[]> {
  const brought = new Map<string, ResidentRecord>();
  for (const change of lost) {
    const present = await recordOf(trx, change, [...brought.values()]);
    if (present && present.changeVersion >= change.version) continue;
    const record = recoveredRecord(change, present, newId);
    brought.set(record.recordId, record);
  }
  return [...brought.values()];
}

/** Whose record it was: an active one, or the deleted one that an entry ex officio brought back. */
async function recordOf(trx: Trx, change: Change, brought: ResidentRecord[]): Promise<ResidentRecord | undefined> {
  const { identification, previousCode, reason } = change;
  const codes = [identification.residentRecordCode, ...(previousCode === null ? [] : [previousCode])];
  const found = brought.filter(({ residentRecordCode }) => codes.includes(residentRecordCode));
  for (const code of codes) {
    for (const record of await findRecords(trx, { residentRecordCode: await currentCode(trx, code) }))
      if (!brought.some(({ recordId }) => recordId === record.recordId)) found.push(record);
  }
  const active = found.find(({ deletedOn }) => deletedOn === null);
  return active ?? (reason === 'EX_OFFICIO_ENTRY' ? found.at(-1) : undefined);
}

/** Whoever is left alone in a household becomes its householder without a notification (Order 25). */
async function writeLeftAlone(trx: Trx, records: ResidentRecord[], act: { actId: string; acceptedOn: string }) {
  const alone = [];
  for (const householdId of new Set(records.map((record) => record.householdId))) {
    const [only, ...others] = await membersOf(trx, householdId);
    if (only && others.length === 0 && only.relationship !== HOUSEHOLDER)
      alone.push({ ...only, relationship: HOUSEHOLDER });
  }
  if (alone.length > 0) await writeRecords(trx, alone, { actId: act.actId, on: act.acceptedOn });
}

async function leadOldCodes(trx: Trx, lost: Change[], actId: string): Promise<void> {
  for (const { previousCode: oldCode, identification } of lost) {
    if (oldCode === null || (await currentCode(trx, oldCode)) !== oldCode) continue;
    await supersedeCode(trx, { oldCode, newCode: identification.residentRecordCode, actId });
  }
}
