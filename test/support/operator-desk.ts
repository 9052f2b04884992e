import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OfficeId } from '#core/domain/office.js';
import { type OpenCard, OperatorCard } from '#core/operators/operator-card.js';
import { cardPath, FILE, operatorFolder } from '#core/trust/credentials.js';
import type { SignInServiceDefinition } from '#core/wire/generated/juki/operator/v1/SignInService.js';
import { type Asked, procedures } from '#core/wire/procedure.js';
import { demoPassword, demoPin } from '#scripts/certificates/demo-operators.js';
import { type Identity, RawLine } from './raw-line.js';
import type { TestNetwork } from './test-network.js';

export const { SignIn, SignOut, UnlockOperator, ChangePassword, ReplaceCard } = procedures<SignInServiceDefinition>(
  'juki.operator.v1.SignInService',
);

interface Asking {
  session?: string;
  /** The office that is asked; their own by default. */
  at?: OfficeId;
  /** What the connection is made with; their own card by default. */
  identity?: Identity;
  /** Whatever else the call says. */
  metadata?: Record<string, string>;
}

/** An operator of the demo network with their card in the reader, who can ask any office anything. */
export class OperatorDesk {
  readonly office: OfficeId;
  readonly name: string;
  readonly card: OperatorCard;
  private readonly network: TestNetwork;

  constructor(network: TestNetwork, office: OfficeId, name: string) {
    this.network = network;
    this.office = office;
    this.name = name;
    this.card = new OperatorCard(cardPath(network.certs, office, name));
  }

  get password(): string {
    return demoPassword(this.office, this.name);
  }

  open(pin = demoPin(this.office, this.name)): OpenCard {
    return this.card.open(pin);
  }

  /** What a connection is made with: the certificate of the card, and its key, which the PIN has opened. */
  identity({ certificate, key } = this.open()): Required<Identity> {
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString();
    const folder = operatorFolder(this.network.certs, this.office, this.name);
    return { ca: readFileSync(join(folder, FILE.offices)), cert: certificate, key: pem };
  }

  /** One call with the card; what came back, or why not. */
  async ask<Input, Output>(
    procedure: Asked<Input, Output>,
    request: Input,
    { session = '', at = this.office, identity = this.identity(), metadata = {} }: Asking = {},
  ): Promise<{ answer?: Output; reason?: string; title: string; status: Buffer }> {
    const line = new RawLine(this.network.node(at).grpcPort, identity);
    try {
      const { messages, reason, title, status } = await line.call(procedure.path, procedure.encodeRequest(request), {
        metadata: { ...metadata, ...(session && { 'juki-session': session }) },
      });
      const [bytes] = messages;
      const answer = bytes ? { answer: procedure.decodeResponse(bytes) } : {};
      return { ...answer, ...(reason !== undefined && { reason }), title, status };
    } finally {
      line.close();
    }
  }

  signIn(password = this.password, asking: Asking = {}) {
    return this.ask(SignIn, { password }, asking);
  }

  /** Signs in. @returns the session */
  async session(): Promise<string> {
    const { answer, reason } = await this.signIn();
    if (!answer) throw new Error(`${this.name} can not sign in: ${reason}`);
    return answer.session;
  }

  /** Why something that only operators may do who have signed in is refused in a session; undefined where it is not. */
  async refusalIn(session: string): Promise<string | undefined> {
    // Nobody is of this name, so whoever gets that far is told so.
    const { reason } = await this.ask(UnlockOperator, { operator: 'nobody' }, { session });
    return reason === 'INVALID_REQUEST' ? undefined : reason;
  }
}
