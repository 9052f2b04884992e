import { isReason, Refusal } from '../domain/refusal.js';
import { GRPC, refusals } from '../domain/refusal-table.js';
import type { ErrorInfo, ErrorInfo__Output } from './generated/google/rpc/ErrorInfo.js';
import type { Status, Status__Output } from './generated/google/rpc/Status.js';
import { message } from './schema.js';

const STATUS = message<Status, Status__Output>('google.rpc.Status');
const ERROR_INFO = message<ErrorInfo, ErrorInfo__Output>('google.rpc.ErrorInfo');
const ERROR_INFO_URL = 'type.googleapis.com/google.rpc.ErrorInfo';
const DOMAIN = 'juki-net';

/** The trailer that carries a google.rpc.Status. */
export const STATUS_TRAILER = 'grpc-status-details-bin';

/** A refusal as google.rpc.Status with one ErrorInfo. */
export function encodeRefusal(refusal: Refusal): { code: number; title: string; status: Buffer } {
  const { grpc, en } = refusals[refusal.reason];
  const info = ERROR_INFO.serialize({
    reason: refusal.reason,
    domain: DOMAIN,
    metadata: metadataOf(refusal),
  });
  const details = [{ type_url: ERROR_INFO_URL, value: info }];
  return { code: GRPC[grpc], title: en, status: STATUS.serialize({ code: GRPC[grpc], message: en, details }) };
}

/** The refusal in a google.rpc.Status; undefined where the bytes hold none of ours. */
export function decodeRefusal(status: Buffer): Refusal | undefined {
  try {
    const [detail] = STATUS.deserialize(status).details;
    if (detail?.type_url !== ERROR_INFO_URL) return undefined;
    const { reason, domain, metadata } = ERROR_INFO.deserialize(detail.value as Buffer);
    return domain === DOMAIN && isReason(reason) ? new Refusal(reason, detailsOf(metadata)) : undefined;
  } catch {
    return undefined;
  }
}

function metadataOf({ reason, details }: Refusal): Record<string, string> {
  const { office, field, fault, retryAfterSeconds, now } = details;
  return {
    title_ja: refusals[reason].ja,
    ...(office && { office }),
    ...(field && { field }),
    ...(fault && { fault }),
    ...(retryAfterSeconds !== undefined && { retry_after_seconds: String(retryAfterSeconds) }),
    ...(now && { now: now.toISOString() }),
  };
}

function detailsOf(metadata: Record<string, string>): Refusal['details'] {
  const { office, field, fault, retry_after_seconds: seconds, now = '' } = metadata;
  return {
    ...(office && { office }),
    ...(field && { field }),
    ...(fault && { fault }),
    ...(/^[0-9]{1,6}$/.test(seconds ?? '') && { retryAfterSeconds: Number(seconds) }),
    ...(!Number.isNaN(Date.parse(now)) && { now: new Date(now) }),
  };
}
