import type { Leaf } from '../audit/entry.js';
import { callerOfUri } from '../domain/caller.js';
import { isServedAt, labelOf, type ProcedureLabel, procedureLabels } from '../domain/procedure-label.js';
import { provisionKindOf } from '../domain/provision-kind.js';
import type { Reason } from '../domain/refusal.js';
import { refusals } from '../domain/refusal-table.js';
import type { Wording } from '../domain/wording.js';
import { MonthlyCounts, MonthlyNames, monthColumns } from './monthly-counts.js';
import type { Cell, Count, Table } from './report.js';

const ISSUED: Wording = { ja: '写しの交付', en: 'Copies' };
const LOOK_UPS: Wording = { ja: '照会', en: 'Look-ups' };
const NOTIFICATIONS: Wording = { ja: '届出等', en: 'Notifications' };
const REFUSALS: Wording = { ja: '応じなかった請求', en: 'Refusals' };
const SAFETY: Wording = { ja: '安全管理', en: 'Safety' };

type Row = { cells: Cell[] };

/**
 * A municipality's report to its council, by month. A refusal is whatever was asked and not granted, whoever asked; a
 * failed sign-in is counted as such alone, and of a flood the log has only the first (RATE_LIMITED).
 */
export class CouncilCount implements Count {
  private readonly months: readonly string[];
  private readonly counts: MonthlyCounts;
  private readonly refused: MonthlyCounts;
  private readonly workers: MonthlyNames;

  constructor(months: readonly string[]) {
    this.months = months;
    this.counts = new MonthlyCounts(months);
    this.refused = new MonthlyCounts(months);
    this.workers = new MonthlyNames(months);
  }

  note(leaf: Leaf, month: string): void {
    const { event, procedure } = leaf;
    if (event === 'RECORDED' && procedure.startsWith('alarm/')) this.counts.add('ALARM_RAISED', month);
    if (event === 'ANSWERED') this.noteAnswer(leaf, month);
  }

  table(): Table {
    const columns = [{ ja: '区分', en: 'Section' }, { ja: '項目', en: 'Item' }, ...monthColumns(this.months)];
    return { columns, rowHeaders: 2, rows: [...this.business(), ...this.refusals(), ...this.safety()] };
  }

  private noteAnswer(leaf: Leaf, month: string): void {
    const { procedure, outcome } = leaf;
    const isSignIn = labelOf(procedure)?.business === 'SIGN_IN';
    if (outcome === 'OK') this.noteDone(leaf, month);
    else if (isSignIn) this.counts.add('SIGN_IN_FAILED', month);
    else this.refused.add(outcome ?? '', month);
  }

  private noteDone({ procedure, caller }: Leaf, month: string): void {
    const [label, asking] = [labelOf(procedure), callerOfUri(caller)];
    if (label?.business === 'SIGN_IN') return;
    if (asking?.kind === 'operator') this.workers.add(asking.name, month);
    if (asking?.kind === 'office' && provisionKindOf(procedure)) this.counts.add('PROVIDED', month);
    if (label?.business) this.counts.add(label.business === 'ALARM_CLOSED' ? 'ALARM_CLOSED' : label.en, month);
  }

  private business(): Row[] {
    const labelled = (section: Wording, business: ProcedureLabel['business']) =>
      procedureLabels
        .filter((label) => label.business === business && isServedAt('municipality', label))
        .map((label) => this.row(section, label, label.en));
    const provided = { ja: '他の市区町村への通知', en: 'Copy data given to other municipalities' };
    return [
      ...labelled(ISSUED, 'COPY'),
      ...labelled(ISSUED, 'WIDE_AREA_COPY'),
      this.row(ISSUED, provided, 'PROVIDED'),
      ...labelled(LOOK_UPS, 'LOOK_UP'),
      ...labelled(NOTIFICATIONS, 'NOTIFICATION'),
    ];
  }

  private refusals(): Row[] {
    return this.refused.names.map((reason) => ({
      cells: [{ wording: REFUSALS }, { wording: reasonWording(reason) }, ...this.refused.cells(reason)],
    }));
  }

  private safety(): Row[] {
    const workers = { ja: '操作した職員の数', en: 'Operators who worked' };
    return [
      this.row(SAFETY, { ja: 'サインインの失敗', en: 'Sign-ins that failed' }, 'SIGN_IN_FAILED'),
      this.row(SAFETY, { ja: '発生した警報', en: 'Alarms raised' }, 'ALARM_RAISED'),
      this.row(SAFETY, { ja: '処理した警報', en: 'Alarms closed' }, 'ALARM_CLOSED'),
      { cells: [{ wording: SAFETY }, { wording: workers }, ...this.workers.cells()] },
    ];
  }

  private row(section: Wording, { ja, en }: Wording, name: string): Row {
    return { cells: [{ wording: section }, { wording: { ja, en } }, ...this.counts.cells(name)] };
  }
}

/** A reason that the table no longer has stays as the log has it. */
export function reasonWording(reason: string): Wording {
  const { ja, en } = refusals[reason as Reason] ?? { ja: reason, en: reason };
  return { ja, en };
}
