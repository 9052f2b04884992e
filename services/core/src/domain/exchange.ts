import type { Caller } from './caller.js';
import type { Mandate } from './mandate.js';
import type { OfficeId } from './office.js';
import type { Provision } from './provision/provision.js';
import type { ResidentRecordCode } from './resident-record-code.js';

/** On whose behalf, and for what, something is asked (ACCOUNT). */
export interface Account {
  /** Names the question and its answer in both offices' logs. */
  id: string;
  /** 32 hex digits: hides what the logs' digests are over. */
  nonce: string;
  /** Who acts at the asking office. */
  operator: string;
  /** Why, in a term of the procedure or in the operator's words. */
  purpose: string;
  /** What the operator's card has signed, where it has. */
  mandate?: Mandate | undefined;
}

/** One question that this office is answering. */
export interface Exchange extends Account {
  caller: Caller;
  /** Whose operator's card stands behind it, once the mandate has been held against that card. */
  mandatedBy?: OfficeId;
  /** The records that the answer is about; the log entry names them. */
  concerns: Set<ResidentRecordCode>;
  /** What was provided; the log entry tells it. */
  provision?: Provision;
  /** What an operator's tool shows besides its certificate. */
  shown?: Shown;
}

/** With which card an operator asks, and in which session; each is empty where it is not shown. */
export interface Shown {
  /** The fingerprint of the certificate on it. */
  card: string;
  /** The token of the session. */
  session: string;
}

/** Where the ids and nonces of exchanges come from that begin at this office. */
export interface Fresh {
  newId: () => string;
  randomBytes: (size: number) => Buffer;
}

export function newNonce({ randomBytes }: Pick<Fresh, 'randomBytes'>): string {
  return randomBytes(16).toString('hex');
}
