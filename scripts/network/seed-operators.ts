import { createHash, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { municipalityId, type OfficeId, roleOf, slugOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { cardFingerprint } from '#core/operators/card-fingerprint.js';
import { OperatorCard } from '#core/operators/operator-card.js';
import { hashPassword } from '#core/operators/password.js';
import { ledgerFile } from '#core/places.js';
import { openLedger } from '#core/storage/ledger.js';
import { enterOperator, findOperator, type KeptOperator } from '#core/storage/operators.js';
import type { CoreTables } from '#core/storage/tables.js';
import { FILE, operatorFolder } from '#core/trust/credentials.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { openNationalLedger } from '#national/national-centre.js';
import { OPERATOR, SECOND_OPERATOR } from '../certificates/ensure-certificates.js';
import { HEAD } from '../seed/family-members.js';
import type { SeededMunicipality } from '../seed/residents.js';

/** In the demo alone: whoever reads this knows every operator's password. */
export function demoPassword(office: OfficeId, operator: string): string {
  return `${slugOf(office)} ${operator} demo`;
}

/** In the demo alone: six digits that anybody can work out. */
export function demoPin(office: OfficeId, operator: string): string {
  const digest = createHash('sha256').update(`juki-net demo PIN ${office} ${operator}`).digest();
  return String(digest.readUInt32BE() % 1_000_000).padStart(6, '0');
}

/** Where an operator's card lies. */
export function cardPath(certs: string, office: OfficeId, operator: string): string {
  return join(operatorFolder(certs, office, operator), 'card.json');
}

/**
 * Gives each office's operators their cards, and enters them in its ledger. Who is there keeps role, password and
 * failures; a card with a certificate that was made anew is a new card.
 */
export async function seedOperators(
  network: Network,
  certs: string,
  data: string,
  people: SeededMunicipality[] = [],
): Promise<void> {
  // At once: hashing a password takes time on purpose.
  await Promise.all(network.offices.map(({ office }) => seedOffice(office, certs, data, people)));
}

async function seedOffice(office: OfficeId, certs: string, data: string, people: SeededMunicipality[]): Promise<void> {
  const ledger = await openAnyLedger(office, ledgerFile(data, office));
  const names = [OPERATOR, SECOND_OPERATOR];
  await Promise.all(
    names.map((name, i) => seedOperator(ledger, certs, office, { name, own: ownOf(people, office, i) })),
  );
  await ledger.destroy();
}

/** Who an operator of a municipality is as a resident: one of the town's last householders. */
export function ownOf(people: SeededMunicipality[], office: OfficeId, nth: number): KeptOperator['own'] {
  const town = people.find(({ municipality }) => municipalityId(municipality) === office);
  const householders = town?.records.filter(
    ({ relationship, deletedOn }) => relationship === HEAD && deletedOn === null,
  );
  const { name, address } = householders?.at(-1 - nth) ?? {};
  return name === undefined || address === undefined ? undefined : { name, address };
}

async function seedOperator(
  ledger: Kysely<CoreTables>,
  certs: string,
  office: OfficeId,
  { name, own }: Pick<KeptOperator, 'name' | 'own'>,
): Promise<void> {
  const folder = operatorFolder(certs, office, name);
  const certificate = readFileSync(join(folder, FILE.certificate), 'utf8');
  const path = cardPath(certs, office, name);
  if (!new OperatorCard(path).holds(certificate)) {
    const key = createPrivateKey(readFileSync(join(folder, FILE.key)));
    OperatorCard.issue(path, { certificate, key }, demoPin(office, name), randomBytes);
  }
  const card = cardFingerprint(new X509Certificate(certificate).raw);
  const known = await findOperator(ledger, name);
  const passwordHash = known?.passwordHash ?? (await hashPassword(demoPassword(office, name), randomBytes));
  // Both supervise, since either may be the second person for what the other has drafted.
  await enterOperator(ledger, { name, role: 'SUPERVISOR', passwordHash, card, own });
}

async function openAnyLedger(office: OfficeId, url: string): Promise<Kysely<CoreTables>> {
  const role = roleOf(office);
  if (role === 'prefecture') return openLedger(url);
  const ledger = role === 'national' ? await openNationalLedger(url) : await openMunicipalityLedger(url);
  return ledger as unknown as Kysely<CoreTables>;
}
