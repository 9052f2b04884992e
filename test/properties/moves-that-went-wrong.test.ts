import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addDays } from '#core/domain/calendar-date.js';
import { municipalityId, NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { acceptSpecialMoveOut } from '#municipality/use-cases/accept-special-move-out.js';
import { beginSpecialMoveIn } from '#municipality/use-cases/begin-special-move-in.js';
import { cancelMoveOut } from '#municipality/use-cases/cancel-move-out.js';
import { completeSpecialMoveIn } from '#municipality/use-cases/complete-special-move-in.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import { releaseSpecialMoveIn } from '#municipality/use-cases/release-special-move-in.js';
import { Family } from '#scripts/drill/moves/family.js';
import { MovingCountry } from '#scripts/drill/moves/moving-country.js';
import { type MovingTemplates, makeMovingTemplates } from '#scripts/drill/moves/moving-templates.js';
import type { Told } from '#scripts/drill/moves/officer.js';
import { PIN } from '#scripts/drill/moves/residents.js';
import { violationsOfMoves } from '#scripts/drill/moves/rules.js';
import { turns } from '#scripts/drill/virtual-time.js';

/*
 *            National centre
 *             ▲           ▲              a family of Bunkyo with two cards, of which one expires on 29 May, wants to
 *          Tokyo       Kanagawa          move to Shinjuku or Yokohama: stories that the drill of moves has found, or
 *          ▲    ▲         ▲              that it finds seldom
 *     Bunkyo ─▶ Shinjuku  Yokohama
 */
const BUNKYO = municipalityId('131059');
const SHINJUKU = municipalityId('131041');
const YOKOHAMA = municipalityId('141003');
const DAY = 86_400_000;
const ADDRESS = '東京都新宿区戸山一丁目1番1号';

describe('A family that moves with its cards', () => {
  let folder: string;
  let templates: MovingTemplates;
  let country: MovingCountry;
  let family: Family;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'juki-drill-test-'));
    templates = await makeMovingTemplates(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeEach(async () => {
    country = new MovingCountry(
      {
        ...{ seed: 1, families: [0], visits: 0, waits: [[1, 1]], startsAfter: 0, fates: [[1, 'ARRIVES']] },
        ...{ visitCrashOneIn: 1_000_000, atOnce: 0, echoOneIn: 1_000_000, partitions: 0, offsets: [] },
      },
      templates,
    );
    await country.start();
    const [town] = templates.people;
    if (!town) throw new Error('nobody lives in Bunkyo');
    family = new Family(country, town, { seed: 1, nth: 0, signing: templates.signing });
  });
  afterEach(() => country.close());

  /** Lets everything that follows come to its end. */
  async function settled<Result>(asked: Promise<Result>): Promise<Result> {
    // What it asks others is on its way before time passes.
    await turns(20);
    await country.time.passes(50_000);
    return asked;
  }

  async function daysPass(days: number): Promise<void> {
    country.time.later(() => {}, days * DAY);
    await country.time.passes(50_000);
  }

  const moveOut = (destination: OfficeId = SHINJUKU) =>
    settled(
      family.ask(BUNKYO, acceptSpecialMoveOut, {
        ...{ notifier: family.notifier(family.codes[0]), channel: 'COUNTER', movers: family.codes, relationships: [] },
        ...{ plannedOn: family.today(BUNKYO), destinationMunicipality: destination.slice(-6), destination: ADDRESS },
      }),
    );
  const moveInOf = (town: OfficeId, daysAgo = 0) => ({
    card: { cardNumber: family.cards[0]?.cardNumber ?? '', pin: PIN },
    movedInOn: addDays(family.today(town), -daysAgo),
  });
  const begin = (town: OfficeId, daysAgo = 0) => settled(family.ask(town, beginSpecialMoveIn, moveInOf(town, daysAgo)));
  const complete = async (town: OfficeId, begun: Awaited<ReturnType<typeof begin>>) =>
    settled(
      family.ask(town, completeSpecialMoveIn, {
        ...{ arrivalId: doneOf(begun).arrivalId, address: ADDRESS, people: [], relationships: [] },
      }),
    );
  const cancel = () =>
    settled(
      family.ask(BUNKYO, cancelMoveOut, {
        ...{ notifier: family.notifier(family.codes[0]), people: family.codes, certificates: [], relationships: [] },
      }),
    );
  const violations = () => violationsOfMoves(country);
  const cardsAt = (office: OfficeId) => {
    const table = office === NATIONAL_CENTRE ? 'card_status' : 'card';
    const sql = `select state, invalid_by from ${table} where card_number = ?`;
    return country.rows(office, sql, family.cards[0]?.cardNumber);
  };

  it('leaves a card behind that has expired on the way: it stays with the origin, and is kept by somebody.', async () => {
    await moveOut();
    await daysPass(3);
    await complete(SHINJUKU, await begin(SHINJUKU));
    expect(await violations()).toEqual([]);
    const kept = country.rows<{ card_number: string }>(BUNKYO, 'select card_number from card where moved_to is null');
    expect(kept.map((row) => row.card_number)).toEqual([family.cards[1]?.cardNumber]);
  });

  it('loses its cards by coming too late, and the levels above hear of it without anything else happening.', async () => {
    await moveOut();
    await daysPass(20);
    expect(await begin(SHINJUKU, 15)).toEqual({ refused: 'SPECIAL_MOVE_TOO_LATE' });
    expect(cardsAt(NATIONAL_CENTRE)).toEqual([{ state: 'INVALID', invalid_by: 'SPECIAL_MOVE_MISSED' }]);
  });

  it('begins anew where a first move-in was left over from a move that it had taken back.', async () => {
    await moveOut();
    country.line.partition(BUNKYO, 'SILENT');
    expect(await begin(SHINJUKU)).toEqual({ refused: 'OFFICE_UNAVAILABLE' });
    country.line.join(BUNKYO);
    await cancel();
    await daysPass(10);
    await moveOut();
    // What is left over has another day, and ends first: given up, or asked again.
    expect(await begin(SHINJUKU)).toEqual({ refused: 'MOVE_UNDER_WAY' });
    expect(await begin(SHINJUKU, 10)).toEqual({ refused: 'MOVE_OUT_NOT_NOTIFIED' });
    await complete(SHINJUKU, await begin(SHINJUKU));
    expect(await violations()).toEqual([]);
  });

  it('can not come back before its origin has heard that it has left, and is told so.', async () => {
    await moveOut();
    const begun = await begin(SHINJUKU);
    country.line.partition(BUNKYO, 'SILENT');
    let told: unknown;
    country.time.later(
      () => void family.ask(BUNKYO, beginSpecialMoveIn, moveInOf(BUNKYO)).then((it) => (told = it)),
      10_000,
    );
    country.time.later(() => country.line.join(BUNKYO), 60_000);
    await complete(SHINJUKU, begun);
    expect(told).toEqual({ refused: 'MOVE_UNDER_WAY' });
    expect(await violations()).toEqual([]);
  });

  it('has given up for good what it has given up, whatever moment of the claim that was.', async () => {
    await moveOut();
    for (let ms = 0; ms < 400; ms += 10) {
      const given: string[] = [];
      const giveUp = async () => {
        for (const { town, arrivalId } of family.look().arriving) {
          const told = await family.ask(town, releaseSpecialMoveIn, arrivalId);
          if (told !== 'NOTHING' && 'done' in told) given.push(arrivalId);
        }
      };
      country.time.later(() => void giveUp(), ms);
      await begin(SHINJUKU);
      const states = given.flatMap((id) =>
        country.rows<{ state: string }>(SHINJUKU, 'select state from arrival where arrival_id = ?', id),
      );
      expect({ ms, states }).toEqual({ ms, states: given.map(() => ({ state: 'RELEASED' })) });
      await settled(giveUp());
    }
    await complete(SHINJUKU, await begin(SHINJUKU));
    expect(await violations()).toEqual([]);
  });

  it('gets no card back by staying after all, once its last day has passed, noted or not.', async () => {
    await moveOut();
    await daysPass(31);
    await cancel();
    await country.office(BUNKYO).during(({ lapse }) => settled(lapse()));
    expect(cardsAt(BUNKYO)).toEqual([{ state: 'INVALID', invalid_by: 'SPECIAL_MOVE_MISSED' }]);
    expect(cardsAt(NATIONAL_CENTRE)).toEqual(cardsAt(BUNKYO));
  });

  describe('and whose card is shown at two counters', () => {
    const discrepancies = () => country.rows(NATIONAL_CENTRE, 'select * from discrepancy');

    /** What a chip answers to a reader, and the question about it, which waits to be put. */
    function shownAt(town: OfficeId): () => Promise<Told<unknown>> {
      const [cardNumber = '', code = ''] = [family.cards[0]?.cardNumber, family.codes[0]];
      const read = (counter: Counter) =>
        counter.cardReader.read(
          { kind: 'CARD', cardNumber, pin: PIN },
          { today: family.today(town), reader: town, challenge: 'a'.repeat(32) },
        );
      const counter = country.office(town).running?.counter;
      if (!counter) throw new Error(`${town} is closed`);
      const { answer } = read(counter);
      return () =>
        settled(family.ask(town, (desk, _request, exchange) => desk.checkCard(answer, code, exchange), undefined));
    }

    it('is not accused where one question has overtaken the other, and only the newer answer counts.', async () => {
      const [first, second] = [shownAt(SHINJUKU), shownAt(YOKOHAMA)];
      expect(await second()).toMatchObject({ done: { state: 'ACTIVE' } });
      expect(await first()).toEqual({ refused: 'CARD_NOT_CONFIRMED' });
      expect(discrepancies()).toEqual([]);
    });

    it('is found out by an old answer that comes when nothing can have been under way for so long.', async () => {
      const [first, second] = [shownAt(SHINJUKU), shownAt(YOKOHAMA)];
      await second();
      country.time.later(() => {}, 10 * 60_000 + 1);
      await country.time.passes(50_000);
      expect(await first()).toEqual({ refused: 'CARD_COPIED' });
      expect(discrepancies()).toMatchObject([{ what: 'CARD_COPIED' }]);
    });
  });
});

function doneOf<Result>(told: Told<Result>): Result {
  if (told === 'NOTHING' || 'refused' in told) throw new Error('was not done');
  return told.done;
}
