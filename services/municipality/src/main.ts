import { runNode } from '#core/run-node.js';
import { startMunicipality } from './municipality.js';

await runNode('municipality', (options, { pockets, ledgerUrl }) =>
  startMunicipality({ ...options, ledgerUrl, pockets }),
);
