import type { Change } from '#core/domain/fold-changes.js';
import { type DeletionReason, HOUSEHOLDER, type ResidentRecord } from './resident-record.js';

/**
 * A record as a change says that it stood, of a register that has lost the act which wrote it. The levels above know
 * identification information and nothing else: whoever is not here at all comes back without household, reading and
 * item 5, for an officer to complete.
 *
 * @param present undefined where nothing is left of them
 */
export function recoveredRecord(
  change: Change,
  present: ResidentRecord | undefined,
  newId: () => string,
): ResidentRecord {
  const { identification, version, kind, reason, causeOn } = change;
  const isDeleted = kind === 'DELETION';
  return {
    ...(present ?? unknownBut(change, newId)),
    ...identification,
    changeVersion: version,
    deletedOn: isDeleted ? causeOn : null,
    deletionReason: isDeleted ? (reason as DeletionReason) : null,
    destination: null,
  };
}

function unknownBut({ identification, causeOn, version }: Change, newId: () => string): ResidentRecord {
  return {
    ...identification,
    ...{ recordId: newId(), householdId: newId(), relationship: HOUSEHOLDER },
    ...{ nameReading: '', commonName: null, becameResidentOn: causeOn, notifiedOn: causeOn, changeVersion: version },
    ...{ registeredDomicile: null, firstListedPerson: null, nationality: null, residenceStatus: null },
    ...{ movedWithinTownOn: null, previousAddress: null, municipalItems: '' },
    ...{ deletedOn: null, deletionReason: null, destination: null },
  };
}
