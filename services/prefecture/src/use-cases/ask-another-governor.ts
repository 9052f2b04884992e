import type { AlarmRaiser } from '#core/audit/raise-alarms.js';
import { type Exchange, type Fresh, newNonce } from '#core/domain/exchange.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import { type OfficeId, prefectureId } from '#core/domain/office.js';
import type { ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import type { InquiryOnBehalf } from '#core/domain/provision/inquiry-schema.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Network } from '#core/network.js';
import { askElsewhere } from '#core/provision/ask-elsewhere.js';
import type { InquireOfGovernor } from '../peers/inquire-of-governor.js';

interface Governor extends Pick<Fresh, 'randomBytes'> {
  office: OfficeId;
  network: Network;
  alarms: Pick<AlarmRaiser, 'noteShown'>;
  inquire: InquireOfGovernor;
}

export type AskAnotherGovernor = (
  prefecture: LocalGovernmentCode,
  asked: InquiryOnBehalf,
  exchange: Exchange,
) => Promise<ProvisionAnswer>;

/**
 * Has the governor of another prefecture asked: for this governor's own business (table 3), or for a mayor (table 4),
 * whose operator's card then stands behind this question as well, under the same exchange.
 *
 * @returns a function that throws Refusal INVALID_REQUEST, OFFICE_UNAVAILABLE, or whatever that governor refuses with
 */
export function askAnotherGovernor({ office, network, alarms, inquire, randomBytes }: Governor): AskAnotherGovernor {
  return async (prefecture, asked, exchange) => {
    const governor = prefectureId(prefecture);
    if (governor === office) throw invalid('is this one: people of another are asked about');
    if (!network.has(governor)) throw invalid('is no prefecture of this network');
    // What hides this question's digests is not for whoever asked the first.
    const account = { ...exchange, nonce: newNonce({ randomBytes }) };
    return askElsewhere(alarms, asked, exchange, () => inquire(governor, asked, account));
  };
}

function invalid(fault: string): Refusal {
  return new Refusal('INVALID_REQUEST', { field: 'prefecture', fault });
}
