import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OfficeId, slugOf } from '#core/domain/office.js';
import type { Network } from '#core/network.js';
import { type Places, prepareNetwork } from '#scripts/network/prepare-network.js';
import { residentsOf } from '#scripts/network/seed-ledgers.js';
import type { SeededMunicipality } from '#scripts/seed/residents.js';

/** The same people in each network: made up once, and changed by no test. */
let people: SeededMunicipality[] | undefined;

/**
 * What `prepareNetwork` makes, as copies of what was made once in a run: certificates, cards and passwords take long, and
 * a test only needs some that nobody else changes.
 *
 * @param offices - whose ledgers
 */
export async function copyPreparedNetwork(
  network: Network,
  { certs, data, pockets }: Places,
  offices: readonly OfficeId[],
): Promise<SeededMunicipality[]> {
  const made = placesIn(await prepared(network));
  cpSync(made.certs, certs, { recursive: true });
  cpSync(made.pockets, pockets, { recursive: true });
  for (const office of offices)
    cpSync(join(made.data, slugOf(office)), join(data, slugOf(office)), { recursive: true });
  people ??= frozen(residentsOf(network));
  return people;
}

/** The folder of a run is new with each run, so that nothing in it is of another day or of other code. */
async function prepared(network: Network): Promise<string> {
  const digest = createHash('sha256').update(JSON.stringify(network.offices)).digest('hex');
  const folder = join(tmpdir(), `juki-prepared-${digest}`);
  if (existsSync(folder)) return folder;
  const own = mkdtempSync(join(tmpdir(), 'juki-preparing-'));
  await prepareNetwork(network, placesIn(own));
  try {
    renameSync(own, folder);
  } catch (error) {
    // Another worker made the same meanwhile, and was first.
    if (!existsSync(folder)) throw error;
    rmSync(own, { recursive: true });
  }
  return folder;
}

function placesIn(folder: string): Places {
  return { certs: join(folder, 'certs'), data: join(folder, 'data'), pockets: join(folder, 'cards') };
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
}
