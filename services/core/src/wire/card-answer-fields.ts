import { z } from 'zod';
import { HIGHEST_INTEGER } from '../domain/highest-integer.js';

/** What the chip of a card is asked, and what it answers; as messages have it. */
export const CardChallenge = z.string().regex(/^[0-9a-f]{32}$/, 'is not a challenge');
export const CardCount = z.coerce.number().int().positive().max(HIGHEST_INTEGER);
export const CardSignature = z.string().regex(/^[0-9a-f]{128}$/, 'is not a signature');
