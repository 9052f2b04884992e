import { isOfficeId, type OfficeId, type Role, roleOf } from './office.js';

const SCHEME = 'juki://';
const NAME = /^[a-z][a-z0-9-]{0,62}$/;

/** Who is at the other end of a connection: the one identity that its certificate names. */
export type Caller =
  | { kind: 'office'; office: OfficeId }
  | { kind: 'operator'; office: OfficeId; name: string }
  | { kind: 'agency'; name: string };

/** Which rights a caller can have at an office; rows of the access policy name these. */
export type CallerRole = Role | 'operator' | 'agency';

/** `juki://municipality/131059`, `juki://municipality/131059/operator/counter-1`, `juki://agency/pension-service`. */
export function callerUri(caller: Caller): string {
  if (caller.kind === 'office') return `${SCHEME}${caller.office}`;
  if (caller.kind === 'operator') return `${SCHEME}${caller.office}/operator/${caller.name}`;
  return `${SCHEME}agency/${caller.name}`;
}

/** As what is signed names whoever asks: `municipality/131059`, `agency/pension-service`. */
export function askerId(caller: Caller): string {
  return callerUri(caller).slice(SCHEME.length);
}

/** The reverse of `callerUri`; undefined for every other text. */
export function callerOfUri(uri: string): Caller | undefined {
  if (!uri.startsWith(SCHEME)) return undefined;
  const id = uri.slice(SCHEME.length);
  if (isOfficeId(id)) return { kind: 'office', office: id };
  const [, office = '', name = ''] = /^(.+)\/operator\/([^/]+)$/.exec(id) ?? [];
  if (isOfficeId(office) && NAME.test(name)) return { kind: 'operator', office, name };
  const agency = /^agency\/([^/]+)$/.exec(id)?.[1] ?? '';
  return NAME.test(agency) ? { kind: 'agency', name: agency } : undefined;
}

/** The role of a caller at `office`; an operator of another office has none. */
export function callerRoleAt(office: OfficeId, caller: Caller): CallerRole | undefined {
  if (caller.kind === 'office') return roleOf(caller.office);
  if (caller.kind === 'agency') return 'agency';
  return caller.office === office ? 'operator' : undefined;
}
