import { addDays } from '#core/domain/calendar-date.js';
import { municipalityId } from '#core/domain/office.js';
import type { ChangeRow } from '../ledger-state.js';
import { movesWithCard } from './moves-made.js';
import type { MovingCountry } from './moving-country.js';
import { type MoveViolation, violation } from './violation.js';

/** What a register says of the record that a change was about, as it stood then. */
interface Noted {
  notified_on: string;
  accepted_on: string;
}

const NOTED = `select json_extract(v.content, '$.notifiedOn') as notified_on, a.accepted_on
  from record_version v join act a on a.act_id = v.act_id
  where json_extract(v.content, '$.residentRecordCode') = ? and json_extract(v.content, '$.changeVersion') = ?`;

/**
 * Whoever was entered with a card had notified it in time: after the move-out, within thirty days of the planned day and
 * within fourteen of moving in. Around midnight the clocks of two offices show two days.
 */
export function deadlineRules(country: MovingCountry): MoveViolation[] {
  const noted = ({ municipality, resident_record_code: code, version }: ChangeRow) =>
    country.rows<Noted>(municipalityId(municipality), NOTED, code, version)[0];
  return movesWithCard(country).flatMap(({ out, into }): MoveViolation[] => {
    const [left, entered] = [noted(out), noted(into)];
    if (!left || !entered) return [violation('DEADLINE', municipalityId(into.municipality), 'nobody knows when')];
    const [first, last] = [
      addDays(left.accepted_on, -1),
      [addDays(out.cause_on, 30), addDays(into.cause_on, 14)].toSorted()[0] ?? '',
    ];
    const isInTime = first <= entered.notified_on && entered.notified_on <= last;
    return isInTime ? [] : [violation('DEADLINE', municipalityId(into.municipality), 'entered out of time')];
  });
}
