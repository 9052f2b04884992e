import { runNode } from '#core/run-node.js';
import { startPrefecture } from './prefecture.js';

await runNode('prefecture', (options, { ledgerUrl }) => startPrefecture({ ...options, ledgerUrl }));
