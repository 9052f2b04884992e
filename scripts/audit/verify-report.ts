import { type AccessLine, accessLines } from '#core/access/access-lines.js';
import { checkReport, ReportError } from '#core/access/access-report.js';
import { ExtractError } from '#core/access/check-extract.js';
import { leftOutOf, type MissingExtract } from '#core/domain/log-extract.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Signers } from '#core/trust/signers.js';

/** Whether a report holds: every line is in the log that it is said to be in, and no log left one out. */
export type ReportVerdict =
  | { sound: true; office: OfficeId; logs: OfficeId[]; leftOut: number; missing: MissingExtract[]; lines: AccessLine[] }
  | { sound: false; wrong: string };

/** Verifies what a resident was handed, with nothing but the authorities' certificates (docs/access-report.md). */
export function verifyReport(document: string, signers: Signers): ReportVerdict {
  try {
    const { office, extracts, missing, told } = checkReport(document, (...signed) => signers.textSignedBy(...signed));
    const logs = [...new Set(extracts.map((extract) => extract.office))];
    const leftOut = extracts.reduce((sum, extract) => sum + leftOutOf(extract), 0);
    return { sound: true, office, logs, leftOut, missing, lines: accessLines(told) };
  } catch (error) {
    if (error instanceof ReportError || error instanceof ExtractError) return { sound: false, wrong: error.message };
    throw error;
  }
}

export function reportVerdictText(verdict: ReportVerdict): string {
  if (!verdict.sound) return verdict.wrong;
  const { logs, leftOut, missing, lines } = verdict;
  const unlogged = lines.flatMap(({ notLoggedBy, exchange }) =>
    notLoggedBy ? [`${exchange} is missing from the log of ${notLoggedBy}`] : [],
  );
  return [
    ...missing.map(({ office, reason }) => `${office} was not asked: ${reason}`),
    ...unlogged,
    ...(leftOut > 0 ? [`${leftOut} earlier entries are not included`] : []),
    `sound, ${lines.length} lines from the logs of ${logs.join(', ')}`,
  ].join('\n');
}
