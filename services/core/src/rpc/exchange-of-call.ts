import type { Metadata } from '@grpc/grpc-js';
import { type Caller, callerOfUri } from '../domain/caller.js';
import { type Exchange, type Fresh, newNonce } from '../domain/exchange.js';
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
  const told = caller.kind === 'office' ? accountIn(metadata) : { operator: caller.name };
  return {
    // What an operator's card has signed for goes by the name that is signed.
    ...{ id: mandate?.exchange ?? fresh.newId(), nonce: newNonce(fresh), operator: '', purpose: '', ...told },
    ...{ caller, mandate },
    concerns: new Set(),
    ...(shown.card && { shown }),
  };
}

/** The caller that was let in. */
export function callerLetIn(metadata: Metadata): Caller {
  const caller = callerOfUri(textIn(metadata, CALLER));
  if (!caller) throw new Refusal('CALLER_UNKNOWN');
  return caller;
}

/** @throws Refusal INVALID_REQUEST where an office does not account for its question. */
export function checkAccount(metadata: Metadata, { caller }: Exchange): void {
  const field = caller.kind === 'office' ? faultInAccount(accountIn(metadata)) : undefined;
  if (field) throw new Refusal('INVALID_REQUEST', { field, fault: 'is missing or malformed' });
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
