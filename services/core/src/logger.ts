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
    redact: { paths: [...PERSONAL, ...SECRET].flatMap(atAnyDepth), remove: true },
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

/** At the top of a line, inside of what stands there, and inside of that. */
function atAnyDepth(key: string): string[] {
  return [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`];
}

/** What somebody could act with as somebody else. */
const SECRET = [
  ...['password', 'passwordHash', 'pin', 'key', 'privateKey', 'session', 'token', 'cookie', 'set-cookie'],
  ...['authorization', 'proxy-authorization', 'x-api-key', 'juki-session', '__Host-juki-session'],
];

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
  'body',
];
