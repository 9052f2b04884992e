import type { MovingCountry } from './moving-country.js';

/** What has happened in schedules: how much of the procedure they have seen. */
export interface Covered {
  /** Special move-ins that have entered people. */
  entered: number;
  /** Those that were given up. */
  released: number;
  /** Those that the origin refused. */
  refused: number;
  /** People who went on with a paper certificate after all. */
  onPaper: number;
  /** People whose special move-out was taken back. */
  cancelled: number;
  /** Special move-ins from which somebody was left out, and waited again. */
  inParts: number;
  /** People who have moved with a card more than once. */
  onwards: number;
  crashes: number;
  messages: number;
}

const ARRIVALS = 'select state, count(*) as count from arrival group by state';
const DEPARTING = 'select state, count(*) as count from departing_record group by state';
const IN_PARTS = `select count(*) as count from claim c where c.outcome = 'CLOSED' and exists (
  select 1 from departing_record d where d.departure_id = c.departure_id and (d.claim_id is null or d.claim_id <> c.claim_id))`;
const MOVED_IN = `select r.resident_record_code as code from departing_record d
  join resident_record r on r.record_id = d.record_id where d.state = 'MOVED_IN'`;

interface Counted {
  state: string;
  count: number;
}

export function coverageOf(country: MovingCountry): Covered {
  const all = <Row>(sql: string) => country.towns.flatMap((town) => country.rows<Row>(town, sql));
  const sum = (rows: Counted[], state: string) =>
    rows.filter((row) => row.state === state).reduce((total, { count }) => total + count, 0);
  const [arrivals, departing] = [all<Counted>(ARRIVALS), all<Counted>(DEPARTING)];
  const moved = Map.groupBy(all<{ code: string }>(MOVED_IN), ({ code }) => code);
  return {
    ...{ entered: sum(arrivals, 'CLOSED'), released: sum(arrivals, 'RELEASED'), refused: sum(arrivals, 'REFUSED') },
    ...{ onPaper: sum(departing, 'PAPER'), cancelled: sum(departing, 'CANCELLED') },
    inParts: all<{ count: number }>(IN_PARTS).reduce((total, { count }) => total + count, 0),
    onwards: [...moved.values()].filter((moves) => moves.length > 1).length,
    crashes: country.crashes,
    messages: [...country.line.seen.values()].reduce((total, count) => total + count, 0),
  };
}

export function nothingCovered(): Covered {
  return {
    ...{
      entered: 0,
      released: 0,
      refused: 0,
      onPaper: 0,
      cancelled: 0,
      inParts: 0,
      onwards: 0,
      crashes: 0,
      messages: 0,
    },
  };
}

export function addCoverage(sum: Covered, more: Covered): void {
  for (const key of Object.keys(more) as (keyof Covered)[]) sum[key] += more[key];
}
