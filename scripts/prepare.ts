import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { readConfig } from '#core/config.js';
import { Network } from '#core/network.js';
import { ensureCertificates } from './certificates/ensure-certificates.js';
import { residentsOf, seedCards, seedLedgers } from './network/seed-ledgers.js';

/** The one-shot service of a container network: what its offices need before they start, made once and kept. */
const config = readConfig({ JUKI_OFFICE: 'national', ...process.env });
const network = Network.load(config.JUKI_NETWORK);
const made = ensureCertificates(network, config.JUKI_CERTS, new Date());
const people = residentsOf(network);
const entered = await seedLedgers(network, config.JUKI_DATA, people);
seedCards(
  config.JUKI_CARDS,
  people.flatMap(({ cards }) => cards),
);
if (config.JUKI_CLOCK_FILE) {
  mkdirSync(dirname(config.JUKI_CLOCK_FILE), { recursive: true });
  const clock = { shown: network.clockStartsAt.toISOString(), at: new Date().toISOString() };
  writeFileSync(config.JUKI_CLOCK_FILE, JSON.stringify(clock));
}
console.log(`${made} certificates made, ${entered} people entered`);
