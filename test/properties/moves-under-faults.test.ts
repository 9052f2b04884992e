import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { acceptSpecialMoveOut } from '#municipality/use-cases/accept-special-move-out.js';
import { beginSpecialMoveIn } from '#municipality/use-cases/begin-special-move-in.js';
import { completeSpecialMoveIn } from '#municipality/use-cases/complete-special-move-in.js';
import { Family } from '#scripts/drill/moves/family.js';
import { drillMoves, type MovePlayed } from '#scripts/drill/moves/moves.js';
import { MovingCountry } from '#scripts/drill/moves/moving-country.js';
import { type MovingTemplates, makeMovingTemplates } from '#scripts/drill/moves/moving-templates.js';
import { PIN } from '#scripts/drill/moves/residents.js';
import { violationsOfMoves } from '#scripts/drill/moves/rules.js';
import { type MoveSchedule, moveScheduleOf } from '#scripts/drill/moves/schedule.js';
import type { MoveViolation } from '#scripts/drill/moves/violation.js';

/*
 *            National centre
 *             ▲           ▲              families move with their cards between the three; the line between any two
 *          Tokyo       Kanagawa          offices loses, doubles and delays, offices crash, clocks differ, days pass
 *          ▲    ▲         ▲
 *     Bunkyo ◀▶ Shinjuku ◀▶ Yokohama
 */
const SCHEDULES = Number(process.env['JUKI_SCHEDULES'] ?? 500);
const SEED = 1;
const BUNKYO = municipalityId('131059');
const SHINJUKU = municipalityId('131041');
const TOKYO = 'prefecture/130001';

describe('Five hundred schedules of moves with a card', () => {
  it('end with nobody lost or doubled, every move confirmed once, every card kept once (ONE, FOLLOW, CHAIN, DEADLINE).', async () => {
    const failed: MovePlayed[] = [];
    const drilled = await drillMoves({ schedules: SCHEDULES, seed: SEED }, (played) => {
      if (played.violations.length > 0) failed.push(played);
    });
    expect(failed.map(({ schedule, violations }) => ({ seed: schedule.seed, violations }))).toEqual([]);
    expect(drilled).toMatchObject({ schedules: SCHEDULES, lost: 0, doubled: 0, seed: null });
    // That they have seen every way in which a move can go on.
    for (const count of Object.values(drilled.covered)) expect(count).toBeGreaterThan(SCHEDULES / 50);
  }, 600_000);

  it('are the same each time for the same seed, whichever others are played.', async () => {
    const first = await outcomes(7, 3);
    expect(await outcomes(8, 2)).toEqual(first.slice(1));
    expect(moveScheduleOf(7)).not.toEqual({ ...moveScheduleOf(8), seed: 7 });
  });
});

/** All that happened, and when. */
async function outcomes(seed: number, schedules: number) {
  const stories: string[][] = [];
  await drillMoves({ schedules, seed }, ({ story }) => stories.push(story));
  return stories;
}

const TODAY = '2016-05-27';
const GOOD_DAY: MoveSchedule = {
  ...{ seed: 1, families: [0], visits: 0, waits: [[1, 1]], startsAfter: 0, fates: [[1, 'ARRIVES']] },
  ...{ visitCrashOneIn: 1_000_000, atOnce: 0, echoOneIn: 1_000_000, partitions: 0, offsets: [] },
};

describe('The rules that a schedule of moves is held to', () => {
  let folder: string;
  let templates: MovingTemplates;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juki-drill-test-'));
    templates = await makeMovingTemplates(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What is found after a good day on which a family of Bunkyo moves to Shinjuku, and somebody tampers with a ledger. */
  async function foundAfter(tamper: (country: MovingCountry) => Promise<unknown>): Promise<MoveViolation[]> {
    const country = new MovingCountry(GOOD_DAY, templates);
    try {
      await country.start();
      await moveWithCards(country, templates);
      await tamper(country);
      return await violationsOfMoves(country);
    } finally {
      await country.close();
    }
  }

  const rulesAfter = async (tamper: (country: MovingCountry) => Promise<unknown>) => [
    ...new Set((await foundAfter(tamper)).map(({ rule }) => rule)),
  ];

  /** Of the head of the family. */
  const code = () => templates.people[0]?.records[0]?.residentRecordCode;
  const card = () => templates.people[0]?.cards[0]?.cardNumber;

  const at =
    (office: OfficeId, statement: (of: typeof sql) => ReturnType<typeof sql>) =>
    async (country: MovingCountry): Promise<void> => {
      const ledger = country.office(office).running?.ledger;
      if (!ledger) throw new Error(`${office} is down`);
      await ledger.transaction().execute((trx) => statement(sql).execute(trx));
    };

  it('hold of a day without faults.', async () => {
    expect(await foundAfter(() => Promise.resolve())).toEqual([]);
  });

  it('find somebody whom no register has.', async () => {
    const lose = at(
      SHINJUKU,
      (of) => of`update "resident_record" set deleted_on = ${TODAY} where resident_record_code = ${code()}`,
    );
    const detail = 'on no register, and could not be entered';
    expect(await foundAfter(lose)).toContainEqual({ rule: 'LOST', office: SHINJUKU, detail });
  });

  it('find somebody whom two registers have, and who was on two for a moment.', async () => {
    const revive = at(
      BUNKYO,
      (of) => of`update "resident_record" set deleted_on = null where resident_record_code = ${code()}`,
    );
    expect(await rulesAfter(revive)).toContain('DOUBLED');
    const forAMoment = async (country: MovingCountry) => {
      await revive(country);
      await at(
        BUNKYO,
        (of) => of`update "resident_record" set deleted_on = ${TODAY} where resident_record_code = ${code()}`,
      )(country);
    };
    const detail = 'on two registers at one moment';
    expect(await foundAfter(forAMoment)).toEqual([{ rule: 'DOUBLED', office: NATIONAL_CENTRE, detail }]);
  });

  it('find a code that has changed on the way.', async () => {
    const recode = at(
      SHINJUKU,
      (of) => of`update "resident_record" set resident_record_code = '00000000043'
      where resident_record_code = ${code()}`,
    );
    expect(await rulesAfter(recode)).toContain('FOLLOW');
  });

  it.each([
    ['address', "address = '〓'"],
    ['standing', "standing = 'DELETED'"],
    ['municipality', "municipality = '131059'"],
  ])('find a holding that disagrees with the register in its %s.', async (_column, assignment) => {
    const spoil = at(
      NATIONAL_CENTRE,
      (of) => of`update identification_information set ${of.raw(assignment)} where resident_record_code = ${code()}`,
    );
    expect(await rulesAfter(spoil)).toEqual(['CHAIN', 'AGREES']);
  });

  it('find a change that did not climb, and two that have one number.', async () => {
    const lose = at(TOKYO, (of) => of`delete from change_information where resident_record_code = ${code()}`);
    expect(await rulesAfter(lose)).toEqual(['LOST']);
    const sameNumber = at(
      SHINJUKU,
      (of) => of`update change_information set version = version - 1 where resident_record_code = ${code()}`,
    );
    expect(await rulesAfter(sameNumber)).toContain('VERSION');
  });

  it('find an entry that was not confirmed, or otherwise, and a confirmation of nothing.', async () => {
    const lose = at(TOKYO, (of) => of`delete from settled_move_out where resident_record_code = ${code()}`);
    expect(await foundAfter(lose)).toEqual([
      { rule: 'CONFIRMED', office: BUNKYO, detail: 'an entry without its one confirmation' },
    ]);
    const alter = at(TOKYO, (of) => of`update settled_move_out set destination = '141003'`);
    expect(await rulesAfter(alter)).toEqual(['CONFIRMED']);
    const invent = at(
      TOKYO,
      (of) => of`insert into settled_move_out values ('00000000043', 1, '131059', '131041', ${TODAY})`,
    );
    expect(await foundAfter(invent)).toEqual([{ rule: 'CONFIRMED', office: TOKYO, detail: 'confirms what never was' }]);
  });

  it('find what was never ended at either end.', async () => {
    const freeze = at(BUNKYO, (of) => of`update departing_record set state = 'CLAIMED'`);
    expect(await rulesAfter(freeze)).toEqual(['FROZEN']);
    const grant = at(BUNKYO, (of) => of`update claim set outcome = 'GRANTED'`);
    expect(await foundAfter(grant)).toEqual([{ rule: 'FROZEN', office: BUNKYO, detail: 'a claim' }]);
    for (const state of ['CLAIMING', 'CLAIMED', 'ENTERED', 'RELEASING']) {
      const go = at(SHINJUKU, (of) => of`update arrival set state = ${state}`);
      const detail = `a special move-in is ${state}`;
      expect(await foundAfter(go)).toEqual([{ rule: 'UNDER_WAY', office: SHINJUKU, detail }]);
    }
  });

  it('find somebody who was entered, and could be claimed once more.', async () => {
    const open = at(BUNKYO, (of) => of`update departing_record set state = 'OPEN'`);
    expect(await rulesAfter(open)).toEqual(['WAITING']);
  });

  it('find an entry with a card that came too late, or before the move-out.', async () => {
    for (const day of ['2016-06-11', '2016-05-25']) {
      const move = at(
        SHINJUKU,
        (of) => of`update record_version set content = json_set(content, '$.notifiedOn', ${day})
        where json_extract(content, '$.residentRecordCode') = ${code()}`,
      );
      expect(await foundAfter(move)).toEqual([{ rule: 'DEADLINE', office: SHINJUKU, detail: 'entered out of time' }]);
    }
  });

  it('find a card that nobody keeps, or two, or that stands otherwise above.', async () => {
    const give = at(SHINJUKU, (of) => of`update card set moved_to = '141003' where card_number = ${card()}`);
    expect(await foundAfter(give)).toEqual([
      { rule: 'KEPT', office: NATIONAL_CENTRE, detail: 'a card is kept nowhere' },
    ]);
    const keep = at(BUNKYO, (of) => of`update card set moved_to = null where card_number = ${card()}`);
    expect(await rulesAfter(keep)).toEqual(['KEPT']);
    const alter = at(
      NATIONAL_CENTRE,
      (of) => of`update card_status set state = 'INVALID' where card_number = ${card()}`,
    );
    expect(await foundAfter(alter)).toEqual([{ rule: 'STATUS', office: NATIONAL_CENTRE, detail: 'is wrong in state' }]);
    const move = at(TOKYO, (of) => of`update card_status set municipality = '131059' where card_number = ${card()}`);
    expect(await foundAfter(move)).toEqual([
      { rule: 'STATUS', office: TOKYO, detail: 'another municipality keeps it' },
    ]);
  });
});

async function moveWithCards(country: MovingCountry, { people, signing }: MovingTemplates): Promise<void> {
  const [town] = people;
  if (!town) throw new Error('nobody lives here');
  const family = new Family(country, town, { seed: 1, nth: 0, signing });
  const [destination, address] = ['東京都新宿区戸山一丁目1番1号', '東京都新宿区戸山一丁目1番1号'];
  const settled = async <Result>(asked: Promise<Result>): Promise<Result> => {
    await country.time.passes(50_000);
    return asked;
  };
  const notifier = family.notifier(family.codes[0]);
  const moveOut = { notifier, channel: 'COUNTER' as const, movers: family.codes, relationships: [], destination };
  const dates = { plannedOn: TODAY, destinationMunicipality: '131041' };
  await settled(family.ask(BUNKYO, acceptSpecialMoveOut, { ...moveOut, ...dates }));
  const card = { cardNumber: family.cards[0]?.cardNumber ?? '', pin: PIN };
  const begun = await settled(family.ask(SHINJUKU, beginSpecialMoveIn, { card, movedInOn: TODAY }));
  if (begun === 'NOTHING' || 'refused' in begun) throw new Error('the origin has not certified');
  const { arrivalId } = begun.done;
  await settled(family.ask(SHINJUKU, completeSpecialMoveIn, { arrivalId, address, people: [], relationships: [] }));
}
