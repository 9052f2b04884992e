import { compareLogs, type OfficeLog } from '#core/audit/compare-logs.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Signers } from '#core/trust/signers.js';
import type { ExportedLog } from './exported-log.js';
import { type Finding, Unsound } from './unsound.js';
import { seenCheckpoint } from './verify-checkpoint.js';
import { checkBeginning, type SoundLog, verifyLog } from './verify-log.js';

/** What the logs of several offices come to. */
export type Verdict = { sound: true; entries: number; offices: OfficeVerdict[] } | { sound: false; wrong: Finding };

interface OfficeVerdict {
  office: OfficeId;
  /** How many entries were gone through; fewer than the size where the log is pruned. */
  entries: number;
  size: number;
  /** Questions and answers that came after the other office's log was exported: they are held against nothing. */
  unmatched: number;
}

/** Each log by itself, then all against one another: what each witnessed of the others, and the exchanges between them. */
export function verifyLogs(logs: readonly ExportedLog[], signers: Signers): Verdict {
  try {
    return { sound: true, ...soundness(logs, signers) };
  } catch (error) {
    if (error instanceof Unsound) return { sound: false, wrong: error.finding };
    throw error;
  }
}

function soundness(logs: readonly ExportedLog[], signers: Signers) {
  const comparedWith = new Set(logs.map(({ office }) => office));
  const sound = new Map<OfficeId, SoundLog>();
  for (const log of logs) {
    const rootsAt = logs.flatMap(({ witnessed }) => witnessed.filter((seen) => seen.office === log.office));
    sound.set(log.office, verifyLog(log, signers, { comparedWith, rootsAt: rootsAt.map(({ size }) => size) }));
  }
  for (const log of logs) checkWitnessed(log, sound, signers);
  const all = [...sound.values()];
  const unmatched = new Map<OfficeId, number>();
  for (const asking of all) for (const answering of all) checkExchanges(asking, answering, unmatched);
  const offices = all.map(({ office, entries, checkpoint: { size } }) => ({
    ...{ office, entries, size, unmatched: unmatched.get(office) ?? 0 },
  }));
  return { entries: offices.reduce((sum, { entries }) => sum + entries, 0), offices };
}

/** What an office has seen of others' logs was signed by those, and their logs begin with it. */
function checkWitnessed({ office: by, witnessed }: ExportedLog, logs: Map<OfficeId, SoundLog>, signers: Signers): void {
  for (const seen of witnessed) {
    const { office, witnessedAt } = seen;
    const checkpoint = seenCheckpoint(seen, { log: office, signer: office }, signers);
    if (!checkpoint) throw new Unsound({ wrong: 'CHECKPOINT_NOT_VALID', office: by, other: office });
    const log = logs.get(office);
    if (log) checkBeginning(log, checkpoint, { by, witnessedAt });
  }
}

/** The questions of the one office to the other. */
function checkExchanges(asking: SoundLog, answering: SoundLog, unmatched: Map<OfficeId, number>): void {
  const part = (log: SoundLog, other: SoundLog): OfficeLog => ({
    office: log.office,
    entries: log.exchanges.get(other.office) ?? [],
    reaches: (at) => {
      if (log.reaches(at)) return true;
      unmatched.set(other.office, (unmatched.get(other.office) ?? 0) + 1);
      return false;
    },
  });
  const [first] = compareLogs(part(asking, answering), part(answering, asking));
  if (!first) return;
  const { what: wrong, exchange, askingAt, answeringAt } = first;
  const sides = { askingAt, answeringAt };
  throw new Unsound({ wrong, exchange, ...placed(wrong, asking.office, answering.office, sides) });
}

/** Named first is the office whose entry is missing or that asked. */
function placed(
  wrong: string,
  asking: OfficeId,
  answering: OfficeId,
  { askingAt, answeringAt }: { askingAt: number | undefined; answeringAt: number | undefined },
): Pick<Finding, 'office' | 'position' | 'other' | 'otherPosition'> {
  const isAnswerMissing = wrong === 'NOT_LOGGED_BY_ANSWERING_OFFICE';
  const [office, other] = isAnswerMissing ? [answering, asking] : [asking, answering];
  const [position, otherPosition] = isAnswerMissing ? [answeringAt, askingAt] : [askingAt, answeringAt];
  return {
    ...{ office, other },
    ...(position !== undefined && { position }),
    ...(otherPosition !== undefined && { otherPosition }),
  };
}
