import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { callerUri } from '#core/domain/caller.js';
import type { Clock } from '#core/domain/clock.js';
import type { OfficeId } from '#core/domain/office.js';
import { proofBytes } from '#core/domain/proof.js';
import type { Reason } from '#core/domain/refusal.js';
import type { AddressOf } from '#core/network.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import type { Credentials } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import { accountMetadata } from '#core/wire/account-metadata.js';
import { statementMetadata } from '#core/wire/statement-metadata.js';
import type { DrawnQuestion } from './questions.js';

const PATIENCE_MS = 10_000;
/** Where nobody answers, before the next question. */
const PAUSE_MS = 20;

/** A question that was sent, and what came back. */
export interface Asked {
  exchange: string;
  nonce: string;
  caller: string;
  procedure: string;
  /** Null where no answer arrived. */
  arrived: { outcome: 'OK' | Reason; bytes: Buffer } | null;
}

interface Place {
  office: OfficeId;
  credentials: Credentials;
  addressOf: AddressOf;
  clock: Clock;
}

/** An office that asks another one question after another, and keeps what came back for each. */
export class Asker {
  readonly asked: Asked[] = [];
  private readonly place: Place;
  private readonly peers: Peers;
  private readonly statements: Statements;
  private isOver = false;

  constructor(place: Place) {
    this.place = place;
    this.peers = new Peers(place.credentials, place.addressOf);
    this.statements = new Statements(place.credentials);
  }

  /** @param onAnswer - called as each answer arrives */
  async askUntilOver(answering: OfficeId, draw: () => DrawnQuestion, onAnswer: () => void): Promise<void> {
    while (!this.isOver) {
      const asked = await this.ask(answering, draw());
      this.asked.push(asked);
      if (asked.arrived) onAnswer();
      else await wait(PAUSE_MS);
    }
  }

  end(): void {
    this.isOver = true;
  }

  close(): void {
    this.peers.close();
  }

  private async ask(answering: OfficeId, { procedure, request, purpose }: DrawnQuestion): Promise<Asked> {
    const { office: asking, clock } = this.place;
    const account = { id: randomUUID(), nonce: randomBytes(16).toString('hex'), operator: 'courier', purpose };
    const { id: exchange, nonce, operator } = account;
    const askedAt = clock.now();
    const stated = { exchange, nonce, procedure: procedure.path, asking, answering, operator, purpose };
    const proof = await this.statements.sign(proofBytes({ ...stated, askedAt, request }), askedAt);
    const metadata = { ...accountMetadata(account), ...statementMetadata('proof', proof) };
    const { said, bytes } = await send(this.peers, procedure, {
      ...{ office: answering, request, metadata, withinMs: PATIENCE_MS },
    });
    return {
      ...{ exchange, nonce, caller: callerUri({ kind: 'office', office: asking }), procedure: procedure.path },
      arrived: said === null || bytes === null ? null : { outcome: said, bytes },
    };
  }
}
