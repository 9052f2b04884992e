import type { ChangeReason } from '#core/domain/change-information.js';
import { codeOf, municipalityId, type OfficeId } from '#core/domain/office.js';
import { calendarDateMessage } from '#core/wire/calendar-date-message.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import {
  AcceptChangeOfAddress,
  AcceptCodeChangeRequest,
  AcceptDeathReport,
  AcceptMoveIn,
  AcceptMoveOut,
} from '../operator/procedures.js';
import type { Staff } from '../operator/staff.js';
import { drawAddress } from '../seed/addresses.js';
import type { Random } from '../seed/random.js';
import type { SeededMunicipality } from '../seed/residents.js';
import { areaOf } from '../seed/towns.js';

const TODAY = calendarDateMessage('2016-05-27');
const HEAD = '世帯主';

/** A household, as far as it is known from outside: who comes to the counter, and whom they speak for. */
interface Household {
  town: OfficeId;
  members: ResidentRecord[];
  /** Of a household that is between two towns. */
  certificates?: string[];
  destination?: OfficeId;
}

/** A notification at a counter, and which changes the municipality has to have recorded once it has answered. */
export interface CounterAct {
  office: OfficeId;
  /** By the code that was current before. */
  changes: { code: string; reason: ChangeReason }[];
  ask(operator: Staff): Promise<void>;
}

/** Households that come to the counters of their towns. One whose answer was lost does not come again. */
export class CounterActs {
  private readonly households: Household[];
  private readonly towns: OfficeId[];
  private readonly random: Random;

  constructor(random: Random, people: SeededMunicipality[]) {
    this.random = random;
    this.towns = people.map(({ municipality }) => municipalityId(municipality));
    this.households = people.flatMap(unrestrictedHouseholds);
  }

  draw(): CounterAct {
    const { random, households } = this;
    const between = households.filter(({ certificates }) => certificates !== undefined);
    const [household] = households.splice(
      households.indexOf(between.length > 0 && random.chance(0.7) ? random.pick(between) : random.pick(households)),
      1,
    );
    if (!household) throw new RangeError('nobody is left');
    if (household.certificates) return this.moveIn(household);
    const kind = random.weighted([
      [4, () => this.changeOfAddress(household)],
      [3, () => this.codeChange(household)],
      [4, () => this.moveOut(household)],
      [1, () => this.death(household)],
    ]);
    return kind();
  }

  private changeOfAddress(household: Household): CounterAct {
    const { town, members } = household;
    const movers = members.map(codeIn);
    const address = this.addressIn(town);
    return this.act(household, town, 'CHANGE_OF_ADDRESS', async (operator) => {
      await operator.ask(AcceptChangeOfAddress, { notifier: notifier(household), movedOn: TODAY, address, movers });
      return household;
    });
  }

  private moveOut(household: Household): CounterAct {
    const { town, members } = household;
    const destination = this.random.pick(this.towns.filter((other) => other !== town));
    const request = {
      ...{ notifier: notifier(household), plannedOn: TODAY, destinationMunicipality: codeOf(destination) },
      ...{ destination: this.addressIn(destination), movers: members.map(codeIn) },
    };
    return this.act(household, town, 'MOVE_OUT', async (operator) => {
      const { receipt } = await operator.ask(AcceptMoveOut, request);
      return { ...household, certificates: receipt?.certificates.map(({ payload }) => payload) ?? [], destination };
    });
  }

  private moveIn({ certificates = [], destination = '', ...household }: Household): CounterAct {
    const people = household.members.map(({ residentRecordCode, relationship }) => ({
      residentRecordCode,
      relationship,
    }));
    const request = {
      ...{
        notifier: notifier(household),
        movedInOn: TODAY,
        address: this.addressIn(destination),
        certificates,
        people,
      },
      origin: 'ORIGIN_MUNICIPALITY' as const,
    };
    return this.act(household, destination, 'MOVE_IN', async (operator) => {
      await operator.ask(AcceptMoveIn, request);
      return { ...household, town: destination };
    });
  }

  /** The household does not come again: its codes are no longer those that it knew. */
  private codeChange(household: Household): CounterAct {
    const { town, members } = household;
    const asking = members.filter(({ relationship }) => relationship === HEAD);
    const [residentRecordCode = ''] = asking.map(codeIn);
    return this.act({ town, members: asking }, town, 'CODE_CHANGE_REQUEST', async (operator) => {
      await operator.ask(AcceptCodeChangeRequest, { notifier: notifier(household), residentRecordCode });
      return undefined;
    });
  }

  /** Nor after a death: who heads it then would have to be notified. */
  private death({ town, members }: Household): CounterAct {
    const deceased = members.slice(0, 1);
    const [named] = deceased.map(({ name, birthDate, sex, address }) => ({
      ...{ name, address, birthDate: calendarDateMessage(birthDate) },
      sex: `SEX_${sex}` as const,
    }));
    return this.act({ town, members: deceased }, town, 'DEATH', async (operator) => {
      await operator.ask(AcceptDeathReport, { death: { deceased: named ?? null, diedOn: TODAY } });
      return undefined;
    });
  }

  /** @param ask comes to the household as it is afterwards, if it can come again */
  private act(
    { members }: Household,
    office: OfficeId,
    reason: ChangeReason,
    ask: (operator: Staff) => Promise<Household | undefined>,
  ): CounterAct {
    const changes = members.map((member) => ({ code: codeIn(member), reason }));
    return {
      ...{ office, changes },
      ask: async (operator) => {
        const after = await ask(operator);
        if (after) this.households.push(after);
      },
    };
  }

  private addressIn(town: OfficeId): string {
    return drawAddress(this.random, areaOf(codeOf(town)));
  }
}

function unrestrictedHouseholds({ municipality, records, restrictions }: SeededMunicipality): Household[] {
  const restricted = new Set(restrictions.map(({ recordId }) => recordId));
  const households = Map.groupBy(
    records.filter(({ deletedOn }) => deletedOn === null),
    ({ householdId }) => householdId,
  );
  return [...households.values()]
    .filter((members) => members.some(({ relationship }) => relationship === HEAD))
    .filter((members) => !members.some(({ recordId }) => restricted.has(recordId)))
    .map((members) => ({ town: municipalityId(municipality), members }));
}

function notifier({ members }: Household) {
  const head = members.find(({ relationship }) => relationship === HEAD);
  const shown = { name: head?.name ?? '', birthDate: calendarDateMessage(head?.birthDate ?? '') };
  return {
    photoId: { kind: 'PHOTO_ID_KIND_PASSPORT' as const, expiresOn: { year: 2099, month: 1, day: 1 }, ...shown },
  };
}

function codeIn({ residentRecordCode }: ResidentRecord): string {
  return residentRecordCode;
}
