import type { z } from 'zod';
import { Refusal } from './refusal.js';

/** What zod, or Fastify for it, says is wrong with a value. */
interface Issue {
  /** zod's name for the kind of fault. */
  code: string;
  path: string[];
  message: string;
}

/**
 * Where a value contradicts its schema, and how, without anything that the sender wrote: zod's own words hold no
 * value, but they repeat a key that the schema does not name.
 */
export function schemaFault({ code, path, message }: Issue): { field: string; fault: string } {
  const fault = code === 'unrecognized_keys' ? 'has a key that the schema does not name' : message;
  return { field: path.join('.'), fault };
}

/**
 * A value as its schema has it.
 *
 * @param nameOf how the sender knows a field by another name than the schema
 * @throws Refusal INVALID_REQUEST with the field at fault
 */
export function readBySchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  nameOf: (field: string) => string = (field) => field,
): z.infer<Schema> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  if (!issue) throw new Refusal('INVALID_REQUEST');
  const { code, path, message } = issue;
  const { field, fault } = schemaFault({ code, path: path.map(String), message });
  throw new Refusal('INVALID_REQUEST', { field: nameOf(field), fault });
}
