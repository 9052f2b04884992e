import type { Kysely } from 'kysely';
import type { Clock } from '../domain/clock.js';
import { Refusal } from '../domain/refusal.js';
import type { Network } from '../network.js';
import { enterCut, enterRestored, lineCutSince } from '../storage/own-line.js';
import type { CoreTables } from '../storage/tables.js';

interface Office {
  network: Network;
  ledger: Kysely<CoreTables>;
  clock: Clock;
}

/** A municipality's own switch: nobody else has to be reached for it, and it outlives a restart. */
export class OwnLine {
  private readonly office: Office;
  private readonly changed: () => void;

  /** @param changed what is done once the line is restored */
  constructor(office: Office, changed: () => void) {
    this.office = office;
    this.changed = changed;
  }

  /** As it was left. */
  async load(): Promise<void> {
    this.office.network.cutOwnLine(await lineCutSince(this.office.ledger));
  }

  async cut(by: string, grounds: string): Promise<void> {
    const { network, ledger, clock } = this.office;
    if (await lineCutSince(ledger)) return;
    const at = clock.now();
    // Cut first: what fails afterwards fails with the line cut.
    network.cutOwnLine(at);
    await enterCut(ledger, { by, at, grounds });
  }

  /** @throws Refusal NOT_FOUND where it is not cut */
  async restore(by: string, finding: string): Promise<void> {
    const { network, ledger, clock } = this.office;
    if (!(await enterRestored(ledger, { by, at: clock.now(), finding }))) throw new Refusal('NOT_FOUND');
    network.cutOwnLine(undefined);
    this.changed();
  }
}
