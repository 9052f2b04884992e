import type { Leaf } from '../audit/entry.js';
import { callerOfUri } from '../domain/caller.js';
import { METHODS, type ProvisionKind, provisionKindOf } from '../domain/provision-kind.js';
import type { Count, Table } from './report.js';

interface Provided {
  recipient: string;
  month: string;
  kind: ProvisionKind;
  count: number;
}

/**
 * The yearly publication of provisions: to whom, in which month, what, by which method, how often (Orders 21, 27). One
 * answer is one provision; a refusal is none.
 */
export class ProvisionCount implements Count {
  private readonly provided = new Map<string, Provided>();
  private readonly nameOf: (recipient: string) => string;

  /** @param nameOf an office or an agency, for people */
  constructor(nameOf: (recipient: string) => string) {
    this.nameOf = nameOf;
  }

  note({ event, outcome, caller, procedure }: Leaf, month: string): void {
    const kind = provisionKindOf(procedure);
    const recipient = recipientOf(caller);
    if (!kind || recipient === undefined || event !== 'ANSWERED' || outcome !== 'OK') return;
    const key = [month, recipient, procedure].join(' ');
    const counted = this.provided.get(key) ?? { recipient, month, kind, count: 0 };
    this.provided.set(key, { ...counted, count: counted.count + 1 });
  }

  table(): Table {
    const keys = [...this.provided.keys()].sort();
    const all = keys.flatMap((key) => this.provided.get(key) ?? []);
    return {
      columns: [
        { ja: '提供先', en: 'Recipient' },
        { ja: '提供年月', en: 'Month' },
        { ja: '提供した情報', en: 'What was provided' },
        { ja: '根拠', en: 'Legal basis' },
        { ja: '提供方法', en: 'Method' },
        { ja: '件数', en: 'Count' },
      ],
      rowHeaders: 3,
      rows: all.map(({ recipient, month, kind: { what, basis, method }, count }) => ({
        cells: [
          ...[{ text: this.nameOf(recipient) }, { text: month }, { wording: what }, { wording: basis }],
          ...[{ wording: METHODS[method] }, { count }],
        ],
      })),
    };
  }
}

/** Operators of this very office are shown what the office has: that is no provision. */
function recipientOf(uri: string): string | undefined {
  const caller = callerOfUri(uri);
  if (caller?.kind === 'office') return caller.office;
  return caller?.kind === 'agency' ? `agency/${caller.name}` : undefined;
}
