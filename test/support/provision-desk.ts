import type { IdentificationInformation } from '#core/domain/identification-information.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Inquiry, PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { plainOf } from '#core/wire/plain.js';
import { OPERATOR } from '#scripts/certificates/demo-operators.js';
import { AskForProvision, ListPurposes } from '#scripts/operator/procedures.js';
import { Desk } from './desk.js';
import { https } from './raw-line.js';
import { RegisterDesk, type Way } from './register-desk.js';
import { operatorOf } from './seat.js';
import type { TestNetwork } from './test-network.js';

const asking = { procedure: AskForProvision, path: '/provisions' };

/** What came of an inquiry at a counter, the same over both entrances. */
export interface Provided {
  answer?: ProvisionAnswer;
  refusal?: { reason: string; field?: string | undefined; office?: string | undefined; fault?: string | undefined };
}

/** The desk of somebody at a municipality or a prefecture who has the network asked instead of the citizen. */
export class ProvisionDesk {
  private readonly network: TestNetwork;
  private readonly office: OfficeId;
  private readonly way: Way;
  private readonly operator: string;

  constructor(network: TestNetwork, office: OfficeId, way: Way = 'gRPC', operator = OPERATOR) {
    this.network = network;
    this.office = office;
    this.way = way;
    this.operator = operator;
  }

  /** The name of the procedure in the log. */
  get procedure(): string {
    return this.way === 'gRPC' ? AskForProvision.path : 'POST /provisions';
  }

  async ask(inquiry: object, person: object, prefecture?: string): Promise<Provided> {
    const desk = new RegisterDesk(this.network, this.office, this.way, this.operator);
    const body = { inquiry, person, ...(prefecture !== undefined && { prefecture }) };
    const { answer, refusal } = await desk.try<{ answer: object }>(asking, body);
    return refusal ? { refusal } : { answer: answerIn(answer?.answer ?? {}) };
  }

  /** By their ids. */
  async purposes(): Promise<{ id: string; table: number; law: string; fields: string[]; until?: string | null }[]> {
    if (this.way === 'gRPC') {
      const answer = await new Desk(this.network, this.office, this.operator).ask(ListPurposes, {});
      return plainOf(ListPurposes.answer, answer)['purposes'] as [];
    }
    const { httpPort } = this.network.node(this.office);
    const identity = operatorOf(this.network, this.office, this.operator);
    const { text } = await https(httpPort, identity, { path: '/provision-purposes' });
    return JSON.parse(text).purposes;
  }
}

export function inquiryFor(statutoryPurpose: string, ...fields: Inquiry['fields']): Inquiry {
  return { statutoryPurpose, occasion: 'APPLICATION', fields };
}

export function byCode({ residentRecordCode }: Pick<IdentificationInformation, 'residentRecordCode'>): PersonAskedFor {
  return { residentRecordCode };
}

/** All four, as they are held; `otherwise` says what is stated in another way. */
export function byFourItems(
  { name, birthDate, sex, address }: IdentificationInformation,
  otherwise: Partial<IdentificationInformation> = {},
): PersonAskedFor {
  return { fourItems: { name, birthDate, sex, address, ...otherwise } };
}

/** The same from both entrances: on the wire, what is empty is not there, or there and empty. */
function answerIn({
  provided = {},
  ...answer
}: {
  outcome?: string;
  provided?: { changes?: object[] };
}): ProvisionAnswer {
  if (answer.outcome === 'NOT_FOUND' || answer.outcome === 'IN_QUARANTINE') return { outcome: answer.outcome };
  const { changes = [], ...fields } = provided;
  return { ...answer, provided: { ...fields, ...(changes.length > 0 && { changes }) } } as ProvisionAnswer;
}
