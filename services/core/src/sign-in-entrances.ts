import type { Kysely } from 'kysely';
import type { Clock } from './domain/clock.js';
import type { OfficeId } from './domain/office.js';
import type { Routes } from './http/http-server.js';
import { signInRoutes } from './http/sign-in-routes.js';
import { CardProofs } from './operators/card-proof.js';
import { Sessions } from './operators/session.js';
import { SignIn } from './operators/sign-in.js';
import type { RpcService } from './rpc/rpc-service.js';
import { signInService } from './rpc/sign-in-service.js';
import type { CoreTables } from './storage/tables.js';
import type { Credentials } from './trust/credentials.js';
import { DocumentSeal } from './trust/documents.js';

interface Office {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  randomBytes: (size: number) => Buffer;
  credentials: Credentials;
}

interface Entrances {
  sessions: Sessions;
  rpc: RpcService[];
  routes: Routes;
}

/** How operators begin and end their work, the same at every office and for both its servers. */
export function signInEntrances(office: Office): Entrances {
  const { clock, randomBytes, credentials } = office;
  const sessions = new Sessions(clock, randomBytes);
  const signIn = new SignIn({ ...office, sessions });
  const proofs = new CardProofs({
    ...office,
    // Whom to trust may change while it runs.
    get trusted() {
      return credentials.trusted;
    },
  });
  return {
    sessions,
    rpc: [signInService({ ...office, sessions, signIn, seal: new DocumentSeal(credentials) })],
    routes: (app) => signInRoutes(app, { sessions, signIn, proofs }),
  };
}
