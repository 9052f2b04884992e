import type { Exchange, Fresh } from '#core/domain/exchange.js';
import { newNonce } from '#core/domain/exchange.js';
import type { OfficeId } from '#core/domain/office.js';
import { refusalOf } from '#core/domain/refusal.js';
import { FAMILY_REGISTER_NOTICE, type FamilyRegisterNotice } from '../domain/acts/family-register-notice.js';
import type { NotifyHome } from '../peers/notify-home.js';
import { enterOutgoing, noteAnswer, type OutgoingNotice, waitingNotices } from '../storage/family-register-notices.js';
import type { Registrar } from './registrar.js';

export interface NoticeSender extends Pick<Registrar, 'ledger' | 'clock'>, Fresh {
  notifyHome: NotifyHome;
}

/** A notice, and what became of it: OK, the reason of home's refusal, or WAITING where no answer came. */
export interface SentNotice {
  noticeId: string;
  outcome: string;
}

/** What leaves a notice waiting: home did not answer, or not for good. */
const FOR_NOW = ['OFFICE_UNAVAILABLE', 'DEADLINE_PASSED', 'RATE_LIMITED', 'CODES_EXHAUSTED', 'INTERNAL'];

/** Keeps a notice, and sends it. It is in the ledger before it leaves, so it is not lost. */
export async function sendNewNotice(
  sender: NoticeSender,
  home: OfficeId,
  event: Omit<FamilyRegisterNotice, 'noticeId'>,
  exchange: Exchange,
): Promise<SentNotice> {
  const outgoing = { notice: { noticeId: sender.newId(), ...event }, home, operator: exchange.operator };
  await enterOutgoing(sender.ledger, outgoing, sender.clock.now());
  return send(sender, outgoing, exchange);
}

/** Sends again what has no answer yet. Home takes a notice once, however often it comes. */
export async function sendWaitingNotices(sender: NoticeSender, exchange: Exchange): Promise<SentNotice[]> {
  exchange.purpose = FAMILY_REGISTER_NOTICE;
  const sent = [];
  for (const outgoing of await waitingNotices(sender.ledger)) sent.push(await send(sender, outgoing, exchange));
  return sent;
}

/** On behalf of whoever has it sent now: it is their card that stands behind it. */
async function send(
  sender: NoticeSender,
  { notice, home }: OutgoingNotice,
  { operator, mandate }: Exchange,
): Promise<SentNotice> {
  const { ledger, clock, notifyHome } = sender;
  const account = { id: sender.newId(), nonce: newNonce(sender), operator, mandate, purpose: FAMILY_REGISTER_NOTICE };
  const outcome = await notifyHome(home, notice, account).then(
    () => 'OK',
    (error: unknown) => refusalOf(error).reason,
  );
  const { noticeId } = notice;
  if (FOR_NOW.includes(outcome)) return { noticeId, outcome: 'WAITING' };
  await noteAnswer(ledger, noticeId, outcome, clock.now());
  return { noticeId, outcome };
}
