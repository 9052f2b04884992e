import { codeOf } from '#core/domain/office.js';
import type { ChangeRow } from '../ledger-state.js';
import type { MovingCountry } from './moving-country.js';

/** A move from one register to another, as the histories of both tell it. */
export interface Move {
  out: ChangeRow;
  into: ChangeRow;
}

const PAPER = `select r.resident_record_code as code, c.change_version as version from certified_record c
  join resident_record r on r.record_id = c.record_id`;

/** Every move with a card: one whose move-out led to no paper. */
export function movesWithCard(country: MovingCountry): Move[] {
  const onPaper = new Set(
    country.towns.flatMap((town) =>
      country
        .rows<{ code: string; version: number }>(town, PAPER)
        .map(({ code, version }) => `${codeOf(town)} ${code} ${version}`),
    ),
  );
  const isOnPaper = ({ municipality, resident_record_code: code, version }: ChangeRow) =>
    onPaper.has(`${municipality} ${code} ${version}`);
  return movesIn(country).filter(({ out }) => !isOnPaper(out));
}

/** Every move-in, with the move-out that it follows. */
function movesIn(country: MovingCountry): Move[] {
  const changes = country.towns.flatMap((town) => country.rows<ChangeRow>(town, 'select * from change_information'));
  const byPerson = Map.groupBy(changes, ({ resident_record_code: code }) => code);
  return [...byPerson.values()].flatMap((all) => {
    const inOrder = all.toSorted((a, b) => a.version - b.version);
    return inOrder.flatMap((into, i): Move[] => {
      const out = inOrder[i - 1];
      const isMoveIn = into.kind === 'ENTRY' && into.reason === 'MOVE_IN';
      return isMoveIn && out?.reason === 'MOVE_OUT' ? [{ out, into }] : [];
    });
  });
}
