import { codeOf, type OfficeId } from '#core/domain/office.js';
import { acceptMoveIn } from '#municipality/use-cases/accept-move-in.js';
import { acceptMoveOut } from '#municipality/use-cases/accept-move-out.js';
import { cancelMoveOut } from '#municipality/use-cases/cancel-move-out.js';
import { issueCertificateInstead } from '#municipality/use-cases/issue-certificate-instead.js';
import { reissueMoveOutCertificate } from '#municipality/use-cases/reissue-move-out-certificate.js';
import { type Family, type Paper, related } from './family.js';
import type { Told } from './officer.js';
import type { Leaving, Living } from './sightings.js';

/** What people do at counters with a certificate on paper, or to get one, or instead of moving. */

const PURPOSE = 'drill';
export const ABROAD = '英国';

export async function moveOutOnPaper(family: Family, together: Living[], isAbroad: boolean): Promise<void> {
  const [{ town } = { town: '' }] = together;
  const destination = family.otherTown(town);
  const { movers, relationships } = family.someOf(together);
  const moveOut = {
    ...{ notifier: family.notifier(movers[0]), plannedOn: family.today(town), movers, relationships },
    ...(isAbroad ? { destination: ABROAD } : { destination: family.addressIn(destination) }),
    ...(!isAbroad && { destinationMunicipality: codeOf(destination) }),
  };
  const told = await family.ask(town, acceptMoveOut, moveOut);
  if (told === 'NOTHING' || 'refused' in told) return;
  keep(family, town, told.done.certificates);
}

/** The paper certificate after all. */
export async function getPaper(family: Family, { code, town }: Pick<Leaving, 'code' | 'town'>): Promise<void> {
  const look = { residentRecordCode: code, purpose: PURPOSE };
  const told = await family.ask(town, issueCertificateInstead, look);
  if (told !== 'NOTHING' && 'done' in told) keep(family, town, told.done);
}

/** Once more, where the answer was lost in which it came. */
export async function getPaperAgain(family: Family, code: string, town: OfficeId): Promise<void> {
  const look = { residentRecordCode: code, purpose: PURPOSE };
  const told = await family.ask(town, reissueMoveOutCertificate, look);
  if (told !== 'NOTHING' && 'done' in told) keep(family, town, [told.done]);
}

function keep(family: Family, origin: OfficeId, issued: { payload: string }[]): void {
  for (const { payload } of issued) {
    if (family.papers.some((one) => one.payload === payload)) continue;
    // Whoever reads it sees whom it names.
    const { people = [] } = family.country.office(origin).running?.counter?.certificatePress.read(payload) ?? {};
    family.papers.push({ payload, origin, codes: people.map(({ residentRecordCode }) => residentRecordCode) });
  }
}

/** The move-in notification with it. It stays at the counter, unless it is refused. */
export async function moveInOnPaper(family: Family, paper: Paper, town: OfficeId): Promise<void> {
  const { codes } = paper;
  if (!family.inHand.includes(paper)) return;
  const moveIn = {
    ...{ notifier: family.notifier(codes[0]), movedInOn: family.lately(town), address: family.addressIn(town) },
    ...{ origin: 'MUNICIPALITY' as const, certificates: [paper.payload], people: related(codes), relationships: [] },
  };
  await handIn(family, [paper], { town, codes }, () => family.ask(town, acceptMoveIn, moveIn));
}

/** People who wait stay after all. */
export function cancel(family: Family, leaving: { code: string; town: OfficeId }[], living: Living[]): Promise<void> {
  const [{ town } = { town: '' }] = leaving;
  const codes = leaving.map(({ code }) => code);
  const papers = family.inHand.filter((paper) => paper.codes.every((code) => codes.includes(code)));
  const hasHost = living.some((one) => one.town === town);
  const relationships = related(codes).map((one) => (hasHost ? { ...one, relationship: '同居人' } : one));
  const certificates = papers.map(({ payload }) => payload);
  const cancellation = { notifier: family.notifier(codes[0]), people: codes, certificates, relationships };
  return handIn(family, papers, { town, codes }, () => family.ask(town, cancelMoveOut, cancellation));
}

async function handIn(
  family: Family,
  papers: Paper[],
  { town, codes }: { town: OfficeId; codes: string[] },
  ask: () => Promise<Told<unknown>>,
): Promise<void> {
  for (const paper of papers) paper.handedInAt = town;
  const told = await ask();
  if (told === 'NOTHING') return;
  if ('refused' in told) for (const paper of papers) delete paper.handedInAt;
  else {
    family.papers = family.papers.filter((paper) => !papers.includes(paper));
    family.entered(codes, town);
  }
}
