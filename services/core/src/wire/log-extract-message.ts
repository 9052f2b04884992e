import type { ExtractEntry as Entry, LogExtract as Extract } from '../domain/log-extract.js';
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

function entryMessage({ position, number, salt, ...entry }: Entry): ExtractEntryMessage {
  return { ...entry, position: String(position), number: String(number), salt: salt ?? '' };
}

function entryOfMessage({ position, number, salt, ...entry }: ExtractEntry__Output): Entry {
  const { leaf, inclusion, purpose, purposeSalt } = entry;
  const numbers = { position: Number(position), number: Number(number) };
  return { ...numbers, leaf, inclusion, purpose, purposeSalt, salt: salt === '' ? null : salt };
}
