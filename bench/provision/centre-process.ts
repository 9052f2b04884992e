import { randomUUID } from 'node:crypto';
import { withoutLimits } from '#core/domain/allowance.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { drawnAhead } from '#core/drawn-ahead.js';
import { createLogger } from '#core/logger.js';
import { Network } from '#core/network.js';
import { addresses } from '#core/places.js';
import { later } from '#core/propagation/later.js';
import { officeFolder } from '#core/trust/credentials.js';
import { LiveCredentials } from '#core/trust/live-credentials.js';
import { startNationalCentre } from '#national/national-centre.js';

/** The national centre with everything on but the bounds of how much each may ask; tells its port once it serves. */
const [certs = '', ledgerUrl = ''] = process.argv.slice(2);
const network = Network.load('scripts/network.json');
const logger = createLogger(NATIONAL_CENTRE, 'error');
const office = NATIONAL_CENTRE;
const node = await startNationalCentre({
  ...{ office, network, addressOf: addresses(network, 'LOOPBACK'), clock: { now: () => new Date() } },
  ...{ newId: randomUUID, randomBytes: drawnAhead(), logger, later, allowances: withoutLimits, ledgerUrl },
  credentials: new LiveCredentials({ office, folder: officeFolder(certs, office), logger, later }),
  listen: { host: '127.0.0.1', grpcPort: 0, httpPort: 0 },
});
process.send?.(node.grpcPort);
process.once('disconnect', () => process.exit());
