import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { Notifier } from '../counter/notifier.js';
import { Codes, Day, MunicipalityCode, Relationships, Text } from '../fields.js';

/** How a notification comes. */
const CHANNELS = ['COUNTER', 'POST'] as const;
export type Channel = (typeof CHANNELS)[number];

/** 転出届 of who moves with a card (Article 24-2): no paper is made. */
export const SpecialMoveOut = z
  .strictObject({
    notifier: Notifier,
    channel: z.enum(CHANNELS),
    plannedOn: Day.meta({ description: '転出予定年月日' }),
    destinationMunicipality: MunicipalityCode,
    destination: Text.meta({ description: 'The address there' }),
    movers: Codes.meta({ description: 'Members of one household, one of them at least with a card' }),
    relationships: Relationships,
  })
  .refine(({ channel, notifier }) => channel === 'COUNTER' || notifier.card === undefined, {
    path: ['notifier'],
    message: 'sends a copy of a photo ID by post, and no card',
  });
export type SpecialMoveOut = z.infer<typeof SpecialMoveOut>;

/** A special move-out, at the origin. */
export interface Departure {
  departureId: string;
  /** That deleted the records. */
  actId: string;
  plannedOn: CalendarDate;
  /** As it was notified; people may change their minds. */
  destinationMunicipality: LocalGovernmentCode;
  destination: string;
  /** When it was notified. */
  notifiedAt: Date;
}

/**
 * How the move-out of one person stands.
 * - OPEN: waits for the first move-in;
 * - CLAIMED: a destination has the certificate information, and everything else waits;
 * - MOVED_IN: entered there; CANCELLED: stays here; PAPER: goes on with a paper certificate. These are ends.
 */
export type DepartingState = 'OPEN' | 'CLAIMED' | 'MOVED_IN' | 'CANCELLED' | 'PAPER';

/** One person of a departure. */
export interface Departing {
  departureId: string;
  recordId: string;
  /** Item 4, as it was in the household that they left. */
  householderName: string;
  state: DepartingState;
  /** Of the change information of whatever comes next. A number that was handed over is never used again here. */
  nextVersion: number;
  claimId: string | null;
  /** Since when it stands so. */
  changedAt: Date;
}
