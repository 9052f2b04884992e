import type { Clock } from '../domain/clock.js';
import type { Exchange } from '../domain/exchange.js';
import type { Extracts } from '../domain/log-extract.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { accessLines } from './access-lines.js';
import { checkReport, writeReport } from './access-report.js';
import { checkExtract } from './check-extract.js';
import { type GatheringOffice, gatherExtracts } from './gather-extracts.js';
import { reportText } from './report-text.js';

/** A report as text, and as the document that everybody can check. */
export interface HandedOut {
  text: string;
  document: string;
}

/**
 * Tells a person who had to do with them, from every log that can be asked.
 *
 * @param codes - theirs, the present one first
 */
export async function makeReport(
  desk: GatheringOffice & { clock: Clock },
  codes: readonly ResidentRecordCode[],
  exchange: Exchange,
): Promise<HandedOut> {
  const { office, network, statements, clock } = desk;
  const askedAt = clock.now();
  const extracts = soundOnes(desk, await gatherExtracts(desk, codes, exchange));
  const document = writeReport({ office, askedAt, ...extracts }, statements);
  const checked = checkReport(document, (...signed) => statements.textSignedBy(...signed));
  return { text: reportText(network, checked, accessLines(checked.told)), document };
}

/** What does not hold is told to be missing, rather than handed on. */
function soundOnes({ statements }: GatheringOffice, { extracts, missing }: Extracts): Extracts {
  const unsound: Extracts['missing'] = [];
  const sound = extracts.filter((extract) => {
    try {
      return checkExtract(extract, (...signed) => statements.textSignedBy(...signed)).length > 0;
    } catch {
      unsound.push({ office: extract.office, reason: 'PROOF_NOT_VALID' });
      return false;
    }
  });
  return { extracts: sound, missing: [...missing, ...unsound] };
}
