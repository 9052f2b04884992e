import { z } from 'zod';
import type { CalendarDate } from '#core/domain/calendar-date.js';
import type { Inquiry } from '#core/domain/provision/inquiry.js';
import { InquirySchema } from '#core/domain/provision/inquiry-schema.js';

/** A batch that the officers of the centre are asked to approve of. */
export interface BatchRequest {
  /** A UUID. */
  batchId: string;
  inquiry: Inquiry;
  kind: 'IDENTIFICATION' | 'CHANGES';
  /** Of changes: from this day on. */
  since: CalendarDate | null;
  people: number;
  /** `pieceDigest` of the people of each piece. */
  pieces: string[];
}

/** How a batch stands, in the centre's words. */
export const BatchStandingSchema = z.object({
  batchId: z.string(),
  agency: z.string(),
  state: z.enum(['REQUESTED', 'APPROVED', 'STOPPED', 'HALTED', 'COMPLETE']),
  inquiry: InquirySchema,
  kind: z.enum(['IDENTIFICATION', 'CHANGES']),
  since: z.string().nullish(),
  people: z.int(),
  answered: z.int().default(0),
  acknowledged: z.int().default(0),
  notFound: z.int().default(0),
  mostNotFound: z.int().default(0),
  /** Where it goes on. */
  nextPiece: z.int().default(0),
});
export type BatchStanding = z.infer<typeof BatchStandingSchema>;

/** What an agency may cite, in the centre's words. */
export const Purposes = z.object({
  purposes: z.array(
    z.object({
      id: z.string(),
      table: z.int(),
      law: z.string(),
      fields: z.array(z.string()),
      until: z.string().nullish(),
    }),
  ),
});
export type StatedPurpose = z.infer<typeof Purposes>['purposes'][number];
