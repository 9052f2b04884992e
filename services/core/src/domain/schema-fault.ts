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
