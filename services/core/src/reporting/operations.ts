import type { Leaf } from '../audit/entry.js';
import { callerOfUri } from '../domain/caller.js';
import type { OfficeId } from '../domain/office.js';
import { alarmLabels, isOfNetwork, labelOf } from '../domain/procedure-label.js';
import { BATCH } from '../domain/provision-kind.js';
import type { Wording } from '../domain/wording.js';
import { reasonWording } from './council.js';
import { LockOuts } from './lock-outs.js';
import { MonthlyCounts, monthColumns } from './monthly-counts.js';
import type { Cell, Count, Table } from './report.js';

type Row = { cells: Cell[] };
type Section =
  | 'ENTRIES'
  | 'ANSWERS'
  | 'ACTS'
  | 'OPERATORS'
  | 'SIGN_INS'
  | 'ALARMS'
  | 'ASKED'
  | 'ARRIVED'
  | 'MISSING'
  | 'FROM_OTHERS';

const SECTIONS: Record<Section, Wording> = {
  ENTRIES: { ja: '記録', en: 'Entries' },
  ANSWERS: { ja: '手続', en: 'Procedures' },
  ACTS: { ja: '処理', en: 'Acts' },
  OPERATORS: { ja: '操作者', en: 'Operators' },
  SIGN_INS: { ja: 'サインイン', en: 'Sign-ins' },
  ALARMS: { ja: '警報', en: 'Alarms' },
  ASKED: { ja: '他の機関への照会', en: 'Asked of other offices' },
  ARRIVED: { ja: '他の機関からの回答', en: 'Answered by other offices' },
  MISSING: { ja: '回答のなかった照会', en: 'Without an answer' },
  FROM_OTHERS: { ja: '他の機関からの照会', en: 'Asked by others' },
};

/** What callers named that no office serves: their words, and as many as they like. */
const UNKNOWN = 'UNKNOWN';
const UNKNOWN_WORDING: Wording = { ja: '存在しない手続', en: 'No procedure of this network' };

/** Parts of a name under which is counted; none of them holds a tab. */
const join = (...parts: (string | null)[]) => parts.join('\t');

/**
 * An office's operation by month, for an external audit. What a row counts is told as the log has it, so that whoever
 * holds an export of the log can count it again; of operators it names their cards.
 */
export class OperationCount implements Count {
  private readonly office: OfficeId;
  private readonly months: readonly string[];
  private readonly counts: Record<Section, MonthlyCounts>;
  private readonly lockOuts = new LockOuts();

  constructor(office: OfficeId, months: readonly string[]) {
    this.office = office;
    this.months = months;
    const of = () => new MonthlyCounts(months);
    this.counts = {
      ...{ ENTRIES: of(), ANSWERS: of(), ACTS: of(), OPERATORS: of(), SIGN_INS: of(), ALARMS: of() },
      ...{ ASKED: of(), ARRIVED: of(), MISSING: of(), FROM_OTHERS: of() },
    };
  }

  note(leaf: Leaf, month: string): void {
    const { event, answering, answerDigest, procedure } = leaf;
    this.counts.ENTRIES.add(event, month);
    if (event === 'ASKED') this.counts.ASKED.add(answering, month);
    if (event === 'ANSWER_RECEIVED') this.counts[answerDigest === null ? 'MISSING' : 'ARRIVED'].add(answering, month);
    if (event === 'RECORDED') this.counts[procedure.startsWith('alarm/') ? 'ALARMS' : 'ACTS'].add(procedure, month);
    if (event === 'ANSWERED') this.noteAnswer(leaf, month);
  }

  table(): Table {
    const columns = [
      { ja: '区分', en: 'Section' },
      { ja: '項目', en: 'Item' },
      { ja: '記録の表記', en: 'As logged' },
      { ja: '結果', en: 'Outcome' },
      ...monthColumns(this.months),
    ];
    const rows = (Object.keys(SECTIONS) as Section[]).flatMap((section) =>
      this.counts[section].names.map((name) => this.row(section, name)),
    );
    return { columns, rowHeaders: 4, rows };
  }

  private noteAnswer(leaf: Leaf, month: string): void {
    const { procedure, outcome, caller } = leaf;
    const asking = callerOfUri(caller);
    this.counts.ANSWERS.add(join(isOfNetwork(procedure) ? procedure : UNKNOWN, outcome), month);
    if (asking && asking.kind !== 'operator') this.counts.FROM_OTHERS.add(join(caller, outcome), month);
    if (asking?.kind !== 'operator' || asking.office !== this.office) return;
    this.counts.OPERATORS.add(asking.name, month);
    if (labelOf(procedure)?.business === 'SIGN_IN') this.counts.SIGN_INS.add(join('SIGN_IN', outcome), month);
    if (this.lockOuts.isOneMore(leaf, asking.name)) this.counts.SIGN_INS.add('LOCK_OUT', month);
  }

  private row(section: Section, counted: string): Row {
    const [name = '', outcome] = counted.split('\t');
    const cells: Cell[] = [{ wording: SECTIONS[section] }, { wording: wordingOf(name) }, { text: name }];
    const result: Cell = outcome === undefined ? { text: '' } : { wording: outcomeWording(outcome) };
    return { cells: [...cells, result, ...this.counts[section].cells(counted)] };
  }
}

const WORDINGS: Record<string, Wording> = {
  ...alarmLabels,
  ASKED: { ja: '他の機関への照会', en: 'Questions to other offices' },
  ANSWER_RECEIVED: { ja: '照会への回答', en: 'Answers to them' },
  ANSWERED: { ja: '応じた、又は応じなかった請求', en: 'Requests answered or refused' },
  RECORDED: { ja: '処理', en: 'Acts' },
  [BATCH]: { ja: '一括提供', en: 'Batch provision, entries of people' },
  SIGN_IN: { ja: 'サインイン', en: 'Sign-ins' },
  LOCK_OUT: { ja: 'ロック', en: 'Lock-outs' },
  [UNKNOWN]: UNKNOWN_WORDING,
};

function wordingOf(name: string): Wording {
  const { ja, en } = WORDINGS[name] ?? labelOf(name) ?? { ja: name, en: name };
  return { ja, en };
}

/** With the reason as the log has it. */
function outcomeWording(outcome: string): Wording {
  if (outcome === 'OK') return { ja: '応じた', en: 'OK' };
  return { ja: reasonWording(outcome).ja, en: outcome };
}
