import { type Metadata, ServerInterceptingCall, type ServerInterceptor } from '@grpc/grpc-js';
import { isAllowed } from '../domain/access-policy.js';
import { type Caller, callerRoleAt, callerUri } from '../domain/caller.js';
import { isAboutTheLine } from '../domain/cut-off.js';
import type { Shown as SessionShown } from '../domain/exchange.js';
import { Refusal } from '../domain/refusal.js';
import { whyNotInSession } from '../operators/required-session.js';
import type { Credentials } from '../trust/credentials.js';
import { REVOKED, type Shown } from '../trust/peer-identity.js';
import { accountForRefusal } from './account-for-refusal.js';
import type { DoorDesk } from './answer.js';
import { hangUpAfter, sessionOf, shownByCalls } from './caller-of-call.js';
import { cardOfCalls, shownByCall } from './card-of-call.js';
import { CALLER, exchangeOfCall } from './exchange-of-call.js';
import { limitRate } from './limit-rate.js';
import type { OpenConnections } from './open-connections.js';
import { refuseWithReason } from './refuse-with-reason.js';
import { statusOf } from './status.js';
import { whyNotHeard } from './why-not-heard.js';

/** Lets a call through to its handler only where the access policy has a place for its caller. */
export function authorize(desk: DoorDesk, inUse: () => Credentials, open: OpenConnections): ServerInterceptor {
  const shownBy = shownByCalls(inUse);
  const noteCard = cardOfCalls();
  return (method, call) => {
    let seen: Metadata | undefined;
    const account = (refusal: Refusal) => {
      const caller = shownBy(call)?.caller;
      const asked = caller && seen && exchangeOfCall(seen, caller, desk);
      return accountForRefusal(desk, { procedure: method.path, caller, asked }, refusal);
    };
    const isRefused = refuseWithReason(call, account);
    const end = async (refusal: Refusal) => call.sendStatus(statusOf(await account(refusal)));
    const session = sessionOf(call);
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
              if (method.responseStream) open.holds(session, end);
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
          onCancel: () => open.over(session, end),
        }),
    });
  };
}

function admit(
  { office, network, sessions }: Pick<DoorDesk, 'office' | 'network' | 'sessions'>,
  method: string,
  shown: Shown | undefined,
  session: SessionShown,
): Caller | Refusal {
  const refusal = whyNotHeard({ office, network }, shown);
  if (!shown || (refusal && !(refusal.reason === 'CUT_OFF' && isAboutTheLine(method)))) return refusal as Refusal;
  const { caller } = shown;
  if (!isAllowed(method, callerRoleAt(office, caller))) return new Refusal('ACCESS_DENIED', { office });
  return whyNotInSession(sessions, method, caller, session) ?? caller;
}
