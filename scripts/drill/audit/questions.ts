import { randomUUID } from 'node:crypto';
import type { Change } from '#core/domain/fold-changes.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { changeMessage } from '#core/wire/change-message.js';
import type { ConsistencyServiceDefinition } from '#core/wire/generated/juki/propagation/v1/ConsistencyService.js';
import type { PropagationServiceDefinition } from '#core/wire/generated/juki/propagation/v1/PropagationService.js';
import { type Asked, procedures } from '#core/wire/procedure.js';
import type { Random } from '../../seed/random.js';

const { DeliverChanges } = procedures<PropagationServiceDefinition>('juki.propagation.v1.PropagationService');
const { CompareRanges, ListWaiting } = procedures<ConsistencyServiceDefinition>(
  'juki.propagation.v1.ConsistencyService',
);

/** Far above what residents begin with. */
const FIRST_VERSION = 500_000_000;
const MOST_PEOPLE = 5;

/** What a municipality asks a level above, as its bytes. */
export interface DrawnQuestion {
  procedure: Asked<never, unknown>;
  request: Buffer;
  purpose: string;
}

/** Questions of a municipality to its prefecture: about nobody, about some people, changes of a person, and one that is refused. */
export class Questions {
  private readonly random: Random;
  private readonly municipality: OfficeId;
  private readonly codes: readonly string[];
  private version = FIRST_VERSION;

  constructor(random: Random, municipality: OfficeId, codes: readonly string[]) {
    this.random = random;
    this.municipality = municipality;
    this.codes = codes;
  }

  draw(): DrawnQuestion {
    const { random } = this;
    return random.weighted([
      [2, () => this.compare([random.digits(3)])],
      [4, () => this.listWaiting()],
      [3, () => this.deliver()],
      [1, () => this.compare([])],
    ])();
  }

  /** Of no ranges at all, it is refused. */
  private compare(prefixes: string[]): DrawnQuestion {
    const request = CompareRanges.encodeRequest({ prefixes });
    return { procedure: CompareRanges, request, purpose: 'CONSISTENCY_CHECK' };
  }

  private listWaiting(): DrawnQuestion {
    const { random, codes } = this;
    const residentRecordCodes = Array.from({ length: random.between(1, MOST_PEOPLE) }, () => random.pick(codes));
    const request = ListWaiting.encodeRequest({ residentRecordCodes });
    return { procedure: ListWaiting, request, purpose: 'CONSISTENCY_CHECK' };
  }

  private deliver(): DrawnQuestion {
    const changes = Array.from({ length: this.random.between(1, 3) }, () => changeMessage(this.change()));
    return {
      procedure: DeliverChanges,
      request: DeliverChanges.encodeRequest({ changes }),
      purpose: 'CHANGE_DELIVERY',
    };
  }

  private change(): Change {
    const { random } = this;
    const residentRecordCode = random.pick(this.codes);
    this.version += 1;
    return {
      ...{ changeId: randomUUID(), municipality: codeOf(this.municipality), version: this.version },
      ...{ kind: 'CORRECTION', reason: 'CHANGE_OF_ADDRESS', causeOn: '2016-05-27', previousCode: null },
      identification: {
        ...{ name: '試験 太郎', birthDate: '1980-04-01', sex: 'MALE', residentRecordCode },
        address: `東京都文京区春日一丁目${random.between(1, 99)}番1号`,
      },
    };
  }
}
