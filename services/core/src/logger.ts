import { pino } from 'pino';
import { refusalOf } from './domain/refusal.js';

export type Logger = pino.Logger;

/**
 * A node's technical log, as lines of JSON. It tells procedures, outcomes and times, and nothing about a person:
 * what an answer was about is in the audit log alone. The redaction is the second line of defence, not the first.
 */
export function createLogger(office: string, level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { office },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), remove: true },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** What went wrong inside, for the technical log: the kind of error and where, without its words. */
export function faultOf(error: unknown): object | undefined {
  const { reason, cause } = refusalOf(error);
  if (reason !== 'INTERNAL' || !(cause instanceof Error)) return undefined;
  // A stack begins with the error's words, and those can look like the lines that follow.
  const at = cause.stack
    ?.replace(cause.message, '')
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return { type: cause.name, code: (cause as { code?: unknown }).code, at };
}

const PERSONAL = [
  'name',
  'applicantName',
  'memberNames',
  'commonName',
  'birthDate',
  'address',
  'previousAddress',
  'residentRecordCode',
  'cardNumber',
  'pin',
  'body',
];
