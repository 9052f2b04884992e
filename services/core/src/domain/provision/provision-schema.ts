import { z } from 'zod';
import { callerOfUri } from '../caller.js';
import { OCCASIONS } from './inquiry.js';

/** A provision as a leaf of the log has it; whether it fits the people whom the leaf names is another question. */
export const ProvisionSchema = z.strictObject({
  statutoryPurpose: z.string().regex(/^[A-Z][A-Z0-9_]{0,63}$/),
  occasion: z.enum(OCCASIONS),
  recipient: z
    .string()
    .refine((uri) => callerOfUri(uri)?.kind === 'office')
    .optional(),
  given: z.array(z.tuple([z.string(), z.int().positive()])),
});
