import { today } from '#core/domain/clock.js';
import { Refusal } from '#core/domain/refusal.js';
import { decideCodeChange } from '../domain/acts/code-change.js';
import { checkHasHappened } from '../domain/acts/dates.js';
import type { CodeCorrection, ExOfficioAct, ExOfficioDeletion, ExOfficioEntry } from '../domain/acts/ex-officio.js';
import { decideExOfficioCorrection, decideMinorCorrection } from '../domain/acts/ex-officio-correction.js';
import { decideExOfficioDeletion } from '../domain/acts/ex-officio-deletion.js';
import { decideExOfficioEntry } from '../domain/acts/ex-officio-entry.js';
import type { Decision } from '../domain/register/decision.js';
import { supersededAmong, takeCodes } from '../storage/codes.js';
import { activeRecord, findRecords, householdOf } from '../storage/resident-register.js';
import { knownHere } from './accept-move-in.js';
import { householdJoined, householdLeft, presentCodes } from './households-touched.js';
import type { Registrar, Trx } from './registrar.js';

/** A decision, and the codes that it takes from the pool. */
interface Prepared {
  decision: Decision;
  freshCodes: string[];
}

/** How many codes of the pool an ex-officio act takes. */
export function freshCodesOf({ entry, codeCorrection }: ExOfficioAct): number {
  const lacksCode = entry !== undefined && entry.residentRecordCode === undefined;
  return lacksCode || (codeCorrection !== undefined && codeCorrection.correctCode === undefined) ? 1 : 0;
}

/** Decides an ex-officio act on the register as it stands: to see whether it can be drafted, and when it is approved. */
export async function prepareExOfficioAct(
  registrar: Registrar,
  act: ExOfficioAct,
  trx: Trx,
  actId: string,
): Promise<Prepared> {
  const { entry, deletion, correction, minorCorrection, codeCorrection } = act;
  const freshCodes = await takeCodes(trx, freshCodesOf(act), actId);
  const day = today(registrar.clock);
  if (entry) return { decision: await entryOf(registrar, entry, freshCodes, trx), freshCodes };
  if (deletion) return { decision: await deletionOf(deletion, trx, day), freshCodes };
  if (codeCorrection) {
    checkHasHappened('on', codeCorrection.on, day);
    return { decision: await codeCorrectionOf(codeCorrection, freshCodes, trx), freshCodes };
  }
  const corrected = await activeRecord(trx, (correction ?? minorCorrection)?.residentRecordCode ?? '');
  const household = await householdOf(trx, corrected);
  if (correction) return { decision: decideExOfficioCorrection(correction, corrected, household, day), freshCodes };
  if (minorCorrection)
    return { decision: decideMinorCorrection(minorCorrection, corrected, household, day), freshCodes };
  throw new Error('the schema lets nothing through that is no act');
}

async function entryOf(
  { clock, newId }: Registrar,
  entry: ExOfficioEntry,
  freshCodes: string[],
  trx: Trx,
): Promise<Decision> {
  const { residentRecordCode: code, person, joinHouseholdOf, relationship } = entry;
  const { relationships } = await presentCodes(trx, [], entry.relationships);
  const people = [{ relationship, person, ...(code !== undefined && { residentRecordCode: code }) }];
  return decideExOfficioEntry(
    { ...entry, relationships },
    {
      ...{ certified: [], freshCodes, newId, today: today(clock) },
      joined: await householdJoined(trx, joinHouseholdOf),
      known: await knownHere(trx, { people }, []),
      superseded: await supersededAmong(trx, code === undefined ? [] : [code]),
    },
  );
}

async function deletionOf(deletion: ExOfficioDeletion, trx: Trx, day: string): Promise<Decision> {
  const { people, relationships } = await presentCodes(trx, deletion.people, deletion.relationships);
  const { left } = await householdLeft(trx, people);
  return decideExOfficioDeletion({ ...deletion, people, relationships }, left, day);
}

/** @throws Refusal CODE_CONTRADICTED where the code that should have been written has become another one */
async function codeCorrectionOf(
  { residentRecordCode, on: causeOn, correctCode }: CodeCorrection,
  [fresh]: string[],
  trx: Trx,
): Promise<Decision> {
  const record = await activeRecord(trx, residentRecordCode);
  const newCode = correctCode ?? fresh ?? '';
  if ((await supersededAmong(trx, [newCode])).size > 0) throw new Refusal('CODE_CONTRADICTED');
  const holders = await findRecords(trx, { residentRecordCode: newCode });
  return decideCodeChange('EX_OFFICIO_CODE', record, { newCode, holders, causeOn });
}
