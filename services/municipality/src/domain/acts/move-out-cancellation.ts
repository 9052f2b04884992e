import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import { Refusal } from '#core/domain/refusal.js';
import { Notifier } from '../counter/notifier.js';
import { Certificates, Codes, Relationships } from '../fields.js';
import type { Decision } from '../register/decision.js';
import { arrange } from '../register/household.js';
import type { ResidentRecord } from '../register/resident-record.js';

/** 転出取消: people who notified a move-out stay after all, and hand their certificate back. */
export const MoveOutCancellation = z.strictObject({
  notifier: Notifier,
  certificates: Certificates.meta({ description: 'Handed back; there are none of a move abroad' }),
  people: Codes,
  relationships: Relationships,
});
export type MoveOutCancellation = z.infer<typeof MoveOutCancellation>;

/** What has to be known beside the notification itself. */
export interface CancellationFacts {
  /** The deleted records of those who stay, the newest of each. */
  deleted: ResidentRecord[];
  /** The active members of the households that they left. */
  household: ResidentRecord[];
  /** The codes that the certificates handed back are about. */
  handedBack: ReadonlySet<string>;
  /** The numbers that may be known elsewhere, by code: the next one exceeds them. */
  burned: ReadonlyMap<string, number>;
  today: CalendarDate;
}

/**
 * Brings deleted records back, as they were. The version that their certificate handed over is burned: the next one of
 * theirs exceeds it.
 *
 * @throws Refusal CERTIFICATE_REQUIRED, or what `arrange` says of the household
 */
export function decideMoveOutCancellation(cancellation: MoveOutCancellation, facts: CancellationFacts): Decision {
  const { deleted, household, handedBack, burned, today } = facts;
  if (deleted.some(({ residentRecordCode }) => !handedBack.has(residentRecordCode)))
    throw new Refusal('CERTIFICATE_REQUIRED');
  const restored = deleted.map((record) => ({
    ...record,
    ...{ deletedOn: null, deletionReason: null, destination: null },
    changeVersion: burned.get(record.residentRecordCode) ?? record.changeVersion + 1,
  }));
  return {
    kind: 'MOVE_OUT_CANCELLATION',
    causeOn: today,
    deadline: null,
    before: [...deleted, ...household],
    after: arrange([...household, ...restored], cancellation.relationships),
    cards: { lapse: null },
  };
}
