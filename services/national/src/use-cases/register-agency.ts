import type { Kysely } from 'kysely';
import type { Clock } from '#core/domain/clock.js';
import { Refusal } from '#core/domain/refusal.js';
import { writeAlone } from '#core/storage/dialect.js';
import { type Agency, type AgencyRegistration, checkRegistration } from '../domain/agency.js';
import { agenciesNamed, putAgency } from '../storage/agencies.js';
import type { NationalTables } from '../storage/tables.js';

interface Centre {
  ledger: Kysely<NationalTables>;
  clock: Clock;
}

/** Registers an agency anew, whatever was registered or revoked before. @throws Refusal as checkRegistration */
export async function registerAgency({ ledger }: Centre, registration: AgencyRegistration): Promise<Agency> {
  checkRegistration(registration);
  const agency = { ...registration, revokedAt: null };
  await ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    await putAgency(trx, agency);
  });
  return agency;
}

/** From now on it is told nothing. @throws Refusal NOT_FOUND */
export async function revokeAgency({ ledger, clock }: Centre, name: string): Promise<Agency> {
  return ledger.transaction().execute(async (trx) => {
    await writeAlone(trx);
    const known = (await agenciesNamed(trx, [name])).get(name);
    if (!known) throw new Refusal('NOT_FOUND', { field: 'name' });
    const revoked = { ...known, revokedAt: known.revokedAt ?? clock.now() };
    await putAgency(trx, revoked);
    return revoked;
  });
}
