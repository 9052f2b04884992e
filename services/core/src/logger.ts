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

/**
 * What went wrong inside, for the technical log: the kind of error and where, without its words. A stack begins with
 * the words, and they can look like anything; so only names and places that programs have are taken out of it.
 */
export function faultOf(error: unknown): object | undefined {
  const { reason, cause } = refusalOf(error);
  if (reason !== 'INTERNAL' || !(cause instanceof Error)) return undefined;
  const places = cause.stack?.split('\n').map((line) => PLACE.exec(line)?.[1]);
  return { type: wordOf(cause.name), code: wordOf((cause as { code?: unknown }).code), at: places?.filter(Boolean) };
}

/** The end of a line of a stack: a source file, or a module of Node's own. */
const PLACE = /^\s+at .*?((?:file:\/\/)?\/[\w./@+-]+\.[cm]?[jt]s:\d+:\d+|node:[a-z_/]+:\d+:\d+)\)?$/;

function wordOf(value: unknown): string | undefined {
  return /^[A-Za-z]\w{0,63}$/.test(String(value)) ? String(value) : undefined;
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
