import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { type Checkpoint, checkpointText } from '../audit/checkpoint.js';
import { japaneseDate } from '../domain/calendar-date.js';
import { type FiscalYear, fiscalYear, monthInTokyo } from '../domain/fiscal-year.js';
import { type OfficeId, roleOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { publicationOpenUntil } from '../domain/retention.js';
import type { Wording } from '../domain/wording.js';
import type { Network } from '../network.js';
import { leavesBetween } from '../storage/audit-leaves.js';
import type { CoreTables } from '../storage/tables.js';
import type { Statements } from '../trust/statements.js';
import { CouncilCount } from './council.js';
import { OperationCount } from './operations.js';
import { ProvisionCount } from './provisions.js';
import type { Count, Report, ReportKind, ReportRequest } from './report.js';

export interface ReportingOffice {
  office: OfficeId;
  network: Network;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  statements: Statements;
}

const TITLES: Record<ReportKind, Wording> = {
  PROVISIONS: { ja: '本人確認情報等の提供状況の公表', en: 'Publication of provisions' },
  COUNCIL: { ja: '議会への運用状況の報告', en: 'Report to the council' },
  OPERATIONS: { ja: '外部監査のための運用統計', en: 'Operation statistics for an external audit' },
};

/** What has been counted of a log. */
interface Covered {
  entries: number;
  first: number | undefined;
  last: number | undefined;
}

/**
 * A report out of this office's log, up to a checkpoint of which is taken first: whoever holds the log up to there comes
 * to the same figures.
 *
 * @throws Refusal INVALID_REQUEST where an office without a council is asked for a report to one
 */
export async function makeReport(desk: ReportingOffice, { kind, fiscalYear: asked }: ReportRequest): Promise<Report> {
  const { office, ledger, audit, statements } = desk;
  if (kind === 'COUNCIL' && roleOf(office) !== 'municipality')
    throw new Refusal('INVALID_REQUEST', { field: 'kind', fault: 'is for municipalities alone' });
  const year = fiscalYear(asked);
  const checkpoint = await audit.checkpoint(office);
  const count = countOf(desk, kind, year);
  const covered: Covered = { entries: 0, first: undefined, last: undefined };
  for await (const { position, leaf } of leavesBetween(ledger, { ...year, size: checkpoint.size })) {
    count.note(leaf, monthInTokyo(new Date(leaf.at)));
    covered.entries += 1;
    covered.first ??= position;
    covered.last = position;
  }
  const { note, certificate } = statements.signNote(checkpointText(checkpoint), checkpoint.origin);
  return {
    ...{ kind, fiscalYear: asked, title: TITLES[kind], ...count.table() },
    ...{ facts: [...factsOf(desk, year, covered, checkpoint), ...openness(kind, year)], checkpoint: note, certificate },
  };
}

function countOf({ office, network }: ReportingOffice, kind: ReportKind, { months }: FiscalYear): Count {
  if (kind === 'PROVISIONS') return new ProvisionCount(network);
  return kind === 'COUNCIL' ? new CouncilCount(months) : new OperationCount(office, months);
}

/** How long a publication has to be open to inspection: it can be made again for as long, out of the log. */
function openness(kind: ReportKind, { lastDay }: FiscalYear) {
  if (kind !== 'PROVISIONS') return [];
  const until = publicationOpenUntil(lastDay);
  return [{ what: { ja: '閲覧の期限', en: 'Open to inspection until' }, value: `${japaneseDate(until)} (${until})` }];
}

function factsOf(
  { office, network }: ReportingOffice,
  year: FiscalYear,
  { entries, first, last }: Covered,
  { size, root }: Checkpoint,
) {
  const period = `${japaneseDate(year.firstDay)}〜${japaneseDate(year.lastDay)} (${year.firstDay} – ${year.lastDay})`;
  return [
    { what: { ja: '機関', en: 'Office' }, value: network.titled(office) },
    { what: { ja: '対象期間', en: 'Period' }, value: period },
    { what: { ja: '集計した記録の数', en: 'Entries counted' }, value: String(entries) },
    {
      what: { ja: '最初の記録の位置', en: 'Position of the first' },
      value: first === undefined ? 'none' : String(first),
    },
    { what: { ja: '最後の記録の位置', en: 'Position of the last' }, value: last === undefined ? 'none' : String(last) },
    { what: { ja: '記録の総数', en: 'Size of the log at the checkpoint' }, value: String(size) },
    { what: { ja: '記録の検証値', en: 'Root of the log there' }, value: root.toString('base64') },
  ];
}
