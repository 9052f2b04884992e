/**
 * Lets one at a time have its turn, and of all who wait the key that has waited longest since its last: whoever brings a
 * hundred things at once holds up nobody who brings one.
 */
export class Turns {
  /** By key, in the order in which the keys' turns come. */
  private readonly waiting = new Map<string, (() => Promise<void>)[]>();
  private isBusy = false;

  /** @returns what the act comes to, once it has had its turn */
  take<T>(key: string, act: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const acts = this.waiting.get(key) ?? [];
      acts.push(() => act().then(resolve, reject));
      this.waiting.set(key, acts);
      void this.go();
    });
  }

  private async go(): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    for (let next = this.next(); next; next = this.next()) await next();
    this.isBusy = false;
  }

  private next(): (() => Promise<void>) | undefined {
    const [first] = this.waiting;
    if (!first) return undefined;
    const [key, acts] = first;
    const act = acts.shift();
    this.waiting.delete(key);
    // Behind all others that wait.
    if (acts.length > 0) this.waiting.set(key, acts);
    return act;
  }
}
