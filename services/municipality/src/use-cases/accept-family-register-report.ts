import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { BirthReport, DeathReport } from '../domain/acts/family-register-report.js';
import type { Receipt } from '../domain/register/receipt.js';
import { enterBirth, enterDeath } from './enter-family-event.js';
import type { CodePool } from './keep-code-pool.js';
import type { Registrar } from './registrar.js';
import { type NoticeSender, type SentNotice, sendNewNotice } from './send-family-register-notices.js';

type FamilyRegisterOffice = Registrar & NoticeSender & { codePool: CodePool };

/** Entered here, or told to the home municipality. */
export type Reported = { receipt: Receipt } | { notice: SentNotice };

/**
 * Takes a birth report (出生届), here or for the register of another municipality (Article 9(2)).
 *
 * @throws Refusal NOT_PARTICIPATING, INVALID_REQUEST, or as `enterBirth`
 */
export async function acceptBirthReport(
  office: FamilyRegisterOffice,
  { birth, homeMunicipality }: BirthReport,
  exchange: Exchange,
): Promise<Reported> {
  exchange.purpose = 'BIRTH';
  const home = elsewhere(office, homeMunicipality);
  if (home === undefined) return { receipt: await enterBirth(office, birth, exchange) };
  return { notice: await sendNewNotice(office, home, { birth }, exchange) };
}

/**
 * Takes a death report (死亡届), here or for the register of another municipality (Article 9(2)).
 *
 * @throws Refusal NOT_PARTICIPATING, INVALID_REQUEST, or as `enterDeath`
 */
export async function acceptDeathReport(
  office: FamilyRegisterOffice,
  { death, homeMunicipality }: DeathReport,
  exchange: Exchange,
): Promise<Reported> {
  exchange.purpose = 'DEATH';
  const home = elsewhere(office, homeMunicipality);
  if (home === undefined) return { receipt: await enterDeath(office, death, exchange) };
  return { notice: await sendNewNotice(office, home, { death }, exchange) };
}

function elsewhere({ office, network }: Registrar, homeMunicipality: string | undefined): OfficeId | undefined {
  if (homeMunicipality === undefined) return undefined;
  const home = network.municipalityOf(homeMunicipality);
  if (home === office) return undefined;
  if (!network.has(home))
    throw new Refusal('INVALID_REQUEST', { field: 'homeMunicipality', fault: 'is no municipality of this network' });
  const outside = [office, home].find((candidate) => !network.participates(candidate));
  if (outside) throw new Refusal('NOT_PARTICIPATING', { office: outside });
  return home;
}
