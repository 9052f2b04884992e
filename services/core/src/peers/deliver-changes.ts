import type { ZodType } from 'zod';
import type { ShownLog } from '../audit/show-log.js';
import type { WitnessOfLogs } from '../audit/witness-logs.js';
import { type Fresh, newNonce } from '../domain/exchange.js';
import type { Change } from '../domain/fold-changes.js';
import type { OfficeId } from '../domain/office.js';
import { isReason, type Reason } from '../domain/refusal.js';
import { changeMessage } from '../wire/change-message.js';
import type { PropagationServiceDefinition } from '../wire/generated/juki/propagation/v1/PropagationService.js';
import { headMessage, PlainHead, PlainWitnessed, witnessedMessage } from '../wire/head-message.js';
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

interface Deliverer extends Asker, Fresh {
  shownLog: Pick<ShownLog, 'headIfAny' | 'heed'>;
  witness: Pick<WitnessOfLogs, 'seenOf' | 'heed'>;
}

/**
 * @returns a function that delivers changes to the level above, and throws its refusal or OFFICE_UNAVAILABLE. With them
 * goes what the two offices have seen of each other's logs. Where the level above has seen another part of this one than
 * was thought, the log is shown once more, alone.
 */
export function deliverChanges(deliverer: Deliverer) {
  return async (parent: OfficeId, changes: Change[]): Promise<Answered[]> => {
    const { verdicts, showFrom } = await deliver(deliverer, parent, changes);
    if (showFrom !== undefined)
      // Where that fails, the next delivery finds out the same.
      await deliver(deliverer, parent, [], showFrom).catch(() => {});
    return verdicts.map((verdict) => {
      const { reason, ...answered } = plainOf('juki.propagation.v1.Verdict', verdict) as unknown as PlainVerdict;
      return { ...answered, ...(reason !== undefined && { reason: isReason(reason) ? reason : 'INTERNAL' }) };
    });
  };
}

async function deliver(deliverer: Deliverer, parent: OfficeId, changes: Change[], seen?: number) {
  const { shownLog, witness, newId } = deliverer;
  const account = { id: newId(), nonce: newNonce(deliverer), operator: 'courier', purpose: 'CHANGE_DELIVERY' };
  // Changes do not wait for a log that can not be shown: its witness sees that it is shown no more.
  const head = await shownLog.headIfAny(parent, seen);
  if (!head && changes.length === 0) return { verdicts: [], showFrom: undefined };
  const witnessed = await witness.seenOf(parent);
  const { verdicts, ...answer } = await ask(deliverer, DeliverChanges, {
    office: parent,
    request: {
      changes: changes.map(changeMessage),
      ...(head && { head: headMessage(head) }),
      ...((witnessed.countersigned ?? witnessed.kept) && { witnessed: witnessedMessage(witnessed) }),
    },
    account,
    concerns: changes.map(({ identification }) => identification.residentRecordCode),
    reasons: ['NOT_PARTICIPATING'],
    withinMs: PATIENCE_MS,
  });
  const theirs = read(PlainHead, 'juki.audit.v1.Head', answer.head);
  if (theirs) await witness.heed(parent, theirs, account);
  const told = read(PlainWitnessed, 'juki.audit.v1.Witnessed', answer.witnessed);
  return { verdicts, showFrom: head && told && (await shownLog.heed(parent, told, { head, exchange: account })) };
}

/** What the other office says of logs does not make its verdicts void: what can not be read is left out. */
function read<Output>(schema: ZodType<Output>, type: string, message: object | null): Output | undefined {
  return message ? schema.safeParse(plainOf(type, message)).data : undefined;
}
