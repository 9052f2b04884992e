import { Metadata, type StatusObject } from '@grpc/grpc-js';
import type { Refusal } from '../domain/refusal.js';
import { encodeRefusal, STATUS_TRAILER } from '../wire/refusal-status.js';

/** A refusal as grpc-js sends it: the code, the title, and the details in the trailer. */
export function statusOf(refusal: Refusal, metadata = new Metadata()): StatusObject {
  const { code, title, status } = encodeRefusal(refusal);
  metadata.set(STATUS_TRAILER, status);
  return { code, details: title, metadata };
}
