import { request } from 'node:https';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { checkOffice, clientTls, serverName } from '#core/trust/tls.js';

/** A container's own health check: GET /health of the node in it, with its own certificate. Exit code 0 or 1. */
const [office = '', port] = process.argv.slice(2);
const credentials = loadCredentials(officeFolder(process.env['JUKI_CERTS'] ?? 'certs', office));
process.exitCode = 1;
request(
  {
    ...clientTls(credentials),
    host: '127.0.0.1',
    port,
    path: '/health',
    servername: serverName(office),
    checkServerIdentity: checkOffice(credentials),
    timeout: 3_000,
  },
  (response) => {
    process.exitCode = response.statusCode === 200 ? 0 : 1;
    response.resume();
  },
)
  .on('error', () => {})
  .end();
