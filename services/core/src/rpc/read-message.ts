import type { z } from 'zod';
import { readBySchema } from '../domain/schema-fault.js';
import { plainOf } from '../wire/plain.js';

/**
 * Reads a message by the schema that its HTTP twin has.
 *
 * @throws Refusal INVALID_REQUEST with the field at fault, by its name in the proto file
 */
export function readMessage<Schema extends z.ZodType>(
  schema: Schema,
  typeName: string,
  message: object,
): z.infer<Schema> {
  const nameOf = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return readBySchema(schema, plainOf(typeName, message), nameOf);
}
