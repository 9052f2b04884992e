import type { Kysely } from 'kysely';
import { KnockCounter } from './audit/count-knocks.js';
import { AlarmRaiser } from './audit/raise-alarms.js';
import { accessPolicy, checkPolicy } from './domain/access-policy.js';
import { Allowances } from './domain/allowance.js';
import { roleOf } from './domain/office.js';
import { furnishOffice } from './furnish-office.js';
import { faultOf } from './logger.js';
import type { NodeOptions, Office } from './node.js';
import { ProofCheck } from './rpc/check-proof.js';
import { RpcServer } from './rpc/rpc-server.js';
import type { RpcService } from './rpc/rpc-service.js';
import { signInEntrances } from './sign-in-entrances.js';
import type { CoreTables } from './storage/tables.js';

/** How often it looks for another directory: whoever is revoked is refused within five seconds. */
const LOOK_EVERY_MS = 1_000;

/** A process that answers agencies. */
export interface AgencyDesk {
  grpcPort: number;
  stop(): Promise<void>;
}

/**
 * Starts a process that answers agencies and nobody else, over the ledger of an office that runs in another: any number of
 * them. It serves what agencies may call, and does nothing by itself: no courier, no directory of its own, no pruning.
 *
 * @throws Error where what it serves and the access policy differ, or the port is taken. The ledger is closed then.
 */
export async function startAgencyDesk<Tables extends CoreTables>(
  given: NodeOptions,
  ledger: Kysely<Tables>,
  servicesOf: (office: Office<Tables>) => RpcService[],
): Promise<AgencyDesk> {
  const options = { ...given, network: given.network.forOneOffice(given.office) };
  try {
    const coreLedger = ledger as unknown as Kysely<CoreTables>;
    const furnished = await furnishOffice(options, coreLedger, { isOnlyDesk: true });
    const { audit, directories, peers } = furnished;
    const { sessions } = signInEntrances({ ...options, ledger: coreLedger });
    const alarms = new AlarmRaiser({ ...options, audit, ledger: coreLedger });
    const office = { ...options, ...furnished, ledger, sessions, alarms };
    const knocks = new KnockCounter(office);
    const desk = { ...office, knocks, allowances: new Allowances(options.clock, options.allowances) };
    const { credentials, listen } = options;
    const grpc = new RpcServer({ ...desk, proofs: new ProofCheck(desk) }, credentials, servicesOf(office));
    credentials.onChange((next) => grpc.renew(next));
    checkPolicy(roleOf(options.office), grpc.methods, forAgencies());
    const grpcPort = await grpc.listen(listen.host, listen.grpcPort);
    credentials.begin();
    const stopLooking = lookAgain(options, () => directories.followKept());
    const stop = async () => {
      stopLooking();
      credentials.end();
      await grpc.stop();
      await knocks.stop();
      await alarms.stop();
      peers.close();
      await ledger.destroy();
    };
    return { grpcPort, stop };
  } catch (error) {
    await ledger.destroy();
    throw error;
  }
}

/** Over gRPC: people's entrances are at the office itself. */
function forAgencies() {
  return accessPolicy.filter(({ method, callers }) => method.startsWith('/') && callers.includes('agency'));
}

/** @returns what ends it */
function lookAgain({ later, logger }: NodeOptions, look: () => Promise<void>): () => void {
  let takeBack: () => void;
  let isOver = false;
  const wait = () => {
    takeBack = later(() => {
      void look()
        .catch((error) => logger.warn({ fault: faultOf(error) }, 'the directory can not be looked for'))
        .finally(() => isOver || wait());
    }, LOOK_EVERY_MS);
  };
  wait();
  return () => {
    isOver = true;
    takeBack();
  };
}
