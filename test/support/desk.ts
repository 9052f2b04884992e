import type { OfficeId } from '#core/domain/office.js';
import type { Refusal } from '#core/domain/refusal.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import type { Asked } from '#core/wire/procedure.js';
import { demoPin } from '#scripts/certificates/demo-operators.js';
import { openCard } from '#scripts/operator/card-in-reader.js';
import { operatorOf, whoMay } from './seat.js';
import { isUp, type TestNetwork } from './test-network.js';

/** What an operator's question came to: the answer, or the refusal. */
export interface Reply<Output> {
  answer?: Output;
  refusal?: Refusal;
}

const PATIENCE_MS = 15_000;

/** The desk of an operator at their own office, questions over gRPC: of whoever may ask, unless somebody is named. */
export class Desk {
  private readonly network: TestNetwork;
  private readonly office: OfficeId;
  private readonly operator: string | undefined;

  constructor(network: TestNetwork, office: OfficeId, operator?: string) {
    this.network = network;
    this.office = office;
    this.operator = operator;
  }

  async try<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Reply<Output>> {
    const { network, office, operator = whoMay(procedure.path) } = this;
    const card = openCard(network.certs, office, operator, demoPin(office, operator));
    const peers = new Peers(card, network.addressOf);
    const metadata = isUp(network, office) ? operatorOf(network, office, operator).shows(procedure.path) : {};
    const bytes = procedure.encodeRequest(request);
    const { outcome } = await send(peers, procedure, { office, request: bytes, metadata, withinMs: PATIENCE_MS });
    peers.close();
    return 'refusal' in outcome ? { refusal: outcome.refusal } : { answer: outcome.answer };
  }

  /** Asks, and fails where it is refused. */
  async ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output> {
    const { answer, refusal } = await this.try(procedure, request);
    if (refusal) throw refusal;
    return answer as Output;
  }

  /** Why it is refused; undefined where it is not. */
  async refusalOf<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<string | undefined> {
    return (await this.try(procedure, request)).refusal?.reason;
  }
}

/** Somebody at the counter with a passport in their name. */
export function withPassport(
  { name, birthDate }: { name: string; birthDate?: string },
  more: { letterOfAttorney?: boolean } = {},
) {
  return { photoId: { kind: 'PASSPORT', expiresOn: '2020-01-01', name, birthDate }, ...more };
}
