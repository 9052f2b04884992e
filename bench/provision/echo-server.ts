import { Server, ServerCredentials } from '@grpc/grpc-js';
import { loadCredentials } from '#core/trust/credentials.js';
import { ECHO } from './echo-method.js';

/** Answers with what it was asked, to whoever has a certificate of the network; tells the port once it listens. */
const [folder = ''] = process.argv.slice(2);
const { certificate, key, authorities } = loadCredentials(folder);
const pair = { cert_chain: certificate, private_key: key };
const credentials = ServerCredentials.createSsl(Buffer.concat(authorities), [pair], true);
const server = new Server();
server.addService({ echo: ECHO }, { echo: ({ request }: { request: Buffer }, tell: Tell) => tell(null, request) });
server.bindAsync('127.0.0.1:0', credentials, (error, port) => {
  if (error) throw error;
  process.send?.(port);
});
process.once('disconnect', () => process.exit());

type Tell = (error: null, answer: Buffer) => void;
