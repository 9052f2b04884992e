import { addDays, type CalendarDate } from '#core/domain/calendar-date.js';
import type { ChangeReason } from '#core/domain/change-information.js';
import { CHANGE_REASONS } from '#core/domain/change-information.js';
import { nextVersion, versionAfterUnknown } from '#core/domain/change-version.js';
import type { Change } from '#core/domain/fold-changes.js';
import type { IdentificationInformation, Sex } from '#core/domain/identification-information.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { drawAddress } from '../seed/addresses.js';
import { Allotment } from '../seed/codes.js';
import { GIVEN_NAMES, SURNAMES } from '../seed/names.js';
import type { Random } from '../seed/random.js';
import { areaOf } from '../seed/towns.js';
import { uuidFrom } from './drawn-ids.js';

const MOST_TOGETHER = 4;

interface Person {
  identification: IdentificationInformation;
  version: number;
  /** Where they are recorded; undefined between a move-out and the move-in, after a death, and of who went abroad. */
  home: OfficeId | undefined;
  /** What the move-out certificate hands over. */
  certificate?: number;
  /** Of whom it is not known yet whether their last act was recorded. */
  isInDoubt: boolean;
}

/** What is notified at a counter at one time: one transaction. */
export interface Act {
  office: OfficeId;
  changes: Change[];
  /** The population goes on from how the act came out. */
  settle(recorded: boolean): void;
}

/** People who are born, move, are corrected and die, as their municipalities would record it. */
export class Population {
  private readonly people: Person[] = [];
  private readonly random: Random;
  private readonly allotment = new Allotment();
  private readonly towns: OfficeId[];

  constructor(random: Random, towns: OfficeId[]) {
    this.random = random;
    this.towns = towns;
  }

  /** The next act, at an office that is open. */
  drawAct(today: CalendarDate, isOpen: (office: OfficeId) => boolean): Act | undefined {
    const { random } = this;
    const draw = random.weighted([
      [this.people.length < 6 ? 12 : 3, () => this.drawEntry(today)],
      [6, () => this.drawCorrection(today)],
      [2, () => this.drawCodeChange(today)],
      [3, () => this.drawMoveOut(today)],
      [5, () => this.drawMoveIn(today)],
      [1, () => this.drawDeath(today)],
    ]);
    const act = draw();
    if (!act || isOpen(act.office)) return act;
    act.settle(false);
    return undefined;
  }

  private drawEntry(today: CalendarDate): Act {
    const { random, allotment } = this;
    const office = random.pick(this.towns);
    const reason: ChangeReason = random.pick(['BIRTH', 'MOVE_IN', 'EX_OFFICIO_ENTRY']);
    const address = drawAddress(random, areaOf(codeOf(office)));
    const surname = random.pick(SURNAMES).text;
    const changes = Array.from({ length: random.between(1, MOST_TOGETHER) }, () => {
      const sex: Sex = random.pick(['MALE', 'FEMALE']);
      const identification = {
        ...{ name: `${surname} ${random.pick(GIVEN_NAMES[sex]).text}`, sex, address },
        birthDate: addDays(today, -random.integer(reason === 'BIRTH' ? 14 : 30_000)),
        residentRecordCode: allotment.residentRecordCode(random),
      };
      return this.changeOf({ office, reason, identification, version: nextVersion(0, today) }, today);
    });
    const settle = (recorded: boolean) => {
      if (!recorded) return;
      for (const { identification, version } of changes)
        this.people.push({ identification, version, home: office, isInDoubt: false });
    };
    return { office, changes, settle };
  }

  private drawCorrection(today: CalendarDate): Act | undefined {
    const { random } = this;
    const reason: ChangeReason = random.pick(['CHANGE_OF_ADDRESS', 'MINOR_CORRECTION', 'EX_OFFICIO_CORRECTION']);
    return this.actOfHousehold(today, reason, ({ identification, home = '' }) =>
      reason === 'CHANGE_OF_ADDRESS'
        ? { ...identification, address: drawAddress(random, areaOf(codeOf(home))) }
        : { ...identification, name: `${random.pick(SURNAMES).text} ${identification.name.split(' ')[1] ?? ''}` },
    );
  }

  private drawDeath(today: CalendarDate): Act | undefined {
    return this.actOfHousehold(today, 'DEATH', ({ identification }) => identification, 1);
  }

  private drawMoveOut(today: CalendarDate): Act | undefined {
    return this.actOfHousehold(today, 'MOVE_OUT', ({ identification }) => identification);
  }

  private drawCodeChange(today: CalendarDate): Act | undefined {
    const reason: ChangeReason = this.random.pick(['CODE_CHANGE_REQUEST', 'EX_OFFICIO_CODE']);
    const newCode = () => this.allotment.residentRecordCode(this.random);
    return this.actOfHousehold(
      today,
      reason,
      ({ identification }) => ({ ...identification, residentRecordCode: newCode() }),
      1,
    );
  }

  /** Of one who is between two municipalities, or comes back from abroad without a certificate. */
  private drawMoveIn(today: CalendarDate): Act | undefined {
    const { random } = this;
    const between = this.people.filter(({ certificate, isInDoubt }) => certificate !== undefined && !isInDoubt);
    if (between.length === 0) return undefined;
    const person = random.pick(between);
    const office = random.pick(this.towns);
    const identification = { ...person.identification, address: drawAddress(random, areaOf(codeOf(office))) };
    // Two entries on one day without a certificate would have one version.
    const unknown = versionAfterUnknown(today);
    const isKnown = person.version >= unknown || random.chance(0.8);
    const version = isKnown ? (person.certificate ?? 0) : unknown;
    const stated = { office, reason: 'MOVE_IN' as const, identification, version };
    return this.actOf(office, [[person, this.changeOf(stated, today)]]);
  }

  /** The same for people of one municipality. */
  private actOfHousehold(
    today: CalendarDate,
    reason: ChangeReason,
    after: (person: Person) => IdentificationInformation,
    most = MOST_TOGETHER,
  ): Act | undefined {
    const { random } = this;
    const office = random.pick(this.towns);
    const residents = this.people.filter(({ home, isInDoubt }) => home === office && !isInDoubt);
    if (residents.length === 0) return undefined;
    const concerned = random.shuffled(residents).slice(0, random.between(1, most));
    const changes = concerned.map((person): [Person, Change] => {
      const version = nextVersion(person.version, today);
      return [person, this.changeOf({ office, reason, identification: after(person), version }, today, person)];
    });
    return this.actOf(office, changes);
  }

  private actOf(office: OfficeId, changed: [Person, Change][]): Act {
    for (const [person] of changed) person.isInDoubt = true;
    const settle = (recorded: boolean) => {
      for (const [person, change] of changed) {
        person.isInDoubt = false;
        if (recorded) follow(person, change, office);
      }
    };
    return { office, changes: changed.map(([, change]) => change), settle };
  }

  private changeOf(
    stated: { office: OfficeId; reason: ChangeReason; identification: IdentificationInformation; version: number },
    causeOn: CalendarDate,
    before?: Person,
  ): Change {
    const { office, reason, identification, version } = stated;
    const kind = CHANGE_REASONS[reason];
    const previousCode = kind === 'CODE_CORRECTION' ? (before?.identification.residentRecordCode ?? null) : null;
    return {
      ...{ changeId: uuidFrom(this.random), municipality: codeOf(office), kind, reason, causeOn },
      ...{ version, previousCode, identification },
    };
  }
}

function follow(person: Person, { identification, version, reason, kind }: Change, office: OfficeId): void {
  person.identification = identification;
  person.version = version;
  person.home = kind === 'DELETION' ? undefined : office;
  delete person.certificate;
  if (reason === 'MOVE_OUT') person.certificate = version + 1;
}
