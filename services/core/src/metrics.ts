import { Gauge, Registry } from 'prom-client';
import type { Clock } from './domain/clock.js';
import type { SyncStanding } from './propagation/sync-standing.js';
import type { DriftEver } from './storage/consistency-checks.js';
import type { CredentialsStanding } from './trust/validity.js';

/** Where the figures come from, when they are asked for. */
interface Source {
  standing: () => Promise<SyncStanding>;
  driftEver: () => Promise<DriftEver[]>;
  disclosuresOverdue: () => Promise<number>;
  credentials: () => CredentialsStanding;
}

/** What a node shows of itself to whoever watches it, in the form of Prometheus. It tells nothing of anybody. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly clock: Clock;
  private readonly source: Source;
  private readonly outboxDepth = this.gauge('juki_outbox_depth', 'Changes that the level above has not answered for');
  private readonly outboxOldest = this.gauge('juki_outbox_oldest_seconds', 'How long the oldest of them waits');
  private readonly reports = this.gauge('juki_reports_waiting', 'Reports that levels below have not answered for');
  private readonly discrepancies = this.gauge('juki_discrepancies_open', 'Discrepancies that nobody has closed');
  private readonly overdue = this.gauge('juki_disclosures_overdue', 'Disclosure requests past the day they were due');
  private readonly drift = this.gauge('juki_drift', 'Holdings that differed at the last check of a level', 'above');
  private readonly driftLeft = this.gauge('juki_drift_left', 'Of them, those that still differ', 'above');
  private readonly driftFound = this.gauge('juki_drift_found', 'Holdings that differed at any check so far', 'above');
  private readonly driftMended = this.gauge('juki_drift_mended', 'Of them, those that were mended', 'above');
  private readonly certificate = this.gauge('juki_certificate_days', 'Days until the certificate of this office ends');
  private readonly list = this.gauge('juki_revocation_list_days', 'Days until a list is stale; negative since', 'of');
  private readonly checked = this.gauge('juki_drift_checked_seconds', 'How long ago that check was', 'above');

  constructor(clock: Clock, source: Source) {
    this.clock = clock;
    this.source = source;
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  async text(): Promise<string> {
    const { waiting, oldest, reportsWaiting, discrepancies, checks } = await this.source.standing();
    this.outboxDepth.set(waiting);
    this.outboxOldest.set(oldest === null ? 0 : this.secondsSince(oldest));
    this.reports.set(reportsWaiting);
    this.discrepancies.set(discrepancies);
    this.overdue.set(await this.source.disclosuresOverdue());
    const { certificate, revocationLists } = this.source.credentials();
    this.certificate.set(certificate.daysLeft);
    for (const [of, { daysLeft }] of Object.entries(revocationLists)) this.list.set({ of }, daysLeft);
    // Of each level the newest is told last, and stays.
    for (const { above, checkedAt, differing, repaired, recovered } of checks.toReversed()) {
      this.drift.set({ above }, differing);
      this.driftLeft.set({ above }, differing - repaired - recovered);
      this.checked.set({ above }, this.secondsSince(checkedAt));
    }
    for (const { above, differing, mended } of await this.source.driftEver()) {
      this.driftFound.set({ above }, differing);
      this.driftMended.set({ above }, mended);
    }
    return this.registry.metrics();
  }

  private secondsSince(moment: Date): number {
    return Math.max(0, (this.clock.now().getTime() - moment.getTime()) / 1000);
  }

  private gauge(name: string, help: string, ...labelNames: string[]): Gauge {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
