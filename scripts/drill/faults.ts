import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { type OfficeId, roleOf, slugOf } from '#core/domain/office.js';
import type { Random } from '../seed/random.js';
import type { Country } from './country.js';
import type { FaultSchedule } from './schedule.js';

const MINUTE = 60_000;
const MOST_STEPS = 2_000;

/** Draws when which fault falls upon a country, and has its time bring it about. */
export class Faults {
  private readonly country: Country;
  private readonly random: Random;
  private readonly folder: string;
  /** Levels that were put back, and those above them that they then may have kept nothing from. */
  readonly setBack = new Set<OfficeId>();
  /** How many holdings were made wrong; a later change of the person mends one by itself. */
  corrupted = 0;

  constructor(country: Country, random: Random, folder: string) {
    this.country = country;
    this.random = random;
    this.folder = folder;
  }

  /** @param moment draws one, in milliseconds from now */
  plan(schedule: FaultSchedule, moment: () => number): void {
    const { random, country } = this;
    const { time, offices } = country;
    const ids = [...offices.keys()];
    const above = ids.filter((office) => roleOf(office) !== 'municipality');
    const times = (count: number, fault: () => void) => Array.from({ length: count }, fault);
    const then = (fault: () => void) => () => void time.later(fault, moment());
    times(
      schedule.crashes,
      then(() => country.crash(random.pick(ids), random.integer(MOST_STEPS))),
    );
    times(
      schedule.partitions,
      then(() => this.cutOff(random.pick(ids))),
    );
    times(
      schedule.corruptions,
      then(() => void this.corrupt(random.pick(above))),
    );
    times(
      schedule.checks,
      then(() => void country.repairAll()),
    );
    times(schedule.restores, () => this.planRestore(random.pick(above), [moment(), moment()]));
  }

  private planRestore(office: OfficeId, moments: [number, number]): void {
    const { time } = this.country;
    const copy = join(this.folder, `copy-of-${slugOf(office)}`);
    rmSync(copy, { force: true });
    time.later(() => void this.country.office(office).copyTo(copy), Math.min(...moments));
    time.later(() => void this.restore(office, copy), Math.max(...moments));
  }

  private cutOff(office: OfficeId): void {
    const { line, time } = this.country;
    line.partition(office, this.random.pick(['SILENT', 'REFUSING']));
    time.later(() => line.join(office), this.random.between(1, 15 * MINUTE));
  }

  /** The officers of the municipalities below then hold their ledgers against it, at the end at the latest. */
  private async restore(office: OfficeId, copy: string): Promise<void> {
    if (!existsSync(copy)) return;
    const { network, time } = this.country;
    const { parent } = network.entry(office);
    this.setBack.add(office);
    if (parent) this.setBack.add(parent);
    await this.country.restore(office, copy);
    this.country.startLater(office);
    if (this.random.chance(0.5)) time.later(() => void this.country.repairAll(), this.random.integer(5 * MINUTE));
  }

  /** One character of one name, as in the incident of 26 March 2013. */
  async corrupt(office: OfficeId): Promise<boolean> {
    const ledger = this.country.office(office).running?.ledger;
    if (!ledger) return false;
    const holdings = ledger.selectFrom('identification_information').select(['resident_record_code', 'name']);
    const active = await holdings.where('standing', '=', 'ACTIVE').orderBy('resident_record_code').execute();
    if (active.length === 0) return false;
    const { resident_record_code, name } = this.random.pick(active);
    const characters = [...name];
    characters[this.random.integer(characters.length)] = '〓';
    await sql`update identification_information set name = ${characters.join('')}
      where resident_record_code = ${resident_record_code}`.execute(ledger);
    this.corrupted += 1;
    return true;
  }
}
