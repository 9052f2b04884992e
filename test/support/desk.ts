import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Asked } from '#core/wire/procedure.js';
import { OPERATOR } from '#scripts/certificates/ensure-certificates.js';
import { Operator } from '#scripts/operator/operator.js';
import type { TestNetwork } from './test-network.js';

/** What an operator's question came to: the answer, or the refusal. */
export interface Reply<Output> {
  answer?: Output;
  refusal?: Refusal;
}

/** The desk of an operator at their own office: questions over gRPC, with the operator's certificate. */
export class Desk {
  private readonly network: TestNetwork;
  private readonly office: OfficeId;
  private readonly operator: string;

  constructor(network: TestNetwork, office: OfficeId, operator = OPERATOR) {
    this.network = network;
    this.office = office;
    this.operator = operator;
  }

  async try<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Reply<Output>> {
    const operator = new Operator(this.network.certs, this.office, this.network.addressOf, this.operator);
    try {
      return { answer: await operator.ask(procedure, request) };
    } catch (error) {
      if (error instanceof Refusal) return { refusal: error };
      throw error;
    } finally {
      operator.close();
    }
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
