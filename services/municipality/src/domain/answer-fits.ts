import { sameName } from '#core/domain/personal-name.js';
import type { CopyDataRequest, KnownBy } from './copy-data-request.js';
import { type CopyRecord, holdsWhatWasAsked } from './copy-record.js';

/**
 * Whether home's answer is one to this request: the people who were asked for and nobody else, with the items that
 * were asked for and nothing else (MIN). What does not fit is not printed, whoever signed for the line.
 */
export function answerFits(records: CopyRecord[], { applicantName, knownBy, whom, special }: CopyDataRequest): boolean {
  if (records.length === 0 || !records.every((record) => holdsWhatWasAsked(record, special))) return false;
  const isApplicant = (record: CopyRecord) => goesBy(record, applicantName) && contradictsNot(record, knownBy);
  if (whom.kind === 'APPLICANT') return records.length === 1 && records.every(isApplicant);
  if (whom.kind === 'WHOLE_HOUSEHOLD') return records.some(isApplicant);
  const isNamed = (record: CopyRecord) => whom.names.some((name) => goesBy(record, name));
  return records.every(isNamed) && whom.names.every((name) => records.some((record) => goesBy(record, name)));
}

function goesBy({ name, commonName }: CopyRecord, wanted: string): boolean {
  return sameName(name, wanted) || (commonName !== null && sameName(commonName, wanted));
}

function contradictsNot(record: CopyRecord, knownBy: KnownBy): boolean {
  if ('birthDate' in knownBy) return record.birthDate === knownBy.birthDate && record.sex === knownBy.sex;
  return (record.residentRecordCode ?? knownBy.residentRecordCode) === knownBy.residentRecordCode;
}
