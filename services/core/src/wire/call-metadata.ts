import { Metadata } from '@grpc/grpc-js';

/** Values by their keys; those of keys that end in -bin are bytes. */
export function metadataOf(values: Record<string, string | Buffer> = {}): Metadata {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(values)) metadata.set(key, value);
  return metadata;
}
