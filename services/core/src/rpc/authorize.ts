import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { isAllowed } from '../domain/access-policy.js';
import { type Caller, callerRoleAt, callerUri } from '../domain/caller.js';
import { isAboutTheLine } from '../domain/cut-off.js';
import type { Shown as SessionShown } from '../domain/exchange.js';
import { Refusal } from '../domain/refusal.js';
import { whyNotInSession } from '../operators/required-session.js';
import type { Sessions } from '../operators/session.js';
import type { Credentials } from '../trust/credentials.js';
import { REVOKED, type Shown } from '../trust/peer-identity.js';
import { accountForRefusal } from './account-for-refusal.js';
import type { Desk, DoorDesk } from './answer.js';
import { hangUpAfter, shownByCalls } from './caller-of-call.js';
import { cardOfCalls, shownByCall } from './card-of-call.js';
import { CALLER } from './exchange-of-call.js';
import { limitRate } from './limit-rate.js';
import { refuseWithReason } from './refuse-with-reason.js';
import { statusOf } from './status.js';

/** Lets a call through to its handler only where the access policy has a place for its caller. */
export function authorize(desk: DoorDesk, inUse: () => Credentials): ServerInterceptor {
  const shownBy = shownByCalls(inUse);
  const noteCard = cardOfCalls();
  return (method, call) => {
    let seen: Metadata | undefined;
    const account = (refusal: Refusal) => {
      const unread = { procedure: method.path, caller: shownBy(call)?.caller, metadata: seen };
      return accountForRefusal(desk, unread, refusal);
    };
    const isRefused = refuseWithReason(call, account);
    return new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            seen = metadata;
            const shown = shownBy(call);
            noteCard(metadata, call, shown?.caller);
            const knock = { method: method.path, call, caller: shown?.caller };
            const admitted = limitRate(desk, knock, metadata) ?? admit(desk, method.path, shown, shownByCall(metadata));
            if (!(admitted instanceof Refusal)) {
              metadata.set(CALLER, callerUri(admitted));
              return proceed(metadata);
            }
            return void account(admitted).then((accounted) => {
              call.sendStatus(statusOf(accounted));
              if (admitted.details.fault === REVOKED || admitted.reason === 'CUT_OFF') hangUpAfter(call);
            });
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

function admit(
  { office, network, sessions }: Pick<Desk, 'office' | 'network'> & { sessions: Sessions },
  method: string,
  shown: Shown | undefined,
  session: SessionShown,
): Caller | Refusal {
  if (!shown) return new Refusal('CALLER_UNKNOWN', { office });
  if (shown.revokedOn) return new Refusal('CALLER_UNKNOWN', { office, fault: REVOKED });
  const { caller } = shown;
  if (caller.kind === 'office' && !isAboutTheLine(method)) {
    const cut = [caller.office, office].find((one) => network.cutOff(one));
    if (cut) return new Refusal('CUT_OFF', { office: cut });
  }
  if (!isAllowed(method, callerRoleAt(office, caller))) return new Refusal('ACCESS_DENIED', { office });
  return whyNotInSession(sessions, method, caller, session) ?? caller;
}
