import type { handleUnaryCall } from '@grpc/grpc-js';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import { ShownLog } from '#core/audit/show-log.js';
import { WitnessOfLogs } from '#core/audit/witness-logs.js';
import type { Clock } from '#core/domain/clock.js';
import type { Exchange, Fresh } from '#core/domain/exchange.js';
import type { Change } from '#core/domain/fold-changes.js';
import { type OfficeId, roleOf } from '#core/domain/office.js';
import { createLogger } from '#core/logger.js';
import type { Network } from '#core/network.js';
import { deliverChanges } from '#core/peers/deliver-changes.js';
import type { Peers } from '#core/peers/peers.js';
import { reportDiscrepancies } from '#core/peers/report-discrepancies.js';
import type { ConsistencyCheck } from '#core/propagation/check-consistency.js';
import type { Later } from '#core/propagation/courier.js';
import { Dispatch } from '#core/propagation/dispatch.js';
import { recordChanges } from '#core/propagation/record-changes.js';
import { restateHoldings } from '#core/propagation/restate-holdings.js';
import { takeDelivery } from '#core/propagation/take-delivery.js';
import { answeringCalls } from '#core/rpc/answer.js';
import { ProofCheck } from '#core/rpc/check-proof.js';
import { consistencyService } from '#core/rpc/consistency-service.js';
import { discrepancyService } from '#core/rpc/discrepancy-service.js';
import { propagationService } from '#core/rpc/propagation-service.js';
import type { RpcService } from '#core/rpc/rpc-service.js';
import { writeAlone } from '#core/storage/dialect.js';
import type { CoreTables } from '#core/storage/tables.js';
import type { Statements } from '#core/trust/statements.js';
import { holdAgainstAbove } from '#municipality/use-cases/hold-against-above.js';

type RegisterLedger = Parameters<typeof holdAgainstAbove>[0]['ledger'];

/** What an office is given when it starts; it dies with the office, and only the ledger's file stays. */
export interface Means extends Fresh {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
  later: Later;
  /** From 0 to 1. */
  random: () => number;
  /** The faulty line, in the place of connections. */
  peers: Peers;
  statements: Statements;
}

/** An office as far as changes concern it. */
export interface RunningOffice {
  ledger: Kysely<CoreTables>;
  /** By the path of the procedure. */
  answers: Map<string, handleUnaryCall<Buffer, Buffer>>;
  /** Municipalities only: changes of an act, in one transaction. */
  record(changes: Change[]): Promise<void>;
  /** Municipalities only. @throws Refusal where a level above does not answer */
  repairAbove(): Promise<ConsistencyCheck[]>;
}

/**
 * The wiring of an office as `startNode` and its role have it, without its servers: the same services, couriers and log
 * over the same ledger. Whatever the drill calls of the services is called from here.
 */
export function runOffice(means: Means): RunningOffice {
  const { office, network, ledger, clock } = means;
  const desk = furnish(means);
  const { dispatch } = desk;
  dispatch.wake();
  const { parent } = network.entry(office);
  const services = roleOf(office) === 'municipality' ? [discrepanciesAt(desk)] : levelServices(desk);
  return {
    ledger,
    answers: answersOf(desk, services),
    async record(changes) {
      await ledger.transaction().execute(async (trx) => {
        await writeAlone(trx);
        await recordChanges(trx, changes, { clock, parent });
      });
      dispatch.wake();
    },
    repairAbove: () => holdAgainstAbove({ ...desk, ledger: ledger as unknown as RegisterLedger }, true),
  };
}

export type Furnished = ReturnType<typeof furnish>;

/** What every office has, as `furnishOffice` makes it. */
export function furnish(means: Means) {
  const audit = new AuditLog(means.ledger, means.clock);
  const own = { ...means, audit, logger: createLogger(means.office, 'silent') };
  const logs = { shownLog: new ShownLog(own), witness: new WitnessOfLogs(own) };
  const desk = { ...own, ...logs, proofs: new ProofCheck(own) };
  const dispatch = new Dispatch({ ...desk, deliver: deliverChanges(desk), report: reportDiscrepancies(desk) });
  return { ...desk, dispatch };
}

/** How a prefecture and the national centre follow the changes of those below. */
export function levelServices(desk: Furnished): RpcService[] {
  const { network, office, dispatch } = desk;
  const { parent } = network.entry(office);
  return [
    propagationService(network, office, async (from, delivery, exchange) => {
      const taken = await takeDelivery({ ...desk, parent }, from, delivery, exchange);
      dispatch.wake();
      return taken;
    }),
    consistencyService(desk, async (changes, exchange) => {
      const restatements = await restateHoldings({ ...desk, parent }, changes, exchange);
      dispatch.wake();
      return restatements;
    }),
    discrepanciesAt(desk),
  ];
}

/** What is reported as wrong, on its way to the municipality that has to look into it. */
export function discrepanciesAt(desk: Furnished): RpcService {
  return discrepancyService({ ...desk, receive: (discrepancies) => desk.dispatch.receive(discrepancies) });
}

/** How an office answers each procedure of its services, by the path. */
export function answersOf(desk: Furnished, services: RpcService[]): RunningOffice['answers'] {
  return new Map(services.flatMap((service) => answersIn(desk, service)));
}

function answersIn(desk: Parameters<typeof answeringCalls>[0], { procedures, answers, largest }: RpcService) {
  return Object.entries(procedures).map(([name, procedure]): [string, handleUnaryCall<Buffer, Buffer>] => {
    const answer = answers[name];
    if (!answer) throw new RangeError(`${name} has no answer`);
    const answering = {
      largest,
      answer: async (request: Buffer, exchange: Exchange) =>
        procedure.encodeResponse(await answer(procedure.decodeRequest(request), exchange)),
    };
    return [procedure.path, answeringCalls(desk, procedure.path, answering)];
  });
}
