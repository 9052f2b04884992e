import type { Kysely } from 'kysely';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecordCode } from '#core/domain/resident-record-code.js';
import type { Act } from '../domain/register/act.js';
import { type RecordVersion, versionAsOf, versionRetainedUntil } from '../domain/register/record-version.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { MOST_FOUND, type Search } from '../domain/register/search.js';
import { actsWithIds } from '../storage/acts.js';
import { currentCode } from '../storage/codes.js';
import { householderNameAsOf, versionsOf } from '../storage/record-versions.js';
import { activeRecord, findRecords, householdOf, searchRecords } from '../storage/resident-register.js';
import type { MunicipalityTables } from '../storage/tables.js';

type Ledger = Kysely<MunicipalityTables>;

/** A record, and the name of the householder that its item 4 is about. */
export interface RecordView {
  record: ResidentRecord;
  householderName: string;
}

/** Whose record to look at, and why: the purpose is in the operator's words (ACCOUNT). */
export interface Look {
  residentRecordCode: ResidentRecordCode;
  purpose: string;
}

/** A version, with what wrote it and until when it has to be kept. */
export interface KeptVersion extends RecordVersion {
  householderName: string;
  act: Act | undefined;
  retainedUntil: CalendarDate | null;
}

/**
 * An operator's look at a record of their own municipality, as it stands or as the register had it at the end of a day.
 *
 * @throws Refusal NOT_FOUND; RECORD_DELETED where a deleted one answers, which `asOf` and the history still show
 */
export async function lookUpResidentRecord(
  ledger: Ledger,
  { residentRecordCode, purpose, asOf }: Look & { asOf?: CalendarDate | undefined },
  exchange: Exchange,
): Promise<RecordView> {
  note(exchange, residentRecordCode, purpose);
  if (asOf === undefined) return viewOf(ledger, await activeRecord(ledger, residentRecordCode));
  const records = await recordsUnder(ledger, residentRecordCode);
  const standing = [];
  for (const { recordId } of records) standing.push(versionAsOf(await versionsOf(ledger, recordId), asOf)?.record);
  const found = standing.filter((record) => record !== undefined);
  const record = found.find(({ deletedOn }) => deletedOn === null) ?? found.at(-1);
  if (!record) throw new Refusal('NOT_FOUND');
  return { record, householderName: await householderNameAsOf(ledger, record.householdId, asOf) };
}

/** @throws Refusal NOT_FOUND, RECORD_DELETED */
export async function lookUpHousehold(
  ledger: Ledger,
  { residentRecordCode, purpose }: Look,
  exchange: Exchange,
): Promise<RecordView[]> {
  note(exchange, residentRecordCode, purpose);
  const { members, householderName } = await householdOf(ledger, await activeRecord(ledger, residentRecordCode));
  for (const member of members) exchange.concerns.add(member.residentRecordCode);
  return members.map((record) => ({ record, householderName }));
}

/**
 * Everything that was ever written here about somebody.
 *
 * @throws Refusal NOT_FOUND
 */
export async function lookUpHistory(
  ledger: Ledger,
  { residentRecordCode, purpose }: Look,
  exchange: Exchange,
): Promise<KeptVersion[]> {
  note(exchange, residentRecordCode, purpose);
  const kept = [];
  for (const { recordId } of await recordsUnder(ledger, residentRecordCode)) {
    const versions = await versionsOf(ledger, recordId);
    const acts = await actsWithIds(
      ledger,
      versions.flatMap(({ actId }) => actId ?? []),
    );
    for (const version of versions) {
      const act = acts.find(({ actId }) => actId === version.actId);
      const householderName = await householderNameAsOf(ledger, version.record.householdId, version.recordedOn);
      kept.push({ ...version, act, householderName, retainedUntil: versionRetainedUntil(versions, version) });
    }
  }
  return kept;
}

/**
 * A search at the counter. Everybody who was found is in the log, whoever was meant.
 *
 * @throws Refusal TOO_MANY_FOUND
 */
export async function searchResidentRecords(
  ledger: Ledger,
  { purpose, ...criteria }: Search,
  exchange: Exchange,
): Promise<RecordView[]> {
  exchange.purpose = purpose;
  if (criteria.residentRecordCode !== undefined) exchange.concerns.add(criteria.residentRecordCode);
  const found = await searchRecords(ledger, criteria, MOST_FOUND + 1);
  if (found.length > MOST_FOUND) throw new Refusal('TOO_MANY_FOUND');
  for (const { residentRecordCode } of found) exchange.concerns.add(residentRecordCode);
  const views = [];
  for (const record of found) views.push(await viewOf(ledger, record));
  return views;
}

function note(exchange: Exchange, code: ResidentRecordCode, purpose: string): void {
  exchange.purpose = purpose;
  exchange.concerns.add(code);
}

async function viewOf(ledger: Ledger, record: ResidentRecord): Promise<RecordView> {
  const { householderName } = await householdOf(ledger, record);
  return { record, householderName };
}

/** Under the code, or under the one that it has become; the oldest first. @throws Refusal NOT_FOUND */
async function recordsUnder(ledger: Ledger, code: ResidentRecordCode): Promise<ResidentRecord[]> {
  const found = await findRecords(ledger, { residentRecordCode: await currentCode(ledger, code) });
  if (found.length === 0) throw new Refusal('NOT_FOUND');
  return found.sort((a, b) => a.changeVersion - b.changeVersion);
}
