import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { isAllowed } from '../domain/access-policy.js';
import { type Caller, callerRoleAt, callerUri } from '../domain/caller.js';
import { isAboutTheLine } from '../domain/cut-off.js';
import { Refusal } from '../domain/refusal.js';
import type { TrustedAuthorities } from '../trust/peer-identity.js';
import { accountForRefusal } from './account-for-refusal.js';
import type { Desk } from './answer.js';
import { callerOfCalls } from './caller-of-call.js';
import { cardOfCalls } from './card-of-call.js';
import { CALLER } from './exchange-of-call.js';
import { refuseWithReason } from './refuse-with-reason.js';
import { statusOf } from './status.js';

/** Lets a call through to its handler only where the access policy has a place for its caller. */
export function authorize(desk: Desk, trusted: TrustedAuthorities): ServerInterceptor {
  const callerOf = callerOfCalls(trusted);
  const noteCard = cardOfCalls();
  return (method, call) => {
    let seen: Metadata | undefined;
    const account = (refusal: Refusal) => {
      const unread = { procedure: method.path, caller: callerOf(call), metadata: seen };
      return accountForRefusal(desk, unread, refusal);
    };
    const isRefused = refuseWithReason(call, account);
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            seen = metadata;
            const caller = callerOf(call);
            const refusal = refuse(desk, method.path, caller);
            if (refusal) return void account(refusal).then((accounted) => call.sendStatus(statusOf(accounted)));
            metadata.set(CALLER, callerUri(caller as Caller));
            noteCard(metadata, call, caller);
            return proceed(metadata);
          },
          onReceiveMessage: (message, proceed) => {
            if (!isRefused()) proceed(message);
          },
          onReceiveHalfClose: (proceed) => {
            if (!isRefused()) proceed();
          },
        }),
    });
  };
}

function refuse({ office, network }: Desk, method: string, caller: Caller | undefined): Refusal | undefined {
  if (!caller) return new Refusal('CALLER_UNKNOWN', { office });
  if (caller.kind === 'office' && !isAboutTheLine(method)) {
    const cut = [caller.office, office].find((one) => network.cutOff(one));
    if (cut) return new Refusal('CUT_OFF', { office: cut });
  }
  return isAllowed(method, callerRoleAt(office, caller)) ? undefined : new Refusal('ACCESS_DENIED', { office });
}
