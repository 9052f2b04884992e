import type { Exchange } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { FamilyRegisterNotice } from '../domain/acts/family-register-notice.js';
import { enterReceived, receivedNotice } from '../storage/family-register-notices.js';
import { enterBirth, enterDeath } from './enter-family-event.js';
import type { CodePool } from './keep-code-pool.js';
import type { Registrar } from './registrar.js';

/**
 * The home mayor's side of a notice (Article 9(2)): enters or deletes ex officio, once. The same notice again is
 * answered as the first time.
 *
 * @throws Refusal NOT_PARTICIPATING, ID_REUSED, or as `enterBirth` and `enterDeath`
 */
export async function receiveFamilyRegisterNotice(
  home: Registrar & { codePool: CodePool },
  sender: OfficeId,
  { noticeId, birth, death }: FamilyRegisterNotice,
  exchange: Exchange,
): Promise<void> {
  const outside = [home.office, sender].find((office) => !home.network.participates(office));
  if (outside) throw new Refusal('NOT_PARTICIPATING', { office: outside });
  const content = JSON.stringify({ birth, death });
  if (await cameBefore(home, { noticeId, sender, content })) return;
  const by = {
    operator: `${sender}/${exchange.operator}`,
    also: (trx: Parameters<typeof enterReceived>[0], actId: string) =>
      enterReceived(trx, { noticeId, sender, content, actId }),
  };
  try {
    if (birth) await enterBirth(home, birth, exchange, by);
    else if (death) await enterDeath(home, death, exchange, by);
  } catch (error) {
    // The same notice at the same moment: whichever is second finds it done.
    if (!(await cameBefore(home, { noticeId, sender, content }))) throw error;
  }
}

/** @throws Refusal ID_REUSED */
async function cameBefore(
  { ledger }: Registrar,
  { noticeId, sender, content }: { noticeId: string; sender: OfficeId; content: string },
): Promise<boolean> {
  const earlier = await receivedNotice(ledger, noticeId);
  if (earlier && (earlier.content !== content || earlier.sender !== sender)) throw new Refusal('ID_REUSED');
  return earlier !== undefined;
}
