import { createPrivateKey, type KeyObject, randomUUID } from 'node:crypto';
import type { OfficeId } from '#core/domain/office.js';
import { needsSignIn } from '#core/domain/operator-role.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import type { AddressOf } from '#core/network.js';
import { Peers } from '#core/peers/peers.js';
import { send } from '#core/peers/send.js';
import type { Credentials } from '#core/trust/credentials.js';
import type { SignInServiceDefinition } from '#core/wire/generated/juki/operator/v1/SignInService.js';
import { MANDATE } from '#core/wire/mandate-text.js';
import { plainOf } from '#core/wire/plain.js';
import { type Asked, procedures } from '#core/wire/procedure.js';
import { SESSION, SESSION_COOKIE } from '#core/wire/session-names.js';
import { demoPassword, demoPin } from '../certificates/demo-operators.js';
import { openCard } from './card-in-reader.js';
import { purposeOfMandate, signMandate } from './sign-mandate.js';

const { SignIn } = procedures<SignInServiceDefinition>('juki.operator.v1.SignInService');
const PATIENCE_MS = 15_000;
/** What another sign-in may mend. */
const AGAIN: readonly Reason[] = ['SIGN_IN_REQUIRED', 'MANDATE_NOT_VALID'];

/** What an operator knows. */
export interface Secrets {
  pin: string;
  password: string;
}

/** Who sits down at which office. */
export interface Seat {
  certs: string;
  office: OfficeId;
  addressOf: AddressOf;
  /** The demo's, where nobody says otherwise. */
  secrets?: Partial<Secrets>;
}

/** A session that was begun, and by how much the office's clock is ahead of this machine's. */
interface Begun {
  session: string;
  aheadMs: number;
}

/** An operator at their own office, over its gRPC API: card in the reader, signed in when something first needs it. */
export class Operator {
  readonly office: OfficeId;
  readonly name: string;
  readonly credentials: Credentials;
  private readonly key: KeyObject;
  private readonly peers: Peers;
  private readonly password: string;
  private begun: Promise<Begun> | undefined;

  /** @throws Refusal CARD_INVALID, PIN_FAILED */
  constructor({ certs, office, addressOf, secrets = {} }: Seat, name: string) {
    const { pin = demoPin(office, name), password = demoPassword(office, name) } = secrets;
    this.office = office;
    this.name = name;
    this.password = password;
    this.credentials = openCard(certs, office, name, pin);
    this.key = createPrivateKey(this.credentials.key);
    this.peers = new Peers(this.credentials, addressOf);
  }

  /** @throws Refusal with the office's reason, or OFFICE_UNAVAILABLE */
  async ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output> {
    if (!needsSignIn(procedure.path)) return this.send(procedure, request, {});
    try {
      return await this.send(procedure, request, await this.shown(procedure.path));
    } catch (error) {
      if (!(error instanceof Refusal && AGAIN.includes(error.reason))) throw error;
      // It was idle for too long, or the office was started again, or the clock was set, meanwhile.
      this.begun = undefined;
      return this.send(procedure, request, await this.shown(procedure.path));
    }
  }

  /** @returns the token of the session, which begins where there is none */
  async session(): Promise<string> {
    return (await this.signedIn()).session;
  }

  /** @returns what the card signs before another office is asked for this purpose, once */
  async mandate(purpose: string): Promise<string> {
    const { aheadMs } = await this.signedIn();
    const { office, name: operator } = this;
    const at = new Date(Date.now() + aheadMs);
    return signMandate({ office, operator, purpose, at, exchange: randomUUID() }, this.key);
  }

  /** @returns what an HTTP request shows beside the certificate */
  async headers(method: string): Promise<Record<string, string>> {
    const { [SESSION]: token = '', ...others } = await this.shown(method);
    return { cookie: `${SESSION_COOKIE}=${token}`, ...others };
  }

  close(): void {
    this.peers.close();
  }

  private async shown(method: string): Promise<Record<string, string>> {
    const purpose = purposeOfMandate(method);
    const mandate = purpose === undefined ? {} : { [MANDATE]: await this.mandate(purpose) };
    return { [SESSION]: await this.session(), ...mandate };
  }

  private signedIn(): Promise<Begun> {
    this.begun ??= this.signIn().catch((error) => {
      this.begun = undefined;
      throw error;
    });
    return this.begun;
  }

  private async signIn(): Promise<Begun> {
    const answer = await this.send(SignIn, { password: this.password }, {});
    const { session, signedInAt } = plainOf(SignIn.answer, answer) as { session: string; signedInAt: string };
    return { session, aheadMs: Date.parse(signedInAt) - Date.now() };
  }

  private async send<Input, Output>(
    procedure: Asked<Input, Output>,
    request: Input,
    metadata: Record<string, string>,
  ): Promise<Output> {
    const letter = { office: this.office, metadata, withinMs: PATIENCE_MS };
    const bytes = procedure.encodeRequest(request);
    const { outcome } = await send(this.peers, procedure, { ...letter, request: bytes });
    if ('refusal' in outcome) throw outcome.refusal;
    return outcome.answer;
  }
}
