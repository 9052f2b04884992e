import { writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { readConfig } from '#core/config.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { Network } from '#core/network.js';
import type { ClockFile } from '#core/places.js';
import { isNetworkUp } from './network/is-network-up.js';
import { prepareNetwork } from './network/prepare-network.js';

/** The one-shot service of a container network: what its offices need before they start. Its clock starts now. */
const { JUKI_NETWORK, JUKI_CERTS, JUKI_DATA, JUKI_CARDS, JUKI_CLOCK_FILE } = readConfig({
  JUKI_OFFICE: NATIONAL_CENTRE,
  ...process.env,
});

const network = Network.load(JUKI_NETWORK);
// Compose runs this again at each `up`. Offices that are up have their ledgers to themselves, and go by the clock; their
// certificates are renewed by a service of their own.
if (await isNetworkUp(network, JUKI_DATA)) console.log('the network is up: nothing to prepare');
else await prepare();

async function prepare(): Promise<void> {
  const places = { certs: JUKI_CERTS, data: JUKI_DATA, pockets: JUKI_CARDS };
  const { certificatesMade, peopleEntered } = await prepareNetwork(network, places);
  if (JUKI_CLOCK_FILE) {
    const now = new Date().toISOString();
    const clock: z.infer<typeof ClockFile> = { shown: network.clockStartsAt.toISOString(), at: now };
    writeFileSync(JUKI_CLOCK_FILE, JSON.stringify(clock));
  }
  console.log(`${certificatesMade} certificates made, ${peopleEntered} people entered`);
}
