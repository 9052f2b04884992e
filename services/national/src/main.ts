import { runNode } from '#core/run-node.js';
import { startNationalCentre } from './national-centre.js';

await runNode('national', (options, { ledgerUrl }) => startNationalCentre({ ...options, ledgerUrl }));
