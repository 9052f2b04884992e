import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { today } from '#core/domain/clock.js';
import { NATIONAL_CENTRE, type OfficeId } from '#core/domain/office.js';
import { refusalOf } from '#core/domain/refusal.js';
import { readClock } from '#core/places.js';
import { officeFolder } from '#core/trust/credentials.js';
import { told } from '../../audit/unsound.js';
import { verifyExports } from '../../audit/verify-exports.js';
import { exportLog } from '../../audit/write-export.js';
import { ListMoves, VerifyCard } from '../../operator/procedures.js';
import { violationsIn } from '../invariants.js';
import { ledgersOf } from '../ledger-state.js';
import type { PreparedCountry } from '../prepared-country.js';
import { EndState, type Fault } from './end-state.js';
import type { Family } from './families.js';
import { MortalOffices } from './mortal-offices.js';
import { moveFamily } from './move-family.js';

export const FROM: OfficeId = 'municipality/131059';
const TO: OfficeId = 'municipality/141003';
export const OFFICES: OfficeId[] = [NATIONAL_CENTRE, 'prefecture/130001', 'prefecture/140007', FROM, TO];

/** A point at which an office is to die. */
interface Death {
  office: OfficeId;
  at: string;
}

/** A move with a card, and who is to die meanwhile. */
export interface Course {
  /** Whether the first move-in is given up once, and begun again. */
  givesUpOnce: boolean;
  /** Of different offices. */
  deaths: Death[];
}

/** What does not hold, and of which move; of a network as a whole where there is none. */
export interface CrashViolation {
  rule: Fault | 'REFUSED' | 'UNREST' | 'UNDER_WAY' | 'CARD_NOT_GOOD' | 'NEVER_CAME' | 'LEDGERS' | 'LOGS';
  course?: Course;
  detail: string;
}

/** A network of real processes, in which families move one after another while offices die. */
export class CrashNetwork {
  readonly day: string;
  private readonly country: PreparedCountry;
  private readonly folder: string;
  private readonly offices: MortalOffices;
  private readonly moved: { family: Family; course: Course }[] = [];
  /** The points that each office passed while the last family moved. */
  private passed = new Map<OfficeId, string[]>();
  private first: Awaited<ReturnType<typeof ledgersOf>> = [];

  constructor(country: PreparedCountry, folder: string) {
    this.country = country;
    this.folder = mkdtempSync(join(folder, 'crashes-'));
    this.offices = new MortalOffices(country, TO);
    this.day = today(readClock(country.clockFile, country.network));
  }

  /** Starts every office; and has a family move, so that all have spoken with each other and everybody has signed in. */
  async start(family: Family): Promise<CrashViolation[]> {
    this.first = await ledgersOf(this.country);
    await this.offices.startAll();
    return this.move(family, { givesUpOnce: false, deaths: [] });
  }

  /** Has a family move while nobody dies. @returns the points that each office passed */
  async survey(family: Family, givesUpOnce: boolean): Promise<Map<OfficeId, string[]>> {
    for (const office of OFFICES) await this.offices.count(office);
    await this.move(family, { givesUpOnce, deaths: [] });
    return new Map(this.passed);
  }

  /** Has a family move while offices die. @returns every name of the points at which they did, as many as did */
  async crash(family: Family, course: Course): Promise<{ diedAt: string[][]; violations: CrashViolation[] }> {
    const lastWords = course.deaths.map((_, i) => join(this.folder, `${this.moved.length}-${i}.json`));
    for (const [i, { office, at }] of course.deaths.entries()) await this.offices.dieAt(office, at, lastWords[i] ?? '');
    const violations = await this.move(family, course);
    const left = lastWords.filter((file) => existsSync(file));
    return { diedAt: left.map((file) => JSON.parse(readFileSync(file, 'utf8')) as string[]), violations };
  }

  /** @returns what does not hold after all that happened */
  async end(): Promise<CrashViolation[]> {
    const logs = await this.verifyLogs();
    await this.offices.stopAll();
    const state = await EndState.read(this.country, { from: FROM, to: TO });
    const faults = this.moved.flatMap(({ family, course }) =>
      state.faultsOf(family).map((rule): CrashViolation => ({ rule, course, detail: '' })),
    );
    return [...faults, ...(await this.ledgerFaults()), ...logs];
  }

  stop(): Promise<void> {
    return this.offices.stopAll();
  }

  private async move(family: Family, course: Course): Promise<CrashViolation[]> {
    const { offices, day } = this;
    const { givesUpOnce } = course;
    const violation = (rule: CrashViolation['rule'], detail = ''): CrashViolation[] => [{ rule, course, detail }];
    this.moved.push({ family, course });
    try {
      await moveFamily(offices, { family, from: FROM, to: TO, day, givesUpOnce });
    } catch (error) {
      return violation('REFUSED', refusalOf(error).reason);
    }
    if (!(await offices.comesToRest())) return violation('UNREST');
    // What operators look at afterwards is no part of the move.
    for (const office of OFFICES) this.passed.set(office, await offices.endCount(office));
    return (await this.seenAtCounters(family)).flatMap(([rule, detail]) => violation(rule, detail));
  }

  /** What operators see afterwards. Whoever has to sign in again, because the office was started again, does so here. */
  private async seenAtCounters({ card, codes }: Family): Promise<['UNDER_WAY' | 'CARD_NOT_GOOD', string][]> {
    const seen: ['UNDER_WAY' | 'CARD_NOT_GOOD', string][] = [];
    for (const end of [FROM, TO]) {
      const { moves } = await this.offices.operatorOf(end).ask(ListMoves, { purpose: 'crash drill' });
      const theirs = moves.filter((move) => move.residentRecordCodes.some((code) => codes.includes(code)));
      if (theirs.length > 0) seen.push(['UNDER_WAY', end]);
    }
    const { cardNumber, pin } = card;
    await this.offices
      .operatorOf(TO)
      .ask(VerifyCard, { card: { cardNumber, pin } })
      .catch((error) => seen.push(['CARD_NOT_GOOD', refusalOf(error).reason]));
    return seen;
  }

  private async ledgerFaults(): Promise<CrashViolation[]> {
    const { network } = this.country;
    const first = new Map(this.first.map(({ office, holdings }) => [office, holdings]));
    const ledgers = await ledgersOf(this.country);
    const found = violationsIn({ network, ledgers, confirmed: new Map(), first, setBack: new Set() });
    return found.map(({ rule, office, detail }) => ({ rule: 'LEDGERS', detail: `${rule} ${office}: ${detail}` }));
  }

  private async verifyLogs(): Promise<CrashViolation[]> {
    const exports = join(this.folder, 'exports');
    await this.offices.startAll();
    for (const office of OFFICES) await exportLog(this.offices.operatorOf(office), exports);
    const verdict = verifyExports(exports, officeFolder(this.country.certs, NATIONAL_CENTRE));
    return verdict.sound ? [] : [{ rule: 'LOGS', detail: told(verdict.wrong) }];
  }
}
