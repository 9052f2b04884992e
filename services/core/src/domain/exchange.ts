import type { Caller } from './caller.js';
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
}

/** One question that this office is answering. */
export interface Exchange extends Account {
  caller: Caller;
  /** The records that the answer is about; the log entry names them. */
  concerns: Set<ResidentRecordCode>;
}

/** Where the ids and nonces of exchanges come from that begin at this office. */
export interface Fresh {
  newId: () => string;
  randomBytes: (size: number) => Buffer;
}

export function newNonce({ randomBytes }: Fresh): string {
  return randomBytes(16).toString('hex');
}
