import type { Decision } from '../register/decision.js';
import type { ExOfficioEntry } from './ex-officio.js';
import { decideMoveIn, type MoveInFacts } from './move-in.js';

/**
 * Enters somebody who lives here and notified nothing, or whose record was deleted in error (Order 12). What holds for
 * those who move in holds for them.
 *
 * @throws Refusal as `decideMoveIn`
 */
export function decideExOfficioEntry(entry: ExOfficioEntry, facts: MoveInFacts): Decision {
  const { since, address, residentRecordCode, person, relationship, joinHouseholdOf, relationships } = entry;
  const decision = decideMoveIn(
    {
      ...{ movedInOn: since, address, relationships, certificates: [] },
      origin: residentRecordCode === undefined ? 'FIRST_RECORD' : 'ABROAD',
      ...(joinHouseholdOf !== undefined && { joinHouseholdOf }),
      people: [{ relationship, person, ...(residentRecordCode !== undefined && { residentRecordCode }) }],
    },
    facts,
  );
  return { ...decision, kind: 'EX_OFFICIO_ENTRY', deadline: null };
}
