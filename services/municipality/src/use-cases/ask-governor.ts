import type { AlarmRaiser } from '#core/audit/raise-alarms.js';
import { type Clock, today } from '#core/domain/clock.js';
import { codeOf, type OfficeId, prefectureId } from '#core/domain/office.js';
import { citableByOffice, isCitableOn } from '#core/domain/provision/check-citation.js';
import { tableCited } from '#core/domain/provision/table-cited.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import { askElsewhere } from '#core/provision/ask-elsewhere.js';
import type { ProvisionCounter } from '#core/provision/counter.js';
import type { InquireOfGovernor } from '../peers/inquire-of-governor.js';

interface Mayor {
  office: OfficeId;
  network: Network;
  clock: Clock;
  alarms: Pick<AlarmRaiser, 'noteShown'>;
  inquire: InquireOfGovernor;
}

/**
 * A mayor asks the governor instead of the citizen (Article 30-7(4) and (6)): about people of the prefecture by table 2
 * and its ordinances, about those of another by table 4, always through the mayor's own governor.
 *
 * Asking throws Refusal NOT_PARTICIPATING, as tableCited, OFFICE_UNAVAILABLE, or whatever the governor refuses with.
 */
export function askGovernor({ office, network, clock, alarms, inquire }: Mayor): ProvisionCounter {
  const governor = network.entry(office).parent ?? '';
  const citable = citableByOffice(network.purposes(governor), [2, 4], network.recipient(office));
  return {
    purposes: () => citable.filter((one) => isCitableOn(one, today(clock))),
    async ask(asked, exchange) {
      if (!network.participates(office)) throw new Refusal('NOT_PARTICIPATING', { office });
      tableCited(citable, asked, codeOf(governor), today(clock));
      checkIsThere(network, asked.prefecture);
      return askElsewhere(alarms, asked, exchange, () => inquire(governor, asked, exchange));
    },
  };
}

function checkIsThere(network: Network, prefecture: string | undefined): void {
  if (prefecture !== undefined && !network.has(prefectureId(prefecture)))
    throw new Refusal('INVALID_REQUEST', { field: 'prefecture', fault: 'is no prefecture of this network' });
}
