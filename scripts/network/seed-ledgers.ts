import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import type { IdentificationInformation } from '#core/domain/identification-information.js';
import { codeOf, municipalityId, NATIONAL_CENTRE, type OfficeId, roleOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { ledgerFile } from '#core/places.js';
import { enterIdentificationInformation, isIdentityLedgerEmpty } from '#core/storage/identity-ledger.js';
import { openLedger } from '#core/storage/ledger.js';
import { chipPath, PIN_TRIES, storeChip } from '#municipality/devices/card-reader.js';
import { hashPin } from '#municipality/devices/pin.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { openMunicipalityLedger } from '#municipality/municipality.js';
import { enterRecords } from '#municipality/storage/resident-register.js';
import { enterRestrictions } from '#municipality/storage/restrictions.js';
import { type SeededCard, type SeededMunicipality, seedResidents } from '../seed/residents.js';

/** The seed of the demo network's residents: the same people each time. */
const DEMO_SEED = 'juki-net';

/** The people of a network's municipalities, made up. */
export function residentsOf(network: Network, seed = DEMO_SEED): SeededMunicipality[] {
  const municipalities = network.offices.filter(({ office }) => roleOf(office) === 'municipality');
  return seedResidents(
    municipalities.map(({ office }) => codeOf(office)),
    seed,
  );
}

/**
 * Fills the ledgers of a network: each register, and the identity ledgers above it as far as the municipality takes
 * part. A ledger that has people in it stays as it is.
 *
 * @returns how many people were entered
 */
export async function seedLedgers(network: Network, data: string, people: SeededMunicipality[]): Promise<number> {
  let entered = 0;
  for (const { municipality, records, restrictions } of people) {
    const ledger = await openMunicipalityLedger(ledgerFile(data, municipalityId(municipality)));
    if (await isIdentityLedgerEmpty(ledger)) {
      await ledger.transaction().execute(async (trx) => {
        await enterRecords(trx, records);
        await enterRestrictions(trx, restrictions);
        await enterIdentificationInformation(trx, identificationInformation(records));
      });
      entered += records.length;
    }
    await ledger.destroy();
  }
  for (const { office } of network.offices.filter((entry) => roleOf(entry.office) !== 'municipality'))
    await seedIdentityLedger(ledgerFile(data, office), peopleUnder(network, office, people));
  return entered;
}

/** Puts the cards into their holders' pockets; cards that are there keep their count of wrong PINs. */
export function seedCards(pockets: string, cards: SeededCard[]): void {
  mkdirSync(pockets, { recursive: true });
  const handedOut = cards.filter(({ cardNumber }) => !existsSync(chipPath(pockets, cardNumber)));
  for (const { pin, ...card } of handedOut) {
    const pinSalt = randomBytes(8).toString('hex');
    storeChip(pockets, { ...card, pinSalt, pinHash: hashPin(pin, pinSalt), triesLeft: PIN_TRIES });
  }
}

function peopleUnder(network: Network, office: OfficeId, people: SeededMunicipality[]): ResidentRecord[] {
  const under = ({ municipality }: SeededMunicipality) => {
    const { office: id, parent } = network.entry(municipalityId(municipality));
    return network.participates(id) && (office === NATIONAL_CENTRE || office === parent);
  };
  return people.filter(under).flatMap(({ records }) => records);
}

async function seedIdentityLedger(url: string, records: ResidentRecord[]): Promise<void> {
  const ledger = await openLedger(url);
  if (await isIdentityLedgerEmpty(ledger))
    await ledger
      .transaction()
      .execute((trx) => enterIdentificationInformation(trx, identificationInformation(records)));
  await ledger.destroy();
}

function identificationInformation(records: ResidentRecord[]): IdentificationInformation[] {
  return records
    .filter((record) => record.deletedOn === null)
    .map(({ name, birthDate, sex, address, residentRecordCode }) => ({
      name,
      birthDate,
      sex,
      address,
      residentRecordCode,
    }));
}
