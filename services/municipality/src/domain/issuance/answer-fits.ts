import { goesBy } from '#core/domain/personal-name.js';
import type { CopyDataRequest, KnownBy } from './copy-data-request.js';
import { type CopyRecord, holdsWhatWasAsked } from './copy-record.js';

/**
 * Whether home's answer is one to this request: the people who were asked for and nobody else, with the items that
 * were asked for and nothing else (MIN). What does not fit is not printed, whoever signed for the line.
 */
export function answerFits(records: CopyRecord[], { applicantName, knownBy, whom, special }: CopyDataRequest): boolean {
  const isWhole = records.length > 0 && records.every((record) => holdsWhatWasAsked(record, special));
  if (!isWhole || hasOneTwice(records)) return false;
  const isApplicant = (record: CopyRecord) => goesBy(record, applicantName) && !contradicts(record, knownBy);
  if (whom.kind === 'APPLICANT') return records.length === 1 && records.every(isApplicant);
  if (whom.kind === 'WHOLE_HOUSEHOLD') return records.some(isApplicant);
  // Home refuses a name that fits two members, so that each name stands for one record here.
  const fitsOne = (name: string) => records.filter((record) => goesBy(record, name)).length === 1;
  const isNamed = (record: CopyRecord) => whom.names.some((name) => goesBy(record, name));
  const isNobodyElse = (record: CopyRecord) => !goesBy(record, applicantName) || isApplicant(record);
  return whom.names.every(fitsOne) && records.every((record) => isNamed(record) && isNobodyElse(record));
}

function hasOneTwice(records: CopyRecord[]): boolean {
  const people = records.map(({ name, birthDate, sex }) => JSON.stringify([name, birthDate, sex]));
  return new Set(people).size < people.length;
}

function contradicts(record: CopyRecord, knownBy: KnownBy): boolean {
  if ('birthDate' in knownBy) return record.birthDate !== knownBy.birthDate || record.sex !== knownBy.sex;
  return (record.residentRecordCode ?? knownBy.residentRecordCode) !== knownBy.residentRecordCode;
}
