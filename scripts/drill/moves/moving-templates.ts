import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
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
import { WatchedLedger } from './watched-ledger.js';

/** What takes long to make: ledgers with people and cards in them, the cards themselves, certificates. */
export interface MovingTemplates {
  network: Network;
  people: SeededMunicipality[];
  /** Schedules share the cards: a chip that has answered more often than a ledger knows is no contradiction. */
  pockets: string;
  signing: SigningOffices;
  /** Schedules share them too, one after the other. */
  ledgers: ReadonlyMap<OfficeId, WatchedLedger>;
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
  const ledgers = new Map(ids.map((office) => [office, new WatchedLedger(contentOf(ledgerFile(data, office)))]));
  return { network, people, pockets, signing: new SigningOffices(), ledgers };
}

function contentOf(url: string): Buffer {
  const database = new Sqlite(url.slice('sqlite:'.length));
  // Beside a ledger in memory there is no file for what is not in the ledger yet.
  database.pragma('journal_mode = DELETE');
  const content = database.serialize();
  database.close();
  return content;
}
