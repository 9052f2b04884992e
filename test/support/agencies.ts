import { openAgency } from '#agency/agency.js';
import type { Agency } from '#agency/use-cases/agency-over.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import type { Inquiry, PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { Refusal } from '#core/domain/refusal.js';
import { agencyFolder } from '#core/trust/credentials.js';
import type { AgencyRegistryServiceDefinition } from '#core/wire/generated/juki/provision/v1/AgencyRegistryService.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { Desk } from './desk.js';
import type { TestNetwork } from './test-network.js';

const { RegisterAgency, RevokeAgency } = procedures<AgencyRegistryServiceDefinition>(
  'juki.provision.v1.AgencyRegistryService',
);

export const [PENSION_SERVICE, LAND_MINISTRY] = ['japan-pension-service', 'land-ministry'];
/** 国民年金法, for the pension service. */
const PENSION = 'TABLE_1_ITEM_77';
/** 建設業法, for the land ministry: it covers no code and no change information. */
export const LICENCE = 'TABLE_1_ITEM_97';

/** An agency of the demo's network file, with its own certificate, at the centre's address. */
export function agencyOf(
  net: Pick<TestNetwork, 'certs' | 'addressOf'>,
  name: string,
  options: Partial<Parameters<typeof openAgency>[0]> = {},
): Agency {
  return openAgency({
    ...{ name, folder: agencyFolder(net.certs, name), addresses: [net.addressOf(NATIONAL_CENTRE)], operator: 'desk-1' },
    ...options,
  });
}

export function statusReport(...fields: Inquiry['fields']): Inquiry {
  return { statutoryPurpose: PENSION, occasion: 'STATUS_REPORT', fields };
}

export function application(...fields: Inquiry['fields']): Inquiry {
  return { statutoryPurpose: LICENCE, occasion: 'APPLICATION', fields };
}

/** Of somebody on a register, what they can be asked for by without a code. */
export function itemsOf({ name, birthDate, sex, address }: Items): { fourItems: Items } {
  return { fourItems: { name, birthDate, sex, address } };
}

export type Items = Extract<PersonAskedFor, { fourItems: object }>['fourItems'];

/** Why something is refused. Fails where it is not. */
export async function refusalOf(act: Promise<unknown>): Promise<Pick<Refusal, 'reason' | 'details'>> {
  const refusal = await act.catch((error) => error);
  if (!(refusal instanceof Refusal)) throw refusal instanceof Error ? refusal : new Error('it was not refused');
  return { reason: refusal.reason, details: refusal.details };
}

/** An operator of the centre registers an agency. @returns the reason where that is refused */
export function register(net: TestNetwork, registration: object): Promise<string | undefined> {
  const desk = new Desk(net, NATIONAL_CENTRE);
  return desk.refusalOf(RegisterAgency, messageOf<object>(RegisterAgency.question, registration));
}

/** An operator of the centre takes everything from an agency. */
export async function revoke(net: TestNetwork, name: string): Promise<void> {
  await new Desk(net, NATIONAL_CENTRE).ask(RevokeAgency, { name });
}
