import type { CalendarDate } from './calendar-date.js';

/** Japan has had no summer time since 1952. */
const TOKYO_AHEAD_MS = 9 * 3_600_000;

/**
 * 会計年度: 2016 is the year from 1 April 2016 to 31 March 2017 in Tokyo (Local Autonomy Act, Article 208). Reports to a
 * council and yearly publications go by it.
 */
export interface FiscalYear {
  year: number;
  /** Its first moment, and the first after it. */
  since: Date;
  until: Date;
  /** Twelve, `2016-04` to `2017-03`. */
  months: string[];
  firstDay: CalendarDate;
  lastDay: CalendarDate;
}

export function fiscalYear(year: number): FiscalYear {
  const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(year, 3 + i, 1)).toISOString().slice(0, 7));
  const firstMoment = (of: number) => new Date(Date.UTC(of, 3, 1) - TOKYO_AHEAD_MS);
  return {
    ...{ year, since: firstMoment(year), until: firstMoment(year + 1), months },
    ...{ firstDay: `${year}-04-01`, lastDay: `${year + 1}-03-31` },
  };
}

/** The month that it is in Tokyo, `2016-04`. */
export function monthInTokyo(at: Date): string {
  return new Date(at.getTime() + TOKYO_AHEAD_MS).toISOString().slice(0, 7);
}
