import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Clock } from '#core/domain/clock.js';
import { type Mandate, type MandateStatement, mandateFor } from '#core/domain/mandate.js';
import type { OfficeId } from '#core/domain/office.js';
import { proofBytes } from '#core/domain/proof.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import { readAccount } from '#core/wire/account-metadata.js';
import { mandateMetadata, readMandate } from '#core/wire/mandate-text.js';
import { statementMetadata } from '#core/wire/statement-metadata.js';
import { DEMO_OPERATORS, demoPin } from '#scripts/certificates/demo-operators.js';
import { openCard } from '#scripts/operator/card-in-reader.js';
import { signMandate } from '#scripts/operator/sign-mandate.js';
import { accountOf } from './accounts.js';
import { identityIn, RawLine, type RawReply, type Sending } from './raw-line.js';
import type { TestNetwork } from './test-network.js';

type Headers = Record<string, string | Buffer>;

/** Of a question: who has it asked, why, and under which name. */
export type Stated = Pick<MandateStatement, 'operator' | 'purpose' | 'exchange'>;

/** An open card, PEM. */
interface Card {
  certificate: Buffer | string;
  key: Buffer | string;
}

interface Between {
  asking: OfficeId;
  answering: OfficeId;
  clock: Clock;
  /** What an operator's card signs of a question; undefined where no card stands behind it. */
  mandateOf: (stated: Stated) => Mandate | undefined;
  /** What the asking office signs with. */
  statements: Statements;
}

/** Proves questions of one office to another, whatever they are. */
export class Prover {
  private readonly between: Between;

  constructor(between: Between) {
    this.between = between;
  }

  /** The account and the proof over it and the bytes; of what is missing or malformed in the account, over nothing. */
  async headers(procedure: string, request: Uint8Array, account: Record<string, string>): Promise<Headers> {
    const { asking, answering, clock, statements, mandateOf } = this.between;
    const { id = '', nonce = '', operator = '', purpose = '' } = readAccount((key) => account[key] ?? '');
    const statement = { exchange: id, nonce, procedure, asking, answering, operator, purpose, askedAt: clock.now() };
    const mandate = mandateFor(procedure) ? mandateOf({ operator, purpose, exchange: id }) : undefined;
    const bytes = proofBytes({ ...statement, mandate: mandate?.signature, request });
    const proof = await statements.sign(bytes, statement.askedAt);
    return { ...account, ...statementMetadata('proof', proof), ...mandateMetadata(mandate) };
  }
}

/** What the cards of the demo's operators sign at an office; of somebody who is none, nothing. */
export function demoMandates(certs: string, office: OfficeId, clock: Clock): Between['mandateOf'] {
  return (stated) => {
    if (!DEMO_OPERATORS.some(({ name }) => name === stated.operator)) return undefined;
    const card = openCard(certs, office, stated.operator, demoPin(office, stated.operator));
    return mandateBy(card, { ...stated, office, at: clock.now() });
  };
}

/** A mandate as it goes to another office, with the certificate of the card. */
export function mandateBy({ certificate, key }: Card, statement: MandateStatement): Mandate | undefined {
  return readMandate(signMandate(statement, createPrivateKey(key)), new X509Certificate(certificate).raw);
}

interface ProvenSending extends Omit<Sending, 'metadata'> {
  metadata?: Record<string, string>;
}

/** A line of an office's own making, on which every question carries a proof over its account and its bytes. */
export class ProvenLine {
  private readonly line: RawLine;
  private readonly prover: Prover;

  constructor(line: RawLine, prover: Prover) {
    this.line = line;
    this.prover = prover;
  }

  /** From one office of a network to another that runs. */
  static between(network: TestNetwork, asking: OfficeId, answering: OfficeId): ProvenLine {
    const { certs, clock } = network;
    return ProvenLine.to(network.node(answering).grpcPort, { certs, asking, answering, clock });
  }

  static to(
    grpcPort: number,
    { certs, ...between }: Omit<Between, 'statements' | 'mandateOf'> & { certs: string },
  ): ProvenLine {
    const folder = officeFolder(certs, between.asking);
    const mandateOf = demoMandates(certs, between.asking, between.clock);
    const prover = new Prover({ ...between, mandateOf, statements: new Statements(loadCredentials(folder)) });
    return new ProvenLine(new RawLine(grpcPort, identityIn(folder)), prover);
  }

  async call(path: string, message: Uint8Array = Buffer.alloc(0), sending: ProvenSending = {}): Promise<RawReply> {
    const metadata = await this.prover.headers(path, message, sending.metadata ?? accountOf());
    return this.line.call(path, message, { ...sending, metadata });
  }

  close(): void {
    this.line.close();
  }
}
