import { randomUUID } from 'node:crypto';
import { CHANGE_REASONS } from '#core/domain/change-information.js';
import type { Change, Holding } from '#core/domain/fold-changes.js';
import type { IdentificationInformation } from '#core/domain/identification-information.js';
import { aCode } from './records.js';

/** Of nobody in particular, under the first of the codes; `differing` says what a test needs. */
export function aPerson(differing: Partial<IdentificationInformation> = {}): IdentificationInformation {
  return {
    ...{ name: '文京 太郎', birthDate: '1980-04-01', sex: 'MALE', address: '東京都文京区春日一丁目16番21号' },
    ...{ residentRecordCode: aCode(1), ...differing },
  };
}

/** Another one each time: its kind is that of its reason, a move-in where nothing else is said. */
export function aChange(differing: Partial<Change> = {}, person: Partial<IdentificationInformation> = {}): Change {
  const { reason = 'MOVE_IN' } = differing;
  return {
    ...{ changeId: randomUUID(), municipality: '131059', kind: CHANGE_REASONS[reason], reason, causeOn: '2016-05-20' },
    ...{ version: 1, previousCode: null, identification: aPerson(person), ...differing },
  };
}

/** What is held under the code of a change once it is the newest. */
export function heldAfter({ kind, identification, version, municipality }: Change): Holding {
  const standing = kind === 'DELETION' ? 'DELETED' : 'ACTIVE';
  return { identification, standing, version, municipality, successor: null };
}

/** What is held of somebody who is registered in Bunkyo. */
export function aHolding(person: Partial<IdentificationInformation> = {}, differing: Partial<Holding> = {}): Holding {
  const identification = aPerson(person);
  return { identification, standing: 'ACTIVE', version: 1, municipality: '131059', successor: null, ...differing };
}
