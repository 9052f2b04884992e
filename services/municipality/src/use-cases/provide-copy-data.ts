import type { Kysely } from 'kysely';
import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import type { RateLimit } from '#core/domain/rate-limit.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import type { CopyDataRequest } from '../domain/issuance/copy-data-request.js';
import { type CopyRecord, copyRecordOf } from '../domain/issuance/copy-record.js';
import { identifyApplicant } from '../domain/issuance/identify-applicant.js';
import { recordsToPrint } from '../domain/issuance/whom-to-print.js';
import type { ResidentRecord } from '../domain/register/resident-record.js';
import { tellOfficers } from '../storage/officer-notices.js';
import { findRecords, householdOf } from '../storage/resident-register.js';
import { restrictionsOn } from '../storage/restrictions.js';
import type { MunicipalityTables } from '../storage/tables.js';

interface Home {
  office: OfficeId;
  network: Network;
  ledger: Kysely<MunicipalityTables>;
  clock: Clock;
  newId: () => string;
  /** Applicants that an issuing municipality could not identify; guessing names and codes empties it. */
  failedIdentifications: RateLimit;
}

/**
 * The home municipality's answer to an application elsewhere (Article 12-4(3)): the data of the copy, out of its own
 * register (HOME).
 *
 * @throws Refusal NOT_PARTICIPATING, RATE_LIMITED, NOT_FOUND, AMBIGUOUS, RECORD_DELETED, NOT_SAME_HOUSEHOLD,
 * CONTACT_HOME_MUNICIPALITY
 */
export async function provideCopyData(
  home: Home,
  issuing: OfficeId,
  request: CopyDataRequest,
  exchange: Pick<Exchange, 'id' | 'concerns'>,
): Promise<CopyRecord[]> {
  checkParticipation(home, issuing);
  const applicant = await identify(home, issuing, request, exchange);
  exchange.concerns.add(applicant.residentRecordCode);
  const { members, householderName } = await householdOf(home.ledger, applicant);
  const alone = request.whom.kind === 'APPLICANT' && !request.special.household;
  await checkRestrictions(home, issuing, exchange.id, alone ? [applicant] : members);
  const records = recordsToPrint(applicant, members, request.whom);
  for (const record of records) exchange.concerns.add(record.residentRecordCode);
  return records.map((record) => copyRecordOf(record, householderName, request.special));
}

function checkParticipation({ network, office }: Home, issuing: OfficeId): void {
  const outside = [office, issuing].find((candidate) => !network.participates(candidate));
  if (outside) throw new Refusal('NOT_PARTICIPATING', { office: outside });
}

async function identify(
  { ledger, failedIdentifications }: Home,
  issuing: OfficeId,
  { knownBy, applicantName }: CopyDataRequest,
  { concerns }: Pick<Exchange, 'concerns'>,
): Promise<ResidentRecord> {
  checkAllowance(failedIdentifications, issuing);
  if ('residentRecordCode' in knownBy) concerns.add(knownBy.residentRecordCode);
  const found = await findRecords(ledger, knownBy);
  // Once more: of guesses that were sent at once, the first to fail use up what all of them found whole.
  checkAllowance(failedIdentifications, issuing);
  try {
    return identifyApplicant(found, applicantName);
  } catch (error) {
    failedIdentifications.take(issuing);
    throw error;
  }
}

function checkAllowance(failedIdentifications: RateLimit, issuing: OfficeId): void {
  if (!failedIdentifications.isExhausted(issuing)) return;
  throw new Refusal('RATE_LIMITED', { retryAfterSeconds: failedIdentifications.secondsUntilNext(issuing) });
}

/**
 * Every kind of restriction is looked up, told to an officer and answered in the same way; and before it is told who
 * lives in a household, so that a restricted one does not give its members away (SILENT).
 */
async function checkRestrictions(
  { ledger, clock, newId }: Home,
  issuing: OfficeId,
  exchange: string,
  records: ResidentRecord[],
): Promise<void> {
  const ids = records.map((record) => record.recordId);
  const restrictions = await restrictionsOn(ledger, ids, today(clock));
  if (restrictions.length === 0) return;
  await tellOfficers(ledger, { exchange, at: clock.now(), askedBy: issuing, newId }, restrictions);
  throw new Refusal('CONTACT_HOME_MUNICIPALITY');
}
