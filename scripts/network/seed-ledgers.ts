import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Holding } from '#core/domain/fold-changes.js';
import { codeOf, municipalityId, NATIONAL_CENTRE, type OfficeId, roleOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import type { AgencyEntry } from '#core/network-file.js';
import { ledgerFile } from '#core/places.js';
import { isIdentityLedgerEmpty, putHoldings } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Restriction } from '#municipality/domain/protection/restriction.js';
import { identificationOf } from '#municipality/domain/register/person.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { enterAllotment, receiveAllotment } from '#municipality/storage/codes.js';
import { enterMeasure } from '#municipality/storage/protective-measures.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import { enterRestrictions } from '#municipality/storage/restrictions.js';
import type { MunicipalityTables } from '#municipality/storage/tables.js';
import { openNationalLedger } from '#national/national-centre.js';
import { agenciesNamed, putAgency } from '#national/storage/agencies.js';
import { enterAllotment as enterNationalAllotment, findAllotment } from '#national/storage/allotments.js';
import { type SeededMunicipality, seedResidents } from '../seed/residents.js';
import { seedCardStatuses, seedCards } from './seed-cards.js';

/** The seed of the demo network's residents: the same people each time. */
const DEMO_SEED = 'juki-net';

const FIRST_ALLOTMENT = 'first allotment';
/** When codes were first allotted. */
const BEGINNING = new Date('2002-08-05T00:00:00+09:00');

/** The people of a network's municipalities, made up: in so many households each, or as many as the demo has. */
export function residentsOf(network: Network, households?: number): SeededMunicipality[] {
  const municipalities = network.offices.filter(({ office }) => roleOf(office) === 'municipality');
  return seedResidents(
    municipalities.map(({ office }) => codeOf(office)),
    DEMO_SEED,
    households,
  );
}

/**
 * Fills the ledgers of a network: each register, and the identity ledgers above it as far as the municipality takes
 * part. A ledger that has people in it stays as it is.
 *
 * @param offices - whose
 *
 * @returns how many people were entered
 */
export async function seedLedgers(
  network: Network,
  data: string,
  people: SeededMunicipality[],
  offices: readonly OfficeId[],
): Promise<number> {
  let entered = 0;
  for (const town of people.filter(({ municipality }) => offices.includes(municipalityId(municipality)))) {
    const { municipality, records, restrictions, pool } = town;
    const ledger = await openMunicipalityLedger(ledgerFile(data, municipalityId(municipality)));
    if (await isIdentityLedgerEmpty(ledger)) {
      await ledger.transaction().execute(async (trx) => {
        await enterRecords(trx, records);
        await enterRestrictionsAndMeasures(trx, restrictions);
        await seedPool(trx, pool);
        await seedCards(trx, town, parentOutside(network, municipalityId(municipality)));
        await putHoldings(trx as unknown as Transaction<CoreTables>, holdingsOf(town));
      });
      entered += records.length;
    }
    await ledger.destroy();
  }
  for (const office of offices.filter((one) => roleOf(one) !== 'municipality'))
    await seedIdentityLedger(ledgerFile(data, office), townsUnder(network, office, people));
  if (offices.includes(NATIONAL_CENTRE)) {
    await seedAllotments(ledgerFile(data, NATIONAL_CENTRE), people);
    await seedAgencies(ledgerFile(data, NATIONAL_CENTRE), network.agencies);
  }
  return entered;
}

/** The prefecture of a municipality that is outside the network. */
function parentOutside(network: Network, municipality: OfficeId): OfficeId | undefined {
  return network.participates(municipality) ? undefined : network.entry(municipality).parent;
}

async function enterRestrictionsAndMeasures(trx: Transaction<MunicipalityTables>, all: Restriction[]): Promise<void> {
  await enterRestrictions(
    trx,
    all.filter(({ measureId }) => measureId === null),
    randomUUID,
  );
  const measures = Map.groupBy(
    all.filter(({ measureId }) => measureId !== null),
    ({ measureId }) => measureId,
  );
  for (const [measureId, [first, ...others]] of measures) {
    if (!first || measureId === null) continue;
    const { recordId: applicant, from, until, endedOn } = first;
    const covered = [applicant, ...others.map(({ recordId }) => recordId)];
    await enterMeasure(trx, { measureId, applicant, covered, from, until, endedOn }, randomUUID);
  }
}

/** The first allotment of a municipality: what is in its pool when the demo begins. */
async function seedPool(trx: Transaction<MunicipalityTables>, pool: string[]): Promise<void> {
  const allotment = { allotmentId: FIRST_ALLOTMENT, amount: pool.length };
  await enterAllotment(trx, allotment, BEGINNING);
  await receiveAllotment(trx, allotment, pool, BEGINNING);
}

/** The centre knows every code that anybody has, or will have out of a first allotment: it allots none of them again. */
async function seedAllotments(url: string, people: SeededMunicipality[]): Promise<void> {
  const ledger = await openNationalLedger(url);
  await ledger.transaction().execute(async (trx) => {
    for (const { municipality, records, pool } of people) {
      const allotmentId = `${FIRST_ALLOTMENT} ${municipality}`;
      if (await findAllotment(trx, allotmentId)) continue;
      const written = records.map(({ residentRecordCode }) => residentRecordCode);
      const allotment = { allotmentId, municipality: municipalityId(municipality), codes: [...written, ...pool] };
      await enterNationalAllotment(trx, allotment, BEGINNING);
    }
  });
  await ledger.destroy();
}

/** What the operators of the demo's centre have registered. A registration that is there stays, revoked or not. */
async function seedAgencies(url: string, agencies: readonly AgencyEntry[]): Promise<void> {
  const ledger = await openNationalLedger(url);
  await ledger.transaction().execute(async (trx) => {
    const known = await agenciesNamed(
      trx,
      agencies.map(({ name }) => name),
    );
    for (const { title: _shown, ...registration } of agencies)
      if (!known.has(registration.name)) await putAgency(trx, { ...registration, revokedAt: null });
  });
  await ledger.destroy();
}

function townsUnder(network: Network, office: OfficeId, people: SeededMunicipality[]): SeededMunicipality[] {
  return people.filter(({ municipality }) => {
    const { office: id, parent } = network.entry(municipalityId(municipality));
    return network.participates(id) && (office === NATIONAL_CENTRE || office === parent);
  });
}

async function seedIdentityLedger(url: string, towns: SeededMunicipality[]): Promise<void> {
  const ledger = await openLedger(url);
  if (await isIdentityLedgerEmpty(ledger)) {
    await ledger.transaction().execute((trx) => putHoldings(trx, towns.flatMap(holdingsOf)));
    await seedCardStatuses(ledger, towns);
  }
  await ledger.destroy();
}

/** Where the changes of a municipality's people have led by the day on which the demo begins. */
function holdingsOf({ municipality, records }: SeededMunicipality): Holding[] {
  return records.map((record) => ({
    identification: identificationOf(record),
    standing: record.deletedOn === null ? 'ACTIVE' : 'DELETED',
    ...{ version: record.changeVersion, municipality, successor: null },
  }));
}
