import { runNode } from '#core/run-node.js';
import { startNationalAgencyDesk, startNationalCentre } from './national-centre.js';

await runNode(
  'national',
  (options, { ledgerUrl }) => startNationalCentre({ ...options, ledgerUrl }),
  (options, { ledgerUrl }) => startNationalAgencyDesk({ ...options, ledgerUrl }),
);
