import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OfficeId } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { ledgerFile } from '#core/places.js';
import { openPrefectureLedger } from '#prefecture/prefecture.js';
import { seedChips } from '../../network/seed-cards.js';
import { seedLedgers } from '../../network/seed-ledgers.js';
import type { SeededMunicipality } from '../../seed/residents.js';
import { drillNetwork } from '../drill-network.js';
import { SigningOffices } from '../signing-offices.js';
import { residentsOfDrill } from './residents.js';

/** What takes long to make: ledgers with people and cards in them, the cards themselves, certificates. */
export interface MovingTemplates {
  network: Network;
  people: SeededMunicipality[];
  /** Schedules share the cards: a chip that has answered more often than a ledger knows is no contradiction. */
  pockets: string;
  signing: SigningOffices;
  /** Puts a ledger as it was at the beginning at a path. */
  copyLedger(office: OfficeId, path: string): void;
}

export async function makeMovingTemplates(folder: string): Promise<MovingTemplates> {
  const [data, pockets] = [join(folder, 'begin'), join(folder, 'pockets')];
  const network = drillNetwork();
  const people = residentsOfDrill();
  const ids = network.offices.map(({ office }) => office);
  await seedLedgers(network, data, people, ids);
  for (const office of ids.filter((one) => one.startsWith('prefecture/')))
    await (await openPrefectureLedger(ledgerFile(data, office))).destroy();
  seedChips(
    pockets,
    people.flatMap(({ cards }) => cards),
  );
  const copyLedger = (office: OfficeId, path: string) => {
    for (const rest of ['-wal', '-shm']) rmSync(`${path}${rest}`, { force: true });
    copyFileSync(ledgerFile(data, office).slice('sqlite:'.length), path);
  };
  return { network, people, pockets, signing: new SigningOffices(), copyLedger };
}
