import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import { isCounterOpen } from '../domain/counter/counter-hours.js';
import { type Applicant, acceptPhotoId, applicantWith, type IdentityProof } from '../domain/counter/identity-proof.js';
import { answerFits } from '../domain/issuance/answer-fits.js';
import { type Copy, makeCopy, type NamedMunicipality } from '../domain/issuance/copy.js';
import type { CopyApplication } from '../domain/issuance/copy-application.js';
import { WIDE_AREA_ISSUANCE } from '../domain/issuance/copy-data-request.js';
import { specialItems } from '../domain/issuance/copy-items.js';
import type { CopyRecord } from '../domain/issuance/copy-record.js';
import type { AskHome } from '../peers/ask-home.js';
import { type CardDesk, trustCard } from './trust-card.js';

interface Issuing extends CardDesk {
  askHome: AskHome;
  noteShown: NoteShown;
}

/** Somebody else's residents are known to this office by the answer alone. */
export type NoteShown = (exchange: Exchange, records: CopyRecord[]) => void;

/** What the counter does with an application. */
export type IssueWideAreaCopy = (application: CopyApplication, exchange: Exchange) => Promise<Copy>;

/**
 * Issues a copy of the record of somebody registered elsewhere (広域交付, Article 12-4).
 *
 * @throws Refusal OUT_OF_HOURS, OWN_MUNICIPALITY, NOT_PARTICIPATING, ITEM_NOT_ALLOWED, ID_NOT_ACCEPTED, ID_EXPIRED,
 * HOME_UNAVAILABLE, as `trustCard`, or whatever home refuses with
 */
export async function issueWideAreaCopy(
  issuing: Issuing,
  application: CopyApplication,
  exchange: Exchange,
): Promise<Copy> {
  const { office, network, clock } = issuing;
  exchange.purpose = WIDE_AREA_ISSUANCE;
  const { feeYen, counter } = network.ordinance(office);
  if (!isCounterOpen(counter, clock)) throw new Refusal('OUT_OF_HOURS');
  const home = homeOf(issuing, application.homeMunicipality);
  const special = specialItems(application.items);
  const { name: applicantName, knownBy } = await identify(issuing, application.identityProof, exchange);
  if ('residentRecordCode' in knownBy) exchange.concerns.add(knownBy.residentRecordCode);
  const request = { applicantName, knownBy, whom: application.whom, special };
  const records = await answerOf(issuing.askHome, home, request, exchange);
  issuing.noteShown(exchange, records);
  return makeCopy({
    records,
    issuing: named(network, office),
    home: named(network, home),
    issuedOn: today(clock),
    feeYen,
  });
}

/** The applicant's home, where this counter can issue for it at all. */
function homeOf({ office, network }: Issuing, code: LocalGovernmentCode): OfficeId {
  const home = network.municipalityOf(code);
  if (home === office) throw new Refusal('OWN_MUNICIPALITY');
  if (!network.has(home))
    throw new Refusal('INVALID_REQUEST', { field: 'homeMunicipality', fault: 'is no municipality of this network' });
  const outside = [office, home].find((candidate) => !network.participates(candidate));
  if (outside) throw new Refusal('NOT_PARTICIPATING', { office: outside });
  return home;
}

async function identify(issuing: Issuing, proof: IdentityProof, exchange: Exchange): Promise<Applicant> {
  if (proof.kind === 'PHOTO_ID') return acceptPhotoId(proof, today(issuing.clock));
  return applicantWith(await trustCard(issuing, proof, exchange));
}

/** Home's answer, as far as it may go on a copy: exactly what was asked (MIN). */
async function answerOf(
  askHome: AskHome,
  home: OfficeId,
  request: Parameters<AskHome>[1],
  exchange: Exchange,
): Promise<CopyRecord[]> {
  const records = await askHome(home, request, exchange).catch((error: unknown) => {
    if (error instanceof Refusal && error.reason === 'OFFICE_UNAVAILABLE')
      throw new Refusal('HOME_UNAVAILABLE', { ...error.details, cause: error });
    throw error;
  });
  if (!answerFits(records, request))
    throw new Refusal('INTERNAL', { office: home, cause: new Error('the answer is not what was asked for') });
  return records;
}

function named(network: Network, office: OfficeId): NamedMunicipality {
  return { code: codeOf(office), name: network.entry(office).name };
}
