import type { CalendarDate } from '#core/domain/calendar-date.js';
import { nextVersion } from '#core/domain/change-version.js';
import type { Change } from '#core/domain/fold-changes.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { drawAddress } from '#scripts/seed/addresses.js';
import { Allotment } from '#scripts/seed/codes.js';
import { birthDateAtAge } from '#scripts/seed/days.js';
import { SURNAMES } from '#scripts/seed/names.js';
import { japanese } from '#scripts/seed/people.js';
import { Random } from '#scripts/seed/random.js';
import { areaOf } from '#scripts/seed/towns.js';

const OLDEST = 95;

/** The entries of so many made-up people, nobody twice, with codes in an order that tells nothing. */
export function drawEntries(
  count: number,
  { municipality, on, newId }: { municipality: LocalGovernmentCode; on: CalendarDate; newId: () => string },
): Change[] {
  const random = new Random(`entries of ${municipality}`);
  const allotment = new Allotment();
  const area = areaOf(municipality);
  return Array.from({ length: count }, (): Change => {
    const birthDate = birthDateAtAge(random, 0, OLDEST);
    const { name, sex } = japanese(random, random.pick(SURNAMES), random.pick(['FEMALE', 'MALE'] as const), birthDate);
    const residentRecordCode = allotment.residentRecordCode(random);
    return {
      ...{ changeId: newId(), municipality, kind: 'ENTRY', reason: 'MOVE_IN', causeOn: on },
      ...{ version: nextVersion(0, on), previousCode: null },
      identification: { name, birthDate, sex, address: drawAddress(random, area), residentRecordCode },
    };
  });
}
