import { z } from 'zod';
import { Notifier } from '../counter/notifier.js';
import { Codes, Day, MunicipalityCode, Relationships, Text } from '../fields.js';
import { lastDayAfterMoveOut } from '../moves/deadlines.js';
import type { Decision } from '../register/decision.js';
import { arrange, type Household } from '../register/household.js';
import type { ResidentRecord } from '../register/resident-record.js';
import { checkFollows } from './dates.js';

/** 転出届, Article 24. */
export const MoveOut = z.strictObject({
  notifier: Notifier,
  plannedOn: Day.meta({ description: '転出予定年月日' }),
  destinationMunicipality: MunicipalityCode.optional().meta({ description: 'Left out by who moves abroad' }),
  destination: Text.meta({ description: 'The address there, or the country' }),
  movers: Codes,
  relationships: Relationships,
});
export type MoveOut = z.infer<typeof MoveOut>;

/**
 * Deletes the records of people who move out, at once and with the planned date: from here to the entry at the
 * destination they are on no register's active records, and never on two (ONE). To be notified before leaving; later
 * is late.
 *
 * @throws Refusal DATE_NOT_POSSIBLE, or what `arrange` says of those who stay
 */
export function decideMoveOut(moveOut: Omit<MoveOut, 'notifier'>, left: Household): Decision {
  const { plannedOn, destinationMunicipality, destination, movers, relationships } = moveOut;
  const isMoving = ({ residentRecordCode }: ResidentRecord) => movers.includes(residentRecordCode);
  const moving = left.members.filter(isMoving);
  for (const { becameResidentOn, movedWithinTownOn } of moving)
    checkFollows('plannedOn', plannedOn, 'their last move', movedWithinTownOn ?? becameResidentOn);
  const deleted = moving.map((record) => ({
    ...record,
    ...{ deletedOn: plannedOn, deletionReason: 'MOVE_OUT' as const, destination },
  }));
  const staying = left.members.filter((record) => !isMoving(record));
  return {
    kind: 'MOVE_OUT',
    causeOn: plannedOn,
    deadline: plannedOn,
    before: left.members,
    after: [...deleted, ...arrange(staying, relationships)],
    cards:
      destinationMunicipality === undefined
        ? { invalidBy: 'MOVED_ABROAD' }
        : { lapse: { after: lastDayAfterMoveOut(plannedOn), by: 'SPECIAL_MOVE_MISSED' } },
  };
}
