import { Client, credentials as grpcCredentials } from '@grpc/grpc-js';
import { loadCredentials } from '#core/trust/credentials.js';
import { ECHO } from './echo-method.js';
import { answerLoads } from './loading-processes.js';

/** About as much as a look-up asks and is answered. */
const BYTES = 200;

const [folder = '', port = '', connections = ''] = process.argv.slice(2);
const credentials = loadCredentials(folder);
const question = Buffer.alloc(BYTES, 'a question ');
const echoes = Array.from({ length: Number(connections) }, grpc);

answerLoads(async (caller) => {
  const answer = await echoes[caller % echoes.length]?.();
  if (answer?.length !== BYTES) throw new Error('that is no echo');
});

function grpc(): () => Promise<Buffer | undefined> {
  const { certificate, key, officesAuthority } = credentials;
  // Each has a connection of its own; an address is no name that TLS can ask for.
  const options = { 'grpc.use_local_subchannel_pool': 1, 'grpc.ssl_target_name_override': 'localhost' };
  const ssl = grpcCredentials.createSsl(officesAuthority, key, certificate);
  const client = new Client(`127.0.0.1:${port}`, ssl, options);
  const { path, requestSerialize, responseDeserialize } = ECHO;
  return () =>
    new Promise((resolve, reject) =>
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, question, (error, answer) =>
        error ? reject(error) : resolve(answer),
      ),
    );
}
