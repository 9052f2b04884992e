import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { municipalityId, type OfficeId, roleOf } from '#core/domain/office.js';
import type { OperatorRole } from '#core/domain/operator-role.js';
import { cardFingerprint } from '#core/operators/card-fingerprint.js';
import { hashPassword } from '#core/operators/password.js';
import { ledgerFile } from '#core/places.js';
import { openLedger } from '#core/storage/ledger.js';
import { enterOperator, findOperator, type KeptOperator } from '#core/storage/operators.js';
import type { CoreTables } from '#core/storage/tables.js';
import { FILE, operatorFolder } from '#core/trust/credentials.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { openNationalLedger } from '#national/national-centre.js';
import { DEMO_OPERATORS, demoPassword } from '../certificates/demo-operators.js';
import { HEAD } from '../seed/family-members.js';
import type { SeededMunicipality } from '../seed/residents.js';

/**
 * Enters each office's operators in its ledger, with the cards that they hold. Who is there keeps role, password and
 * failures; a card with another key is a new card.
 */
export async function seedOperators(
  offices: readonly OfficeId[],
  certs: string,
  data: string,
  people: SeededMunicipality[] = [],
): Promise<void> {
  // At once: hashing a password takes time on purpose.
  await Promise.all(offices.map((office) => seedOffice(office, certs, data, people)));
}

async function seedOffice(office: OfficeId, certs: string, data: string, people: SeededMunicipality[]): Promise<void> {
  const ledger = await openAnyLedger(office, ledgerFile(data, office));
  await Promise.all(
    DEMO_OPERATORS.map((operator, i) =>
      seedOperator(ledger, certs, office, { ...operator, own: ownOf(people, office, i) }),
    ),
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
  { name, role, own }: Pick<KeptOperator, 'name' | 'own'> & { role: OperatorRole },
): Promise<void> {
  const certificate = readFileSync(join(operatorFolder(certs, office, name), FILE.certificate));
  const known = await findOperator(ledger, name);
  const passwordHash = known?.passwordHash ?? (await hashPassword(demoPassword(office, name), randomBytes));
  await enterOperator(ledger, { name, role, passwordHash, card: cardFingerprint(certificate), own });
}

async function openAnyLedger(office: OfficeId, url: string): Promise<Kysely<CoreTables>> {
  const role = roleOf(office);
  if (role === 'prefecture') return openLedger(url);
  const ledger = role === 'national' ? await openNationalLedger(url) : await openMunicipalityLedger(url);
  return ledger as unknown as Kysely<CoreTables>;
}
