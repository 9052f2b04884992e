import { writeFileSync } from 'node:fs';
import { Network } from '#core/network.js';
import { composeFile } from './network/compose-file.js';

writeFileSync('docker-compose.yml', composeFile(Network.load('scripts/network.json')));
