import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { isCalendarDate } from '#core/domain/calendar-date.js';

/** An option that is a day. */
export function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('not a day, YYYY-MM-DD');
  return text;
}

/** A JSON file; `-` is standard input. */
export function jsonIn(file: string): object {
  const text = readFileSync(file === '-' ? process.stdin.fd : file, 'utf8');
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`${file} holds no JSON object`);
  return value;
}
