import { type Fresh, newNonce } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import { isReason, type Reason } from '../domain/refusal.js';
import { changeMessage } from '../wire/change-message.js';
import type { PropagationServiceDefinition } from '../wire/generated/juki/propagation/v1/PropagationService.js';
import { plainOf } from '../wire/plain.js';
import { procedures } from '../wire/procedure.js';
import { type Asker, ask } from './ask.js';

/** Nobody waits at a counter for it. */
const PATIENCE_MS = 20_000;

const { DeliverChanges } = procedures<PropagationServiceDefinition>('juki.propagation.v1.PropagationService');

/** What became of a delivered change, in the words of the level above. */
export interface Answered {
  changeId: string;
  standing: string;
  reason?: Reason;
}

type PlainVerdict = Omit<Answered, 'reason'> & { reason?: string };

/** @returns a function that delivers changes to the level above, and throws its refusal or OFFICE_UNAVAILABLE. */
export function deliverChanges(asker: Asker & Fresh) {
  return async (parent: OfficeId, changes: Change[]): Promise<Answered[]> => {
    const { verdicts } = await ask(asker, DeliverChanges, {
      office: parent,
      request: { changes: changes.map(changeMessage) },
      account: { id: asker.newId(), nonce: newNonce(asker), operator: 'courier', purpose: 'CHANGE_DELIVERY' },
      concerns: changes.map(({ identification }) => identification.residentRecordCode),
      reasons: ['NOT_PARTICIPATING'],
      withinMs: PATIENCE_MS,
    });
    return verdicts.map((verdict) => {
      const { reason, ...answered } = plainOf('juki.propagation.v1.Verdict', verdict) as unknown as PlainVerdict;
      return { ...answered, ...(reason !== undefined && { reason: isReason(reason) ? reason : 'INTERNAL' }) };
    });
  };
}
