import type { OfficeId } from '#core/domain/office.js';
import type { AddressOf } from '#core/network.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import { loadCredentials, operatorFolder } from '#core/trust/credentials.js';
import type { Asked } from '#core/wire/procedure.js';
import { OPERATOR } from '../certificates/ensure-certificates.js';

const PATIENCE_MS = 15_000;

/** An operator at their own office, over its gRPC API, with the operator's certificate. */
export class Operator {
  private readonly office: OfficeId;
  private readonly peers: Peers;

  constructor(certs: string, office: OfficeId, addressOf: AddressOf, name = OPERATOR) {
    this.office = office;
    this.peers = new Peers(loadCredentials(operatorFolder(certs, office, name)), addressOf);
  }

  /** @throws Refusal with the office's reason, or OFFICE_UNAVAILABLE */
  async ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output> {
    const letter = { office: this.office, metadata: {}, withinMs: PATIENCE_MS };
    const bytes = procedure.encodeRequest(request);
    const { outcome } = await send(this.peers, procedure, { ...letter, request: bytes });
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.answer;
  }

  close(): void {
    this.peers.close();
  }
}
