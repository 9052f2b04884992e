import { ServerInterceptingCall, type ServerInterceptingCallInterface, type ServerInterceptor } from '@grpc/grpc-js';
import type { AuditLog } from '../audit/audit-log.js';
import { digestOf } from '../audit/entry.js';
import { isAllowed } from '../domain/access-policy.js';
import { type Caller, callerRoleAt, callerUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import type { TrustedAuthorities } from '../trust/peer-identity.js';
import { encodeRefusal } from '../wire/refusal-status.js';
import { callerOfCalls } from './caller-of-call.js';
import { CALLER } from './exchange-of-call.js';
import { statusOf } from './status.js';

interface Guard {
  office: OfficeId;
  trusted: TrustedAuthorities;
  audit: AuditLog;
  newId: () => string;
}

/** Lets a call through to its handler only where the access policy has a place for its caller. */
export function authorize(guard: Guard): ServerInterceptor {
  const callerOf = callerOfCalls(guard.trusted);
  return (method, call) =>
    new ServerInterceptingCall(call, {
      start: (next) =>
        next({
          onReceiveMetadata: (metadata, proceed) => {
            const caller = callerOf(call);
            const refusal = refuse(guard.office, method.path, caller);
            if (refusal) return void turnAway(guard, call, method.path, caller, refusal);
            metadata.set(CALLER, callerUri(caller as Caller));
            proceed(metadata);
          },
        }),
    });
}

function refuse(office: OfficeId, method: string, caller: Caller | undefined): Refusal | undefined {
  if (!caller) return new Refusal('CALLER_UNKNOWN', { office });
  return isAllowed(method, callerRoleAt(office, caller)) ? undefined : new Refusal('ACCESS_DENIED', { office });
}

async function turnAway(
  { office, audit, newId }: Guard,
  call: ServerInterceptingCallInterface,
  procedure: string,
  caller: Caller | undefined,
  refusal: Refusal,
): Promise<void> {
  const { status } = encodeRefusal(refusal);
  const entry = {
    event: 'ANSWERED' as const,
    procedure,
    exchange: newId(),
    caller: caller ? callerUri(caller) : '',
    operator: null,
    answering: office,
    purpose: '',
    outcome: refusal.reason,
    requestDigest: digestOf(''),
    answerDigest: digestOf(status),
  };
  const logged = await audit.append(entry).then(
    () => refusal,
    (cause) => new Refusal('INTERNAL', { cause }),
  );
  call.sendStatus(statusOf(logged));
}
