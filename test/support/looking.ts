import type { Later } from '#core/propagation/courier.js';

/** Lets nodes look into their folders when a test says so, and at no other time. */
export class Looking {
  private readonly waiting = new Map<object, { act: () => void; ms: number }>();

  readonly later: Later = (act, ms) => {
    const token = {};
    this.waiting.set(token, { act, ms });
    return () => this.waiting.delete(token);
  };

  /** The longest time that a node would have let pass until its next look. */
  get longestMs(): number {
    return Math.max(...[...this.waiting.values()].map(({ ms }) => ms));
  }

  /** Every node looks once. */
  now(): void {
    const acts = [...this.waiting.values()];
    this.waiting.clear();
    for (const { act } of acts) act();
  }
}
