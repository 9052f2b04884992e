import { z } from 'zod';
import { Purpose } from '../fields.js';

export const LookAtMoves = z.strictObject({ purpose: Purpose });

/** What comes next of a move that is under way. */
const NEXT_STEPS = [
  ...(['FIRST_MOVE_IN', 'MOVE_IN_NOTICE', 'CLAIM', 'ENTRY', 'DELIVERY_OF_NOTICE', 'DELIVERY_OF_RELEASE'] as const),
] as const;

/** A move that is under way, as this end knows it. */
export const MoveView = z.object({
  direction: z.enum(['OUT', 'IN']),
  claimId: z.string().optional(),
  otherMunicipality: z.string(),
  residentRecordCodes: z.array(z.string()),
  nextStep: z.enum(NEXT_STEPS),
  since: z.date(),
  lastDay: z.string().optional().meta({ description: 'Of the first move-in with the card' }),
  stuck: z.string().optional().meta({ description: 'Why it does not go on' }),
});
export type MoveView = z.infer<typeof MoveView>;
