import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { checkCitation, citableByOffice } from '#core/domain/provision/check-citation.js';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import type { InquiryBeyond } from '#core/domain/provision/inquiry-schema.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import type { ProvideIdentification } from '#core/provision/provide-identification.js';
import type { AskAnotherGovernor } from './ask-another-governor.js';

interface Governor {
  office: OfficeId;
  network: Network;
  clock: Clock;
  provide: ProvideIdentification;
  askAnother: AskAnotherGovernor;
}

/** @param mayor of this prefecture, who takes part */
export type ProvideToMayor = (mayor: OfficeId, asked: InquiryBeyond, exchange: Exchange) => Promise<ProvisionAnswer>;

/**
 * Immediate provision to a mayor: out of this ledger about people of the prefecture (Article 30-7(4), table 2, and by
 * ordinance); about people of another, that one's governor is asked and the answer handed on (30-7(6), table 4).
 *
 * @returns a function that throws Refusal as checkCitation, GOVERNOR_UNAVAILABLE, or whatever the other governor refuses with
 */
export function provideToMayor({ office, network, clock, provide, askAnother }: Governor): ProvideToMayor {
  return async (mayor, { prefecture, ...asked }, exchange) => {
    const table = prefecture === undefined ? 2 : 4;
    const citable = citableByOffice(network.purposes(office), [table], network.recipient(mayor));
    checkCitation(citable, asked.inquiry, today(clock));
    if (prefecture === undefined) return provide(asked, exchange);
    return askAnother(prefecture, { ...asked, municipality: codeOf(mayor) }, exchange).catch(notThisOne);
  };
}

/** The mayor would take it for this office that does not answer. */
function notThisOne(error: unknown): never {
  if (!(error instanceof Refusal && error.reason === 'OFFICE_UNAVAILABLE')) throw error;
  throw new Refusal('GOVERNOR_UNAVAILABLE', { ...error.details, cause: error });
}
