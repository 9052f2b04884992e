import type { Leaf } from '#core/audit/entry.js';
import { isGiven, peopleNamedIn } from '#core/domain/provision/provision.js';
import { provisionKindOf } from '#core/domain/provision-kind.js';
import type { Wrong } from './unsound.js';

/** Whether an entry says what was given about each of the people that it names, where it has to, and nowhere else. */
export function faultInProvision({ event, procedure, outcome, subjects, provision }: Leaf): Wrong | undefined {
  const kind = provisionKindOf(procedure);
  const isGiving = kind?.event === event && outcome === 'OK';
  if (!provision) return isGiving && kind.tells === 'ALWAYS' && subjects.length > 0 ? 'PROVISION_MISSING' : undefined;
  if (!isGiving || kind.tells === 'NEVER') return 'PROVISION_NOT_DUE';
  if (!provision.given.every(([what]) => isGiven(what))) return 'PROVISION_IN_OTHER_WORDS';
  return peopleNamedIn(provision) === subjects.length ? undefined : 'PROVISION_OF_OTHERS';
}
