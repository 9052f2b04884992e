import { type Clock, today } from '#core/domain/clock.js';
import { codeOf, type OfficeId } from '#core/domain/office.js';
import { citableByOffice, isCitableOn } from '#core/domain/provision/check-citation.js';
import { tableCited } from '#core/domain/provision/table-cited.js';
import type { Network } from '#core/network.js';
import type { ProvisionCounter } from '#core/provision/counter.js';
import type { ProvideIdentification } from '#core/provision/provide-identification.js';
import type { AskAnotherGovernor } from './ask-another-governor.js';

interface Governor {
  office: OfficeId;
  network: Network;
  clock: Clock;
  provide: ProvideIdentification;
  askAnother: AskAnotherGovernor;
}

/**
 * A governor's own business: about people of the prefecture its own ledger is used, and no other office asked (Article
 * 30-8, table 5, and by ordinance); about people of another, that one's governor is asked (30-7(5), table 3).
 *
 * Asking throws Refusal as tableCited and AskAnotherGovernor.
 */
export function askAsGovernor({ office, network, clock, provide, askAnother }: Governor): ProvisionCounter {
  const citable = citableByOffice(network.purposes(office), [3, 5], network.recipient(office));
  return {
    purposes: () => citable.filter((one) => isCitableOn(one, today(clock))),
    async ask({ prefecture, ...asked }, exchange) {
      tableCited(citable, { ...asked, prefecture }, codeOf(office), today(clock));
      return prefecture === undefined ? provide(asked, exchange) : askAnother(prefecture, asked, exchange);
    },
  };
}
