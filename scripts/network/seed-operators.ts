import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { type OfficeId, roleOf } from '#core/domain/office.js';
import type { OperatorRole } from '#core/domain/operator-role.js';
import type { Network } from '#core/network.js';
import { cardFingerprint } from '#core/operators/card-fingerprint.js';
import { hashPassword } from '#core/operators/password.js';
import { ledgerFile } from '#core/places.js';
import { openLedger } from '#core/storage/ledger.js';
import { enterOperator, findOperator } from '#core/storage/operators.js';
import type { CoreTables } from '#core/storage/tables.js';
import { FILE, operatorFolder } from '#core/trust/credentials.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { openNationalLedger } from '#national/national-centre.js';
import { DEMO_OPERATORS, demoPassword } from '../certificates/demo-operators.js';

/**
 * Enters each office's operators in its ledger, with the cards that they hold. Who is there keeps role, password and
 * failures; a card with another key is a new card.
 */
export async function seedOperators(network: Network, certs: string, data: string): Promise<void> {
  // At once: hashing a password takes time on purpose.
  await Promise.all(network.offices.map(({ office }) => seedOffice(office, certs, data)));
}

async function seedOffice(office: OfficeId, certs: string, data: string): Promise<void> {
  const ledger = await openAnyLedger(office, ledgerFile(data, office));
  await Promise.all(DEMO_OPERATORS.map((operator) => seedOperator(ledger, certs, office, operator)));
  await ledger.destroy();
}

async function seedOperator(
  ledger: Kysely<CoreTables>,
  certs: string,
  office: OfficeId,
  { name, role }: { name: string; role: OperatorRole },
): Promise<void> {
  const certificate = readFileSync(join(operatorFolder(certs, office, name), FILE.certificate));
  const known = await findOperator(ledger, name);
  const passwordHash = known?.passwordHash ?? (await hashPassword(demoPassword(office, name), randomBytes));
  await enterOperator(ledger, { name, role, passwordHash, card: cardFingerprint(certificate) });
}

async function openAnyLedger(office: OfficeId, url: string): Promise<Kysely<CoreTables>> {
  const role = roleOf(office);
  if (role === 'prefecture') return openLedger(url);
  const ledger = role === 'national' ? await openNationalLedger(url) : await openMunicipalityLedger(url);
  return ledger as unknown as Kysely<CoreTables>;
}
