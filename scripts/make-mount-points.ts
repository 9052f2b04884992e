import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { slugOf } from '#core/domain/office.js';
import { Network } from '#core/network.js';

/** Makes the folders of the image that volumes are mounted on, for every office of the network file. */
const [state = '/state'] = process.argv.slice(2);
const offices = Network.load('scripts/network.json').offices.map(({ office }) => slugOf(office));
const folders = [
  ...offices.flatMap((office) => [join('certs', office), join('data', office)]),
  join('certs', 'ca'),
  join('certs', 'operators'),
  join('certs', 'agencies'),
  'cards',
  'clock',
];
for (const folder of folders) mkdirSync(join(state, folder), { recursive: true });
