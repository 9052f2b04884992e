import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import type { Change } from '#core/domain/fold-changes.js';
import { codeOf, municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { drillChanges, type Played } from '#scripts/drill/changes.js';
import { Country } from '#scripts/drill/country.js';
import { drillNetwork } from '#scripts/drill/drill-network.js';
import { type Violation, violationsIn } from '#scripts/drill/invariants.js';
import { type FaultSchedule, scheduleOf } from '#scripts/drill/schedule.js';
import { makeTemplates, type Templates } from '#scripts/drill/templates.js';

/*
 *            National centre
 *             ▲           ▲              changes climb; the line between any two loses, doubles and delays,
 *          Tokyo       Kanagawa          offices crash, levels are put back to old copies, characters change
 *          ▲    ▲         ▲
 *     Bunkyo  Shinjuku  Yokohama
 */
const SCHEDULES = Number(process.env['JUKI_SCHEDULES'] ?? 1000);
const SEED = 1;
const BUNKYO = municipalityId('131059');
const TOKYO = 'prefecture/130001';

describe('A thousand schedules of faults upon a network', () => {
  it('end with every change kept exactly once at each level, and each ledger where all changes lead (CHAIN, ONE).', async () => {
    const failed: Played[] = [];
    const drilled = await drillChanges({ schedules: SCHEDULES, seed: SEED }, (played) => {
      if (played.violations.length > 0) failed.push(played);
    });
    expect(failed.map(({ schedule, violations }) => ({ seed: schedule.seed, violations }))).toEqual([]);
    const kinds = Array.from({ length: SCHEDULES }, (_, i) => scheduleOf(SEED + i).kind);
    const processes = kinds.filter((kind) => kind === 'PROCESSES').length;
    expect(drilled).toEqual({ schedules: SCHEDULES, processes, lost: 0, doubled: 0, seed: null });
  }, 900_000);

  it('are the same each time for the same seed, whichever others are played.', () => {
    expect(scheduleOf(7)).toEqual(scheduleOf(7));
    expect(scheduleOf(7)).not.toEqual({ ...scheduleOf(8), seed: 7 });
  });

  it('are of both kinds, with every fault among them.', () => {
    const all = Array.from({ length: 1000 }, (_, i) => scheduleOf(SEED + i));
    const faulty = all.filter((schedule) => schedule.kind === 'FAULTS');
    expect(all.length - faulty.length).toBeGreaterThan(3);
    const many = (has: (schedule: FaultSchedule) => boolean) => faulty.filter(has).length;
    expect(many(({ restores }) => restores > 0)).toBeGreaterThan(100);
    expect(many(({ corruptions }) => corruptions > 0)).toBeGreaterThan(100);
    expect(many(({ checks }) => checks > 0)).toBeGreaterThan(100);
    expect(many(({ crashes, partitions }) => crashes > 0 && partitions > 0)).toBeGreaterThan(100);
  });
});

const GOOD_DAY: FaultSchedule = {
  ...{ kind: 'FAULTS', seed: 1, acts: 0, days: 1, fates: [[1, 'ARRIVES']], actCrashOneIn: 1_000_000 },
  ...{ crashes: 0, partitions: 0, restores: 0, corruptions: 0, checks: 0 },
};

describe('The rules that a schedule is held to', () => {
  let folder: string;
  let templates: Templates;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juki-drill-test-'));
    templates = await makeTemplates(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What is found after a good day on which Bunkyo records three changes, and somebody tampers with a ledger. */
  async function foundAfter(tamper: (country: Country) => Promise<unknown>): Promise<Violation[]> {
    const country = new Country(drillNetwork(), GOOD_DAY, { folder, templates });
    try {
      await country.start();
      const changes = [entryOf(BUNKYO, '24727059608', 1), entryOf(BUNKYO, '24846016224', 2)];
      await country.office(BUNKYO).running?.record(changes);
      await country.office(BUNKYO).running?.record([moved(changes[0] as Change, 3)]);
      await country.time.passes(10_000);
      await tamper(country);
      const confirmed = new Map([[BUNKYO, ['1', '2', '3'].map(idOf)]]);
      const { network } = country;
      const ledgers = await country.ledgers();
      return violationsIn({ network, ledgers, confirmed, first: new Map(), setBack: new Set() });
    } finally {
      await country.close();
    }
  }

  const at = (office: OfficeId, statement: (of: typeof sql) => ReturnType<typeof sql>) => (country: Country) => {
    const ledger = country.office(office).running?.ledger;
    if (!ledger) throw new Error(`${office} is down`);
    return statement(sql).execute(ledger);
  };

  it('hold of a day without faults.', async () => {
    expect(await foundAfter(() => Promise.resolve())).toEqual([]);
  });

  it('find a change that is lost at the centre.', async () => {
    const lose = at(NATIONAL_CENTRE, (of) => of`delete from change_information where change_id = ${idOf('2')}`);
    expect(await foundAfter(lose)).toEqual([{ rule: 'LOST', office: NATIONAL_CENTRE, detail: idOf('2') }]);
  });

  it('find a change that was confirmed, and that its own municipality has lost.', async () => {
    const lose = at(BUNKYO, (of) => of`delete from change_information where change_id = ${idOf('2')}`);
    const found = await foundAfter(lose);
    expect(found).toContainEqual({ rule: 'LOST', office: BUNKYO, detail: idOf('2') });
  });

  it('find a change that is kept twice at the prefecture, under whatever number.', async () => {
    const again = (id: string) =>
      at(
        TOKYO,
        (of) => of`insert into change_information
          select resident_record_code, version + 500, kind, reason, cause_on, previous_code, name, birth_date, sex,
            address, recorded_on, ${id}, municipality
          from change_information where change_id = ${idOf('1')}`,
      );
    const found = await foundAfter(again(idOf('9')));
    expect(found).toEqual([{ rule: 'DOUBLED', office: TOKYO, detail: idOf('9') }]);
    const sameNumber = async (country: Country) => {
      await at(TOKYO, (of) => of`drop index change_information_id`)(country);
      await again(idOf('1'))(country);
    };
    expect(await foundAfter(sameNumber)).toContainEqual({ rule: 'DOUBLED', office: TOKYO, detail: idOf('1') });
  });

  it('find a change that nobody recorded, and one that is kept otherwise than it was recorded.', async () => {
    const invent = at(
      TOKYO,
      (of) => of`update change_information set change_id = ${idOf('9')}, reason = 'BIRTH'
      where change_id = ${idOf('2')}`,
    );
    expect((await foundAfter(invent)).map(({ rule }) => rule)).toEqual(['LOST', 'INVENTED']);
    const alter = at(
      TOKYO,
      (of) => of`update change_information set cause_on = '2016-05-01'
      where change_id = ${idOf('2')}`,
    );
    expect(await foundAfter(alter)).toEqual([{ rule: 'ALTERED', office: TOKYO, detail: idOf('2') }]);
  });

  it.each([
    ['name', "name = '〓'", 'wrong in name'],
    ['version', 'version = version + 1', 'wrong in version'],
    ['standing', "standing = 'DELETED'", 'DELETED instead of ACTIVE'],
    ['municipality', "municipality = '131041'", 'wrong in municipality'],
  ])('find a holding whose %s is wrong.', async (_column, assignment, detail) => {
    const spoil = at(
      NATIONAL_CENTRE,
      (of) => of`update identification_information set ${of.raw(assignment)}
      where resident_record_code = '24727059608'`,
    );
    expect(await foundAfter(spoil)).toEqual([{ rule: 'CHAIN', office: NATIONAL_CENTRE, detail }]);
  });

  it('find a holding that is missing, and one that nobody recorded.', async () => {
    const remove = at(
      TOKYO,
      (of) => of`delete from identification_information
      where resident_record_code = '24727059608'`,
    );
    const detail = 'holds nothing where ACTIVE ought to be';
    expect(await foundAfter(remove)).toEqual([{ rule: 'CHAIN', office: TOKYO, detail }]);
    const invent = at(
      TOKYO,
      (of) => of`insert into identification_information
      select '12345678901', name, birth_date, sex, address, standing, version, municipality, successor, quarantined_at, match_key
      from identification_information where resident_record_code = '24727059608'`,
    );
    expect(await foundAfter(invent)).toMatchObject([{ rule: 'CHAIN', office: TOKYO }]);
  });

  it('find two active records of one person, by a code of before or in two municipalities.', async () => {
    const twoCodes = async (country: Country) => {
      await country.office(BUNKYO).running?.record([recoded(entryOf(BUNKYO, '24727059608', 1), '00000000043')]);
      await country.time.passes(10_000);
      await at(
        NATIONAL_CENTRE,
        (of) => of`update identification_information set standing = 'ACTIVE'
        where standing = 'SUPERSEDED'`,
      )(country);
    };
    expect((await foundAfter(twoCodes)).map(({ rule }) => rule)).toEqual(['CHAIN', 'ONE']);
    const twoTowns = async (country: Country) => {
      const shinjuku = municipalityId('131041');
      await country.office(shinjuku).running?.record([{ ...entryOf(shinjuku, '24727059608', 7), version: 9_000_000 }]);
      await country.time.passes(10_000);
    };
    expect(await foundAfter(twoTowns)).toMatchObject([{ rule: 'ONE', detail: 'active in two municipalities' }]);
  });

  it('find what is left: a queue, an open discrepancy, a holding that is set apart.', async () => {
    const leave = async (country: Country) => {
      await at(
        TOKYO,
        (of) => of`insert into outbox values (1, 'national', 'REPORT', '24727059608', '{}', '2016-05-27')`,
      )(country);
      await at(
        TOKYO,
        (of) => of`insert into discrepancy
        values ('1', '131059', '24727059608', ${idOf('1')}, 'VERSION_TAKEN', 'national', '2016-05-27', null, null, null)`,
      )(country);
      await at(
        TOKYO,
        (of) => of`update identification_information set quarantined_at = '2016-05-27'
        where resident_record_code = '24727059608'`,
      )(country);
    };
    expect((await foundAfter(leave)).map(({ rule }) => rule)).toEqual(['OUTBOX', 'DISCREPANCY', 'SET_APART']);
  });
});

function idOf(digit: string): string {
  return `00000000-0000-4000-8000-00000000000${digit}`;
}

function entryOf(office: OfficeId, residentRecordCode: string, nth: number): Change {
  return {
    ...{ changeId: idOf(String(nth)), municipality: codeOf(office), kind: 'ENTRY', reason: 'MOVE_IN' },
    ...{ causeOn: '2016-05-27', version: 5_000_000, previousCode: null },
    identification: {
      ...{ name: '試験 太郎', birthDate: '1980-01-01', sex: 'MALE', address: '東京都文京区春日一丁目16番21号' },
      residentRecordCode,
    },
  };
}

function moved({ identification, ...change }: Change, nth: number): Change {
  return {
    ...change,
    ...{ changeId: idOf(String(nth)), kind: 'CORRECTION', reason: 'CHANGE_OF_ADDRESS', version: change.version + 1 },
    identification: { ...identification, address: '東京都文京区本郷七丁目3番1号' },
  };
}

function recoded({ identification, ...change }: Change, newCode: string): Change {
  const previousCode = identification.residentRecordCode;
  return {
    ...change,
    ...{ changeId: idOf('8'), kind: 'CODE_CORRECTION', reason: 'CODE_CHANGE_REQUEST', version: change.version + 2 },
    ...{ previousCode, identification: { ...identification, residentRecordCode: newCode } },
  };
}
