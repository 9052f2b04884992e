import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import type { OfficeId } from '../domain/office.js';
import { openAbout } from '../storage/alarms.js';
import type { CoreTables } from '../storage/tables.js';
import { logWitnesses, witnessedLogs } from '../storage/witnesses.js';

/** How far others have seen this office's log, and it theirs. */
export interface LogsStanding {
  witnessedBy: SeenLog[];
  witnessed: SeenLog[];
  /** Whose log contradicts what was seen of it, and nobody has closed the alarm. */
  contradicted: OfficeId[];
}

interface SeenLog {
  /** The witness; of what is witnessed here, the office that it is the log of. */
  office: OfficeId;
  /** How many entries. */
  size: number;
  /** Since it was seen last. */
  ageSeconds: number;
}

interface Office {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  clock: Clock;
}

export async function logsStanding({
  office,
  ledger,
  clock,
}: Office): Promise<{ logs: LogsStanding; warnings: string[] }> {
  const now = clock.now().getTime();
  const age = (at: Date) => Math.max(0, Math.round((now - at.getTime()) / 1000));
  const [by, of] = [await logWitnesses(ledger), await witnessedLogs(ledger)];
  const contradicted = await openAbout(ledger, 'LOG_CONTRADICTED');
  const logs = {
    witnessedBy: by.map(({ witness, size, witnessedAt: at }) => ({ office: witness, size, ageSeconds: age(at) })),
    witnessed: of.map((one) => ({ office: one.office, size: one.size, ageSeconds: age(one.witnessedAt) })),
    contradicted,
  };
  const whose = (one: OfficeId) => (one === office ? 'of this office' : `of ${one}`);
  return {
    logs,
    warnings: contradicted.map((one) => `the log ${whose(one)} contradicts what was seen of it: see the alarms`),
  };
}
