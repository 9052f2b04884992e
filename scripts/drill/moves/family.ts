import { addDays } from '#core/domain/calendar-date.js';
import { today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import type { Notifier } from '#municipality/domain/counter/notifier.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import type { Counter } from '#municipality/use-cases/counter.js';
import { drawAddress } from '../../seed/addresses.js';
import type { Random } from '../../seed/random.js';
import type { SeededMunicipality } from '../../seed/residents.js';
import { areaOf } from '../../seed/towns.js';
import { bytesFrom, uuidFrom } from '../drawn-ids.js';
import { streamOf } from '../schedule.js';
import type { MovingCountry } from './moving-country.js';
import type { MovingTemplates } from './moving-templates.js';
import { atCounter, type Told } from './officer.js';
import { type Living, type Sighting, sightingOf } from './sightings.js';

/** A move-out certificate on paper. There is one of each: whoever has handed it in has it no more. */
export interface Paper {
  payload: string;
  origin: OfficeId;
  codes: string[];
  /** At which counter it is handed in. */
  handedInAt?: OfficeId;
}

export interface CardInHand {
  cardNumber: string;
  residentRecordCode: string;
}

/** Honest people who move, and what they carry. */
export class Family {
  readonly random: Random;
  readonly country: MovingCountry;
  readonly people: readonly ResidentRecord[];
  readonly codes: string[];
  /** The newest of somebody first. */
  readonly cards: CardInHand[];
  papers: Paper[] = [];
  /** Where they know that they were entered. */
  private readonly homes = new Map<string, OfficeId>();
  /** The number of the last change at which they left somewhere, as far as they have seen. */
  private readonly seen = new Map<string, number>();
  /** Counters that crashed over what they had asked for: whether it was done, nobody knows until those are open again. */
  private readonly inDoubt = new Set<OfficeId>();
  private readonly signing: MovingTemplates['signing'];

  constructor(
    country: MovingCountry,
    { records, cards }: SeededMunicipality,
    { seed, nth, signing }: { seed: number; nth: number; signing: MovingTemplates['signing'] },
  ) {
    this.random = streamOf(seed, `family ${nth}`);
    this.country = country;
    this.people = records;
    this.codes = records.map(({ residentRecordCode }) => residentRecordCode);
    this.cards = [...cards];
    this.signing = signing;
  }

  /**
   * How they stand. Honest people do not ask for an entry, nor for a paper, while they may be entered somewhere; and
   * throw away what is left of a move that is over.
   */
  look(): Sighting {
    const { country, homes, inDoubt, seen } = this;
    const sighting = sightingOf(country, this.codes);
    const isUp = (town: OfficeId) => country.office(town).running !== undefined;
    for (const { code, town } of sighting.living) homes.set(code, town);
    const isGone = ([code, town]: [string, OfficeId]) =>
      isUp(town) && !sighting.living.some((one) => one.code === code);
    for (const [code] of [...homes].filter(isGone)) homes.delete(code);
    for (const town of [...inDoubt].filter(isUp)) {
      inDoubt.delete(town);
      for (const paper of this.papers) if (paper.handedInAt === town) delete paper.handedInAt;
    }
    this.papers = this.papers.filter(({ codes }) => !codes.some((code) => homes.has(code)));
    for (const { code, version } of sighting.left) seen.set(code, Math.max(version, seen.get(code) ?? 0));
    // Where they left last can be closed, and an earlier town open that would hand out its paper once more.
    const isOfToday = (code: string) =>
      sighting.left.some((one) => one.code === code && one.version === seen.get(code));
    const waits = ({ code }: { code: string }) => inDoubt.size === 0 && !homes.has(code) && isOfToday(code);
    return { ...sighting, leaving: sighting.leaving.filter(waits), left: sighting.left.filter(waits) };
  }

  /** Papers that are in their hands. */
  get inHand(): Paper[] {
    return this.inDoubt.size > 0 ? [] : this.papers.filter(({ handedInAt }) => handedInAt === undefined);
  }

  /** Of what concerns whose entry or return it is known where they are then. */
  entered(codes: string[], town: OfficeId): void {
    for (const code of codes) this.homes.set(code, town);
  }

  /** Has an officer of a town do something for them. */
  async ask<Request, Result>(
    town: OfficeId,
    act: (counter: Counter, request: Request, exchange: Exchange) => Promise<Result>,
    request: Request,
  ): Promise<Told<Result>> {
    const { random, country } = this;
    const asked = country.tell(`${town}: ${act.name}`);
    const fresh = { newId: () => uuidFrom(random), randomBytes: (size: number) => bytesFrom(random, size) };
    const tool = { operator: this.signing.operatorOf(town), fresh };
    const told = await atCounter(country, town, tool, (counter, exchange) => act(counter, request, exchange));
    country.tell(`${asked} ${told === 'NOTHING' ? told : 'refused' in told ? told.refused : 'done'}`);
    if (told === 'NOTHING') this.inDoubt.add(town);
    // That is a fault of the office, and no answer to anybody.
    else if ('refused' in told && told.refused === 'INTERNAL') throw new Error(`${act.name} failed`);
    return told;
  }

  /** Whoever of them comes shows a passport. */
  notifier(code: string | undefined): Notifier {
    const { name = '', birthDate = '' } = this.people.find((one) => one.residentRecordCode === code) ?? {};
    return { photoId: { kind: 'PASSPORT', expiresOn: '2099-01-01', name, birthDate }, letterOfAttorney: false };
  }

  today(town: OfficeId): string {
    return today(this.country.clock(town));
  }

  /** A day of late, by the clock of a town. */
  lately(town: OfficeId): string {
    return addDays(
      this.today(town),
      -this.random.weighted([
        [8, 0],
        [2, 1],
        [1, 13],
        [1, 16],
      ] as const),
    );
  }

  addressIn(town: OfficeId): string {
    return drawAddress(this.random, areaOf(codeOf(town)));
  }

  otherTown(...not: OfficeId[]): OfficeId {
    return this.random.pick(this.country.towns.filter((town) => !not.includes(town)));
  }

  /** Some of those who live together, and how the others stand to one another then. */
  someOf(together: Living[]): {
    movers: string[];
    relationships: { residentRecordCode: string; relationship: string }[];
  } {
    const { random } = this;
    const all = random.chance(0.75) || together.length === 1;
    const movers = all ? together : random.shuffled(together).slice(0, random.between(1, together.length - 1));
    const staying = together.filter((one) => !movers.includes(one));
    const isHeaded = staying.some(({ relationship }) => relationship === '世帯主');
    return {
      movers: movers.map(({ code }) => code),
      relationships: isHeaded ? [] : related(staying.map(({ code }) => code)),
    };
  }
}

/** The first heads the household, and the others live with them. */
export function related(codes: string[]): { residentRecordCode: string; relationship: string }[] {
  return codes.map((residentRecordCode, i) => ({ residentRecordCode, relationship: i === 0 ? '世帯主' : '同居人' }));
}
