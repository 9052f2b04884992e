import type { Kysely } from 'kysely';
import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { RestrictionKind } from '../domain/protection/restriction.js';
import type { RecordView } from '../domain/register/record-view.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { currentCode, formerCodes } from '../storage/codes.js';
import { findRecords, householdOf } from '../storage/resident-register.js';
import { restrictionsOn } from '../storage/restrictions.js';
import type { MunicipalityTables } from '../storage/tables.js';

type Ledger = Kysely<MunicipalityTables>;

/** What a look at the register needs of its office. */
export interface Reader {
  ledger: Ledger;
  clock: Clock;
}

/** Whose record to look at, and why: the purpose is in the operator's words (ACCOUNT). */
export interface Look {
  residentRecordCode: ResidentRecordCode;
  purpose: string;
}

/** Every look is accounted for, whatever it comes to. */
export function noteLook(exchange: Exchange, { residentRecordCode, purpose }: Look): void {
  exchange.purpose = purpose;
  exchange.concerns.add(residentRecordCode);
}

/** A record as it stands, noted as seen. */
export async function viewOf(reader: Reader, record: ResidentRecord, exchange: Exchange): Promise<RecordView> {
  exchange.concerns.add(record.residentRecordCode);
  const { householderName } = await householdOf(reader.ledger, record);
  return { record, householderName, restrictions: await kindsOn(reader, record) };
}

export async function kindsOn({ ledger, clock }: Reader, { recordId }: ResidentRecord): Promise<RestrictionKind[]> {
  const restrictions = await restrictionsOn(ledger, [recordId], today(clock));
  return [...new Set(restrictions.map(({ kind }) => kind))];
}

/**
 * Every record of whoever has this code or had it once, under all codes that were theirs here; the oldest first.
 *
 * @throws Refusal NOT_FOUND
 */
export async function recordsUnder(ledger: Ledger, code: ResidentRecordCode): Promise<ResidentRecord[]> {
  const current = await currentCode(ledger, code);
  const found = [];
  for (const one of [current, ...(await formerCodes(ledger, current))])
    found.push(...(await findRecords(ledger, { residentRecordCode: one })));
  if (found.length === 0) throw new Refusal('NOT_FOUND');
  return found.sort((a, b) => a.changeVersion - b.changeVersion);
}
