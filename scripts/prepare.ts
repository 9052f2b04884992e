import { writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { readConfig } from '#core/config.js';
import { Network } from '#core/network.js';
import type { ClockFile } from '#core/places.js';
import { prepareNetwork } from './network/prepare-network.js';

/** The one-shot service of a container network: what its offices need before they start. Its clock starts now. */
const { JUKI_NETWORK, JUKI_CERTS, JUKI_DATA, JUKI_CARDS, JUKI_CLOCK_FILE } = readConfig({
  JUKI_OFFICE: 'national',
  ...process.env,
});
const network = Network.load(JUKI_NETWORK);
const places = { certs: JUKI_CERTS, data: JUKI_DATA, pockets: JUKI_CARDS };
const { certificatesMade, peopleEntered } = await prepareNetwork(network, places);
if (JUKI_CLOCK_FILE) {
  const clock: z.infer<typeof ClockFile> = { shown: network.clockStartsAt.toISOString(), at: new Date().toISOString() };
  writeFileSync(JUKI_CLOCK_FILE, JSON.stringify(clock));
}
console.log(`${certificatesMade} certificates made, ${peopleEntered} people entered`);
