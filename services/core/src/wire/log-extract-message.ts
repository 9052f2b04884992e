import type { ExtractEntry as Entry, LogExtract as Extract } from '../domain/log-extract.js';
import { OPERATOR_ROLES } from '../domain/operator-role.js';
import type {
  ExtractEntry__Output,
  ExtractEntry as ExtractEntryMessage,
} from './generated/juki/audit/v1/ExtractEntry.js';
import type { LogExtract__Output, LogExtract as LogExtractMessage } from './generated/juki/audit/v1/LogExtract.js';

export function logExtractMessage({ entries, ...extract }: Extract): LogExtractMessage {
  return { ...extract, entries: entries.map(entryMessage) };
}

/** Whether it holds is for whoever reads it to check. */
export function logExtractOfMessage(message: LogExtract__Output): Extract {
  const { office, residentRecordCode, note, certificate, keyProof, entries } = message;
  return { office, residentRecordCode, note, certificate, keyProof, entries: entries.map(entryOfMessage) };
}

function entryMessage({ position, number, salt, operatorRole, ...entry }: Entry): ExtractEntryMessage {
  const numbers = { position: String(position), number: String(number) };
  return { ...entry, ...numbers, salt: salt ?? '', operatorRole: operatorRole ?? '' };
}

function entryOfMessage({ position, number, salt, ...entry }: ExtractEntry__Output): Entry {
  const { leaf, inclusion, purpose, purposeSalt } = entry;
  const numbers = { position: Number(position), number: Number(number) };
  const operatorRole = OPERATOR_ROLES.find((role) => role === entry.operatorRole) ?? null;
  return { ...numbers, leaf, inclusion, purpose, purposeSalt, salt: salt === '' ? null : salt, operatorRole };
}
