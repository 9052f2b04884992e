import { isLocalGovernmentCode, isPrefectureCode, type LocalGovernmentCode } from './local-government-code.js';

export type Role = 'municipality' | 'prefecture' | 'national';

/** An institution with a ledger: `municipality/131059`, `prefecture/130001`, `national`. */
export type OfficeId = string;

export const NATIONAL_CENTRE: OfficeId = 'national';

export function municipalityId(code: LocalGovernmentCode): OfficeId {
  return `municipality/${code}`;
}

export function prefectureId(code: LocalGovernmentCode): OfficeId {
  return `prefecture/${code}`;
}

export function isOfficeId(text: string): text is OfficeId {
  const [role, code = '', ...rest] = text.split('/');
  if (rest.length > 0) return false;
  if (role === 'municipality') return isLocalGovernmentCode(code) && !isPrefectureCode(code);
  if (role === 'prefecture') return isPrefectureCode(code);
  return text === NATIONAL_CENTRE;
}

export function roleOf(office: OfficeId): Role {
  return office.split('/')[0] as Role;
}

/** The local government code of a municipality or prefecture; empty for the national centre. */
export function codeOf(office: OfficeId): LocalGovernmentCode {
  return office.split('/')[1] ?? '';
}

/** The office's name where a path or a host name is wanted: `municipality-131059`. */
export function slugOf(office: OfficeId): string {
  return office.replace('/', '-');
}

/** Names an office's log, and the office where it signs a checkpoint. */
export function originOf(office: OfficeId): string {
  return `juki-net/${office}`;
}
