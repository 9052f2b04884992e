import type { OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { ensureCertificates } from '../certificates/ensure-certificates.js';
import type { SeededMunicipality } from '../seed/residents.js';
import { seedChips } from './seed-cards.js';
import { residentsOf, seedLedgers } from './seed-ledgers.js';
import { seedOperators } from './seed-operators.js';

/** Where a network keeps what its offices need before they start. */
export interface Places {
  certs: string;
  data: string;
  /** The folder of the cards that people carry. */
  pockets: string;
}

interface Prepared {
  people: SeededMunicipality[];
  certificatesMade: number;
  peopleEntered: number;
}

/**
 * Certificates, residents and their cards, operators and theirs: makes what is missing, and leaves what is there.
 *
 * @param offices - whose ledgers; everybody has certificates and cards
 * @param people - who lives there; the demo's by default
 */
export async function prepareNetwork(
  network: Network,
  { certs, data, pockets }: Places,
  offices: readonly OfficeId[] = network.offices.map(({ office }) => office),
  people: SeededMunicipality[] = residentsOf(network),
): Promise<Prepared> {
  const certificatesMade = ensureCertificates(network, certs, new Date());
  const peopleEntered = await seedLedgers(network, data, people, offices);
  await seedOperators(offices, certs, data, people);
  seedChips(
    pockets,
    people.flatMap(({ cards }) => cards),
  );
  return { people, certificatesMade, peopleEntered };
}
