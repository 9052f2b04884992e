import type { Metadata } from '@grpc/grpc-js';
import { type Caller, callerOfUri } from '../domain/caller.js';
import { type Account, type Exchange, type Fresh, newNonce } from '../domain/exchange.js';
import { Refusal } from '../domain/refusal.js';
import { faultInAccount, readAccount } from '../wire/account-metadata.js';
import { MANDATE, MANDATE_CARD, readMandate } from '../wire/mandate-text.js';
import { shownByCall } from './card-of-call.js';

/** Set by the authorizing interceptor alone, from the certificate; what a caller sends under this name is lost. */
export const CALLER = 'juki-caller';

/**
 * Who asks, for whom and why. An office says so in the metadata; an operator's certificate names the operator, and
 * the request states the purpose where the procedure leaves one open.
 */
export function exchangeOfCall(metadata: Metadata, caller: Caller, fresh: Fresh): Exchange {
  const shown = shownByCall(metadata);
  const mandate = readMandate(textIn(metadata, MANDATE), bytesIn(metadata, MANDATE_CARD));
  const told: Partial<Account> = caller.kind === 'operator' ? { operator: caller.name } : accountIn(metadata);
  return {
    // What an operator's card has signed for goes by the name that is signed.
    id: told.id ?? mandate?.exchange ?? fresh.newId(),
    ...{ nonce: told.nonce ?? newNonce(fresh), operator: told.operator ?? '', purpose: told.purpose ?? '' },
    ...{ caller, mandate },
    concerns: new Set(),
    ...(shown.card && { shown }),
  };
}

/** As an agency says it of a question among others. */
export function exchangeAsTold(told: Partial<Account>, caller: Caller, fresh: Fresh): Exchange {
  const { id = fresh.newId(), nonce = newNonce(fresh), operator = '', purpose = '' } = told;
  return { id, nonce, operator, purpose, caller, concerns: new Set() };
}

/** The caller that was let in. */
export function callerLetIn(metadata: Metadata): Caller {
  const caller = callerOfUri(textIn(metadata, CALLER));
  if (!caller) throw new Refusal('CALLER_UNKNOWN');
  return caller;
}

/** The part of an account that an office or an agency has not stated in its due form. */
export function faultInAccountOf(metadata: Metadata, { caller }: Exchange): string | undefined {
  return caller.kind === 'operator' ? undefined : faultInAccount(accountIn(metadata));
}

function accountIn(metadata: Metadata) {
  return readAccount((key) => textIn(metadata, key));
}

function bytesIn(metadata: Metadata, key: string): Buffer | undefined {
  const [bytes] = metadata.get(key);
  return Buffer.isBuffer(bytes) ? bytes : undefined;
}

function textIn(metadata: Metadata, key: string): string {
  return metadata.get(key)[0]?.toString() ?? '';
}
