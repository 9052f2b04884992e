import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { Refusal } from '#core/domain/refusal.js';
import { isCounterOpen } from '../domain/counter/counter-hours.js';
import { acceptPhotoId, applicantWith } from '../domain/counter/identity-proof.js';
import {
  checkRestrictionsAtHome,
  type HomeCopy,
  type HomeCopyApplication,
  homeCopyRecordOf,
  homeItems,
  homeStatement,
} from '../domain/issuance/home-copy.js';
import { identifyApplicant } from '../domain/issuance/identify-applicant.js';
import { recordsToPrint } from '../domain/issuance/whom-to-print.js';
import { findRecords, householdOf } from '../storage/resident-register.js';
import { restrictionsOn } from '../storage/restrictions.js';
import { mayorOf } from './receipt-of.js';
import type { Registrar } from './registrar.js';
import { type CardDesk, trustCard } from './trust-card.js';

/** What the counter does with a resident's application. */
export type IssueCopy = (application: HomeCopyApplication, exchange: Exchange) => Promise<HomeCopy>;

/**
 * Issues a copy of a resident's own record, or of members of their household (Article 12). Whoever has lost the notice
 * sheet gets their code in this way: by item 13.
 *
 * @throws Refusal OUT_OF_HOURS, ITEM_NOT_ALLOWED, ID_NOT_ACCEPTED, ID_EXPIRED, NOT_FOUND, AMBIGUOUS,
 * RECORD_DELETED, NOT_SAME_HOUSEHOLD, CONTACT_HOME_MUNICIPALITY, or as `trustCard`
 */
export async function issueCopy(
  home: Registrar & CardDesk,
  { identityProof, whom, items: chosen }: HomeCopyApplication,
  exchange: Exchange,
): Promise<HomeCopy> {
  const { ledger, clock, network, office } = home;
  exchange.purpose = 'ISSUANCE';
  const { feeYen, counter } = network.ordinance(office);
  if (!isCounterOpen(counter, clock)) throw new Refusal('OUT_OF_HOURS');
  const items = homeItems(chosen);
  const day = today(clock);
  const { name, knownBy } =
    identityProof.kind === 'PHOTO_ID'
      ? acceptPhotoId(identityProof, day)
      : applicantWith(await trustCard(home, identityProof, exchange));
  if ('residentRecordCode' in knownBy) exchange.concerns.add(knownBy.residentRecordCode);
  const applicant = identifyApplicant(await findRecords(ledger, knownBy), name);
  exchange.concerns.add(applicant.residentRecordCode);
  const { members, householderName } = await householdOf(ledger, applicant);
  const alone = whom.kind === 'APPLICANT' && !items.household;
  const inQuestion = (alone ? [applicant] : members).map(({ recordId }) => recordId);
  checkRestrictionsAtHome(applicant.recordId, await restrictionsOn(ledger, inQuestion, day));
  const records = recordsToPrint(applicant, members, whom);
  for (const { residentRecordCode } of records) exchange.concerns.add(residentRecordCode);
  return {
    records: records.map((record) => homeCopyRecordOf(record, householderName, items)),
    ...{ issuedOn: day, feeYen },
    statement: homeStatement(records.length === members.length, mayorOf(home), day),
  };
}
