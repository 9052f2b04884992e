import type { Revocations } from '../domain/directory.js';
import type { RevocationList, RevocationLists } from './revocation-list.js';

export const NO_REVOCATIONS: Revocations = { offices: {}, operators: {}, agencies: {} };

/** What lists take back, as the directory states it; in one order, so that the same lists make the same bytes. */
export function revocationsIn({ offices, operators, agencies }: RevocationLists): Revocations {
  return { offices: revokedIn(offices), operators: revokedIn(operators), agencies: revokedIn(agencies) };
}

/** Lists with what the directory names beside what they name themselves: either is enough to be refused. */
export function withRevocations(lists: RevocationLists, named: Revocations): RevocationLists {
  const both = (list: RevocationList, more: Revocations[keyof Revocations]) => {
    const dates = Object.entries(more).map(([serial, seconds]) => [serial, new Date(seconds * 1000)] as const);
    return { ...list, revoked: new Map([...dates, ...list.revoked]) };
  };
  return {
    offices: both(lists.offices, named.offices),
    operators: both(lists.operators, named.operators),
    agencies: both(lists.agencies, named.agencies),
  };
}

function revokedIn({ revoked }: RevocationList): Record<string, number> {
  const seconds = [...revoked].map(([serial, at]): [string, number] => [serial, Math.floor(at.getTime() / 1000)]);
  return Object.fromEntries(seconds.sort(([one], [other]) => (one < other ? -1 : 1)));
}
