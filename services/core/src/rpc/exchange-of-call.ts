import type { Metadata } from '@grpc/grpc-js';
import { type Caller, callerOfUri } from '../domain/caller.js';
import type { Exchange } from '../domain/exchange.js';
import { Refusal } from '../domain/refusal.js';
import { ACCOUNT_KEYS, isAccountText } from '../wire/account-metadata.js';

/** Set by the authorizing interceptor alone, from the certificate; what a caller sends under this name is lost. */
export const CALLER = 'juki-caller';

/**
 * Who asks, for whom and why. An office says so in the metadata; an operator's certificate names the operator, and
 * the request states the purpose where the procedure leaves one open.
 */
export function exchangeOfCall(metadata: Metadata, caller: Caller, newId: () => string): Exchange {
  const told = (key: string) => {
    const text = textOf(metadata, key);
    return isAccountText(text) ? text : '';
  };
  const isOffice = caller.kind === 'office';
  return {
    id: (isOffice && told(ACCOUNT_KEYS.exchange)) || newId(),
    caller,
    operator: isOffice ? told(ACCOUNT_KEYS.operator) : caller.name,
    purpose: isOffice ? told(ACCOUNT_KEYS.purpose) : '',
    concerns: new Set(),
  };
}

/** The caller that was let in. */
export function callerLetIn(metadata: Metadata): Caller {
  const caller = callerOfUri(textOf(metadata, CALLER));
  if (!caller) throw new Refusal('CALLER_UNKNOWN');
  return caller;
}

/** @throws Refusal INVALID_REQUEST where an office does not account for its question. */
export function checkAccount(metadata: Metadata, { caller }: Exchange): void {
  if (caller.kind !== 'office') return;
  for (const field of Object.values(ACCOUNT_KEYS)) {
    if (!isAccountText(textOf(metadata, field))) throw new Refusal('INVALID_REQUEST', { field, fault: 'is missing' });
  }
}

function textOf(metadata: Metadata, key: string): string {
  return metadata.get(key)[0]?.toString() ?? '';
}
