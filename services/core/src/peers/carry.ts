import type { Account } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import type { SignedStatement } from '../domain/proof.js';
import { accountMetadata } from '../wire/account-metadata.js';
import { mandateMetadata } from '../wire/mandate-text.js';
import { statementMetadata } from '../wire/statement-metadata.js';
import type { Peers } from './peers.js';
import { type Came, call } from './send.js';

/** A question that is accounted for and proved. */
export interface ProvenLetter {
  office: OfficeId;
  request: Buffer;
  account: Account;
  proof: SignedStatement;
  /** How long an answer is waited for. */
  withinMs: number;
}

/** Brings a question to the method with this path, and what came back. Never rejects. */
export type Carry = (path: string, letter: ProvenLetter) => Promise<Came>;

/** Each in a call of its own. */
export function byCall(peers: Peers): Carry {
  return (path, { office, request, account, proof, withinMs }) => {
    const said = { ...accountMetadata(account), ...statementMetadata('proof', proof) };
    const metadata = { ...said, ...mandateMetadata(account.mandate) };
    return call(peers, path, { office, request, metadata, withinMs });
  };
}
