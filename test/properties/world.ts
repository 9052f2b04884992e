import { expect } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import { type Country, TOWNS } from '../support/country.js';
import type { Model } from './model.js';

/** The registers that the model is held against. */
export class World {
  readonly country: Country;
  /** How many acts were done, and how many refused. */
  readonly seen = { done: 0, refused: 0 };
  private readonly versions = new Map<string, string>();

  constructor(country: Country) {
    this.country = country;
  }

  get today(): string {
    return today(this.country.clock);
  }

  letADayPass(): void {
    this.country.clock.set(`${addDays(this.today, 1)}T10:00:00+09:00`);
  }

  /**
   * Has an act done, or refused for the reason that the model expects; a refused one leaves no trace.
   *
   * @returns what it came to; undefined where it was refused
   */
  async attempt<Result>(
    office: OfficeId,
    expected: string | undefined,
    act: (counter: Counter, exchange: Exchange) => Promise<Result>,
  ): Promise<Result | undefined> {
    const counter = this.country.counter(office);
    const before = await traceOf(counter);
    const { result, reason } = await act(counter, this.country.exchange(office)).then(
      (done) => ({ result: done, reason: undefined }),
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        return { result: undefined, reason: error.reason as string };
      },
    );
    expect(reason).toBe(expected);
    if (reason !== undefined) expect(await traceOf(counter)).toEqual(before);
    this.seen[reason === undefined ? 'done' : 'refused'] += 1;
    return result;
  }

  async activeRecords(office: OfficeId): Promise<ResidentRecord[]> {
    const { ledger } = this.country.counter(office);
    const rows = await ledger.selectFrom('resident_record').selectAll().where('deleted_on', 'is', null).execute();
    return rows.map((row) => ({
      ...({} as ResidentRecord),
      ...{ name: row.name, householdId: row.household_id, relationship: row.relationship, address: row.address },
      residentRecordCode: row.resident_record_code,
    }));
  }

  /** The code that stands in somebody's active record. */
  async codeOf(office: OfficeId, name: string): Promise<string> {
    const found = (await this.activeRecords(office)).find((record) => record.name === name);
    return found?.residentRecordCode ?? '';
  }

  /** What holds whatever was notified, after each step. */
  async checkInvariants(model: Model): Promise<void> {
    const all = [];
    for (const office of TOWNS)
      all.push(...(await this.activeRecords(office)).map((record) => ({ ...record, town: office })));
    const codes = all.map(({ residentRecordCode }) => residentRecordCode);
    // ONE: one active record per code, nation-wide.
    expect(new Set(codes).size).toBe(codes.length);
    // FOLLOW: everybody stands where the model has them, with the code that they had.
    const standing = all.map(({ name, town, residentRecordCode: code, relationship, address }) =>
      [name, town, code, relationship, address].join(' / '),
    );
    const expected = model.registered.map(({ name, code, residence }) =>
      [name, residence?.town, code, residence?.relationship, residence?.address].join(' / '),
    );
    expect(standing.sort()).toEqual(expected.sort());
    await this.checkHistory();
  }

  /** Nothing that was written once reads otherwise now, and the newest version is the record. */
  private async checkHistory(): Promise<void> {
    for (const office of TOWNS) {
      const { ledger } = this.country.counter(office);
      const rows = await ledger.selectFrom('record_version').selectAll().execute();
      for (const { record_id, ordinal, content } of rows) {
        const key = `${record_id} ${ordinal}`;
        expect(this.versions.get(key) ?? content).toBe(content);
        this.versions.set(key, content);
      }
    }
    expect(this.versions.size).toBe(await this.countVersions());
  }

  private async countVersions(): Promise<number> {
    let count = 0;
    for (const office of TOWNS) count += (await traceOf(this.country.counter(office))).versions;
    return count;
  }
}

/** How much is written in an office's ledger, wherever an act writes. */
async function traceOf({ ledger }: Counter) {
  const count = async (table: 'record_version' | 'act' | 'change_information' | 'audit_entry' | 'superseded_code') => {
    const { rows } = await ledger
      .selectFrom(table)
      .select((row) => row.fn.countAll().as('rows'))
      .executeTakeFirstOrThrow();
    return Number(rows);
  };
  const identity = await ledger
    .selectFrom('identification_information')
    .selectAll()
    .orderBy('resident_record_code')
    .execute();
  const written = await ledger
    .selectFrom('allotted_code')
    .select('resident_record_code')
    .where('written_by', 'is not', null)
    .orderBy('resident_record_code')
    .execute();
  return {
    ...{
      versions: await count('record_version'),
      acts: await count('act'),
      changes: await count('change_information'),
    },
    ...{ entries: await count('audit_entry'), superseded: await count('superseded_code'), identity, written },
  };
}
