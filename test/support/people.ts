import { codeOf, type OfficeId } from '#core/domain/office.js';
import type { Restriction, RestrictionKind } from '#municipality/domain/protection/restriction.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import type { SeededCard, SeededMunicipality } from '#scripts/seed/residents.js';

/** The day on which tests begin. */
const TODAY = '2016-05-27';

/** A person with a card in the pocket. */
export interface CardHolder {
  record: ResidentRecord;
  card: SeededCard;
}

/** A householder with spouse and two children. */
export interface Family {
  householder: ResidentRecord;
  spouse: ResidentRecord;
  child: ResidentRecord;
  younger: ResidentRecord;
  all: ResidentRecord[];
}

export type Couple = [householder: ResidentRecord, other: ResidentRecord];

/** Hands out one after the other, so that every test has people of its own, whichever tests run. */
export function handingOut<T>(all: T[]): () => T {
  const left = [...all];
  return () => found(left.shift());
}

/** The made-up people of one municipality, found by what a test needs of them. */
export class Town {
  private readonly town: SeededMunicipality;

  constructor(people: SeededMunicipality[], office: OfficeId) {
    this.town = found(people.find(({ municipality }) => municipality === codeOf(office)));
  }

  get records(): ResidentRecord[] {
    return this.town.records;
  }

  get restrictions(): Restriction[] {
    return this.town.restrictions;
  }

  /** Active people whose household nothing restricts and whose name, birth date and sex are theirs alone. */
  get residents(): ResidentRecord[] {
    const { records, restrictions } = this.town;
    const restricted = new Set(restrictions.map(({ recordId }) => recordId));
    const households = new Set(records.filter((r) => restricted.has(r.recordId)).map((r) => r.householdId));
    const alike = Map.groupBy(records, looks);
    return records.filter(
      (record) =>
        record.deletedOn === null && !households.has(record.householdId) && alike.get(looks(record))?.length === 1,
    );
  }

  /** Residents with a card that is good today, those in the largest households first. */
  get cardHolders(): CardHolder[] {
    const holders = this.residents.flatMap((record) => {
      const card = this.cardOf(record);
      return card && card.expiresOn >= TODAY ? [{ record, card }] : [];
    });
    return holders.sort((a, b) => this.household(b.record).length - this.household(a.record).length);
  }

  get cardHolder(): CardHolder {
    return found(this.cardHolders[0]);
  }

  /** Somebody whose card's last day has passed. */
  get holderOfExpiredCard(): CardHolder {
    const record = found(this.residents.find((one) => (this.cardOf(one)?.expiresOn ?? TODAY) < TODAY));
    return { record, card: found(this.cardOf(record)) };
  }

  /** A resident who shares a household with at least three others. */
  get memberOfFour(): ResidentRecord {
    return found(this.residents.find((record) => this.household(record).length >= 4));
  }

  /** Whole households of residents, of so many people at least and at most, the householder first. */
  households(least: number, most = least): ResidentRecord[][] {
    const residents = new Set(this.residents);
    const heads = this.residents.filter(({ relationship }) => relationship === '世帯主');
    return heads
      .map((head) => this.household(head))
      .filter((all) => all.length >= least && all.length <= most && all.every((one) => residents.has(one)));
  }

  /** Households of a married couple and two children. */
  get families(): Family[] {
    return this.households(4).flatMap(([householder, spouse, child, younger]) =>
      householder && /^[夫妻]$/.test(spouse?.relationship ?? '') && spouse && child && younger
        ? [{ householder, spouse, child, younger, all: [householder, spouse, child, younger] }]
        : [],
    );
  }

  /** Householders with one other person. */
  get couples(): Couple[] {
    return this.households(2).flatMap(([one, other]) => (one && other ? [[one, other] satisfies Couple] : []));
  }

  /** Those of some households in which nobody has a card that is good today. */
  withoutCards<Household extends ResidentRecord[]>(households: Household[]): Household[] {
    const isGood = (record: ResidentRecord) => (this.cardOf(record)?.expiresOn ?? '') >= TODAY;
    return households.filter((members) => !members.some(isGood));
  }

  /** Residents who live alone. */
  get singles(): ResidentRecord[] {
    return this.households(1).flat();
  }

  /** One resident of a household, each of whom can leave without saying who follows: who live alone come first. */
  get leavers(): ResidentRecord[] {
    return [...this.singles, ...this.couples.map(([, other]) => other), ...this.families.map(({ younger }) => younger)];
  }

  /** A resident with a name of characters that conversion tables lose, for each kind of such a character. */
  get withRareCharacters(): ResidentRecord[] {
    const kinds = [/\u{20BB7}/u, /[髙﨑邉邊濵齋栁桒]/u, /[\u{E0100}-\u{E01EF}]/u];
    return kinds.flatMap((kind) => this.residents.find(({ name }) => kind.test(name)) ?? []);
  }

  /** A foreign resident whose common name goes with the name. */
  get withCommonName(): ResidentRecord {
    return found(this.residents.find(({ commonName }) => commonName !== null));
  }

  /** Two people whom name, birth date and sex do not tell apart. */
  get namesakes(): [ResidentRecord, ResidentRecord] {
    const active = this.town.records.filter(({ deletedOn }) => deletedOn === null);
    const [one, other] = found([...Map.groupBy(active, looks).values()].find((group) => group.length > 1));
    return [found(one), found(other)];
  }

  deleted(reason: ResidentRecord['deletionReason']): ResidentRecord {
    return found(this.town.records.find(({ deletionReason }) => deletionReason === reason));
  }

  restricted(kind: RestrictionKind): ResidentRecord {
    const recordId = found(this.town.restrictions.find((restriction) => restriction.kind === kind)).recordId;
    return found(this.town.records.find((record) => record.recordId === recordId));
  }

  /** The active members of somebody's household, the householder first, themselves among them. */
  household({ householdId }: ResidentRecord): ResidentRecord[] {
    const members = this.town.records.filter((one) => one.householdId === householdId && one.deletedOn === null);
    const isHouseholder = ({ relationship }: ResidentRecord) => relationship === '世帯主';
    return members.sort((a, b) => Number(isHouseholder(b)) - Number(isHouseholder(a)));
  }

  /** A code that may have been allotted, and that nobody here has. */
  codeOfNobody(): string {
    return '24727059608';
  }

  private cardOf({ residentRecordCode }: ResidentRecord): SeededCard | undefined {
    return this.town.cards.find((card) => card.residentRecordCode === residentRecordCode);
  }
}

function looks({ name, birthDate, sex }: ResidentRecord): string {
  return [name, birthDate, sex].join();
}

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new RangeError('the seed has nobody like this');
  return value;
}
