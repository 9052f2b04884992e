import type { OfficeId } from '#core/domain/office.js';

/** A person as the model knows them: who they are, and where they should stand recorded. */
export interface Person {
  name: string;
  sex: 'MALE' | 'FEMALE';
  birthDate: string;
  code: string;
  /** Codes that were theirs before, and who changed each: nobody else has heard of it yet. */
  formerCodes: { code: string; town: OfficeId }[];
  /** Where they left a deleted record, and the code on it. */
  left: { code: string; town: OfficeId }[];
  /** They died, or were deleted ex officio: they come on no register again. */
  gone: boolean;
  /** Where their last record was deleted. */
  goneFrom?: OfficeId;
  /** Undefined while they are on no register. */
  residence: Residence | undefined;
  /** The certificate that they carry between two registers, and what they left. */
  paper: { payload: string; left: Residence } | undefined;
}

interface Residence {
  town: OfficeId;
  household: string;
  address: string;
  relationship: string;
}

/** Who stands where, as a much simpler program than the register would have it. */
export class Model {
  readonly people: Person[] = [];
  readonly codesEver = new Set<string>();
  private households = 0;
  private names = 0;

  newName(): string {
    this.names += 1;
    return `住民 第${this.names}`;
  }

  newHousehold(): string {
    this.households += 1;
    return `世帯${this.households}`;
  }

  get registered(): Person[] {
    return this.people.filter(({ residence }) => residence !== undefined);
  }

  membersOf(household: string): Person[] {
    return this.people.filter(({ residence }) => residence?.household === household);
  }

  /** Those who carry the same certificate. */
  companions({ paper }: Person): Person[] {
    return this.people.filter((person) => paper !== undefined && person.paper?.payload === paper.payload);
  }
}

type Member = Pick<Residence, 'relationship' | 'address'>;

/**
 * Why a household may not be so; undefined where it may. The rules of the handbook in their shortest form, written
 * without a look at those of the register.
 */
export function faultOfHousehold(members: Member[], mayLackHouseholder = false): string | undefined {
  if (members.length < 2) return undefined;
  const heads = members.filter(({ relationship }) => relationship === '世帯主').length;
  if (heads > 1 || (heads === 0 && !mayLackHouseholder)) return 'ONE_HOUSEHOLDER';
  if (members.some(({ address }) => address !== members[0]?.address)) return 'ADDRESS_CONTRADICTED';
  return members.filter(({ relationship }) => /^[夫妻]/.test(relationship)).length > 1
    ? 'RELATIONSHIP_CONTRADICTED'
    : undefined;
}

/** Whoever is alone heads the household. */
export function settle(model: Model, household: string): void {
  const [only, another] = model.membersOf(household);
  if (only?.residence && !another) only.residence.relationship = '世帯主';
}
