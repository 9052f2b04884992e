import type { Leaf } from '../audit/entry.js';
import { askerId, callerOfUri } from '../domain/caller.js';
import { peopleIn } from '../domain/provision/provision.js';
import { purposeBasis, purposeWording } from '../domain/provision/purpose-wording.js';
import { METHODS, type ProvisionKind, provisionKindOf } from '../domain/provision-kind.js';
import type { Wording } from '../domain/wording.js';
import type { Network } from '../network.js';
import type { Count, Table } from './report.js';

interface Provided {
  recipient: string;
  month: string;
  kind: ProvisionKind;
  /** Null where the kind says all. */
  statutoryPurpose: string | null;
  count: number;
}

/**
 * The yearly publication of provisions: to whom, in which month, what and by which table, by which method, how often
 * (Orders 21, 27). Of identification information each person about whom something was given counts, that nothing has
 * changed included; of everything else each answer. A refusal is none.
 */
export class ProvisionCount implements Count {
  private readonly provided = new Map<string, Provided>();
  private readonly names: Pick<Network, 'titled' | 'purpose'>;

  /** @param names of offices, agencies and statutory purposes, for people */
  constructor(names: Pick<Network, 'titled' | 'purpose'>) {
    this.names = names;
  }

  note(leaf: Leaf, month: string): void {
    const kind = provisionKindOf(leaf.procedure);
    const recipient = recipientOf(leaf);
    if (!kind || recipient === undefined || leaf.event !== kind.event || leaf.outcome !== 'OK') return;
    const [count, statutoryPurpose] = [countOf(kind, leaf), leaf.provision?.statutoryPurpose ?? null];
    if (count === 0) return;
    const key = [month, recipient, kind.what.en, kind.method, statutoryPurpose].join(' ');
    const counted = this.provided.get(key) ?? { recipient, month, kind, statutoryPurpose, count: 0 };
    this.provided.set(key, { ...counted, count: counted.count + count });
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
      rows: all.map(({ recipient, month, kind, statutoryPurpose, count }) => ({
        cells: [
          ...[{ text: this.names.titled(recipient) }, { text: month }, { wording: kind.what }],
          ...[{ wording: this.basisOf(kind, statutoryPurpose ?? '') }, { wording: METHODS[kind.method] }, { count }],
        ],
      })),
    };
  }

  /** A purpose that the network file no longer has stays as the log has it. */
  private basisOf({ basis }: ProvisionKind, statutoryPurpose: string): Wording {
    if (basis) return basis;
    const purpose = this.names.purpose(statutoryPurpose);
    if (!purpose) return { ja: statutoryPurpose, en: statutoryPurpose };
    const [article, entry] = [purposeBasis(purpose), purposeWording(purpose)];
    return { ja: `${article.ja} ${entry.ja}`, en: `${article.en}, ${entry.en}` };
  }
}

/** What is only handed on is counted where it was given. */
function countOf({ tells }: ProvisionKind, { provision }: Leaf): number {
  if (tells === 'NEVER') return 1;
  return provision ? peopleIn(provision) : 0;
}

/**
 * Operators of this very office are shown what the office has: that is no provision, but for what the tables let the
 * governor use it for, which the entry says.
 */
function recipientOf({ caller, answering, provision }: Leaf): string | undefined {
  const to = callerOfUri(provision?.recipient ?? caller);
  if (to?.kind === 'operator') return provision && answering;
  return to && askerId(to);
}
