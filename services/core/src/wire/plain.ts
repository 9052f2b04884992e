import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { calendarDateMessage, calendarDateOfMessage } from './calendar-date-message.js';
import { descriptors } from './schema.js';

const CALENDAR_DATE = 'juki.identity.v1.CalendarDate';
const TIMESTAMP = 'google.protobuf.Timestamp';

/** A message as proto-loader reads and writes it. */
type Message = Record<string, unknown>;

/**
 * A message in the shape that the HTTP entrance has, so that one schema reads both: days as YYYY-MM-DD, instants
 * as ISO 8601, values of enums without their prefix, and what is not there left out. A day or an instant that is none
 * becomes a text that is none.
 */
export function plainOf(typeName: string, message: object): Message {
  return plain(typeOf(typeName), message as Message);
}

/** The reverse: a plain value as the message of a type. Null and undefined are left out; keys that are no field are an error. */
export function messageOf<Input>(typeName: string, value: object): Input {
  return fromPlain(typeOf(typeName), value as Message) as Input;
}

function plain(type: DescMessage, message: Message): Message {
  const entries = type.fields.flatMap((field): [string, unknown][] => {
    const value = message[field.localName];
    if (field.fieldKind === 'list')
      return [[field.localName, (value as unknown[]).map((item) => plainItem(field, item))]];
    return isAbsent(value) || isUnspecified(field, value) ? [] : [[field.localName, plainItem(field, value)]];
  });
  return Object.fromEntries(entries);
}

function plainItem(field: DescField, value: unknown): unknown {
  if (field.enum) return String(value).replace(prefixOf(field), '');
  if (!field.message) return value;
  if (field.message.typeName === CALENDAR_DATE) return calendarDateOfMessage(value as never) ?? 'no day';
  if (field.message.typeName === TIMESTAMP) return instantOf(value as Timestamp) ?? 'no instant';
  return plain(field.message, value as Message);
}

function fromPlain(type: DescMessage, value: Message): Message {
  const unknown = Object.keys(value).find((key) => !type.fields.some((field) => field.localName === key));
  if (unknown !== undefined) throw new RangeError(`${type.typeName} has no field ${unknown}`);
  const entries = type.fields.flatMap((field): [string, unknown][] => {
    const item = value[field.localName];
    if (item === null || item === undefined) return [];
    const items = field.fieldKind === 'list' ? (item as unknown[]).map((one) => messageItem(field, one)) : undefined;
    return [[field.localName, items ?? messageItem(field, item)]];
  });
  return Object.fromEntries(entries);
}

function messageItem(field: DescField, value: unknown): unknown {
  if (field.enum) return `${prefixOf(field)}${String(value)}`;
  if (!field.message) return value;
  if (field.message.typeName === CALENDAR_DATE) return calendarDateMessage(String(value));
  if (field.message.typeName === TIMESTAMP) return timestampOf(value as Date);
  return fromPlain(field.message, value as Message);
}

/** As proto-loader reads and writes it. */
interface Timestamp {
  seconds: string;
  nanos: number;
}

function instantOf({ seconds, nanos }: Timestamp): string | undefined {
  const at = new Date(Number(seconds) * 1000 + nanos / 1_000_000);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function timestampOf(at: Date): Timestamp {
  const { seconds, nanos } = timestampFromMs(at.getTime());
  return { seconds: String(seconds), nanos };
}

/** What proto3 does not tell from nothing at all. */
function isAbsent(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

function isUnspecified(field: DescField, value: unknown): boolean {
  return field.enum !== undefined && value === `${prefixOf(field)}UNSPECIFIED`;
}

function prefixOf({ enum: type }: DescField): string {
  return type?.values[0]?.name.replace(/UNSPECIFIED$/, '') ?? '';
}

function typeOf(typeName: string): DescMessage {
  const type = descriptors.getMessage(typeName);
  if (!type) throw new RangeError(`${typeName} is not in the proto files`);
  return type;
}
