import { callerUri } from '#core/domain/caller.js';
import { type Clock, today } from '#core/domain/clock.js';
import type { Exchange } from '#core/domain/exchange.js';
import { municipalityId, type OfficeId } from '#core/domain/office.js';
import { checkCitation, citableByOffice } from '#core/domain/provision/check-citation.js';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import type { InquiryOnBehalf } from '#core/domain/provision/inquiry-schema.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import type { ProvideIdentification } from '#core/provision/provide-identification.js';

interface Governor {
  office: OfficeId;
  network: Network;
  clock: Clock;
  provide: ProvideIdentification;
}

export type ProvideToGovernor = (
  asking: OfficeId,
  asked: InquiryOnBehalf,
  exchange: Exchange,
) => Promise<ProvisionAnswer>;

/**
 * Immediate provision to another governor: for that one's own business (Article 30-7(5), table 3), or for a mayor there
 * (30-7(6), table 4). Who is provided follows from the card behind the question, and the question has to say the same: a
 * governor without the card of the mayor's operator has nothing for the mayor, nor with it anything for itself.
 *
 * @returns a function that throws Refusal MANDATE_NOT_VALID, NOT_PARTICIPATING, or as checkCitation
 */
export function provideToGovernor({ office, network, clock, provide }: Governor): ProvideToGovernor {
  return async (asking, { municipality, ...asked }, exchange) => {
    const recipient = municipality === undefined ? asking : municipalityId(municipality);
    if (recipient !== exchange.mandatedBy)
      throw new Refusal('MANDATE_NOT_VALID', { fault: 'is not of an operator of the recipient' });
    if (!network.participates(recipient)) throw new Refusal('NOT_PARTICIPATING', { office: recipient });
    const table = recipient === asking ? 3 : 4;
    const citable = citableByOffice(network.purposes(office), [table], network.recipient(recipient));
    checkCitation(citable, asked.inquiry, today(clock));
    return provide({ ...asked, ...(recipient !== asking && { recipient: uriOf(recipient) }) }, exchange);
  };
}

function uriOf(office: OfficeId): string {
  return callerUri({ kind: 'office', office });
}
