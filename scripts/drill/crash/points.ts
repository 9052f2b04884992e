/** Before or after what: a commit to the ledger, a write to a card's chip, a question or an answer that leaves. */
type Moment = 'before' | 'after';

/**
 * The points at which an office can die, from when they are counted. A point has the name of what happens there, and says
 * how often that has happened: `after commit log ASKED ClaimMoveOutCertificate #1`. So it is found again whatever else the
 * office does in between by itself.
 *
 * A point can have several names. Entries of the log can be committed together. And from after one commit or message to
 * before the next, only memory changes, which is lost either way: whoever dies there dies after the one and before the other.
 */
export class Points {
  private readonly die: (names: string[]) => void;
  private counted: Map<string, number> | undefined;
  private deadly: string | undefined;
  /** What was done last, since when nothing else has begun. */
  private done: string[] = [];

  /** @param die - is told every name of the point */
  constructor(die: (names: string[]) => void) {
    this.die = die;
  }

  /** From here on points are counted, and the office dies at the one of this name, if it comes to it. */
  count(deadly?: string): void {
    this.counted = new Map();
    this.deadly = deadly;
    this.done = [];
  }

  /** @returns the names of those that were passed; none is counted any more */
  end(): string[] {
    const counted = [...(this.counted ?? [])];
    this.counted = undefined;
    this.deadly = undefined;
    return counted.flatMap(([what, times]) => Array.from({ length: times }, (_, i) => `${what} #${i + 1}`));
  }

  pass(moment: Moment, whats: string[]): void {
    const { counted } = this;
    if (!counted) return;
    const names = whats.map((what) => {
      const name = `${moment} ${what}`;
      counted.set(name, (counted.get(name) ?? 0) + 1);
      return `${name} #${counted.get(name)}`;
    });
    if (this.deadly !== undefined && names.includes(this.deadly)) this.die([...names, ...this.done]);
    this.done = moment === 'before' ? [] : [...this.done, ...names];
  }
}
