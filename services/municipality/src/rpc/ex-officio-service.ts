import { readMessage } from '#core/rpc/read-message.js';
import { type RpcService, rpcService } from '#core/rpc/rpc-service.js';
import type { Draft as DraftMessage } from '#core/wire/generated/juki/register/v1/Draft.js';
import type { ExOfficioServiceDefinition } from '#core/wire/generated/juki/register/v1/ExOfficioService.js';
import { messageOf } from '#core/wire/plain.js';
import { DraftId, Drafting, draftView } from '../domain/register/draft.js';
import { LookWithPurpose } from '../domain/register/record-view.js';
import { approveDraft, withdrawDraft } from '../use-cases/close-draft.js';
import type { Counter } from '../use-cases/counter.js';
import { draftExOfficioAct, listDrafts } from '../use-cases/draft-ex-officio-act.js';
import { receiptMessage } from './receipt-message.js';

const V1 = 'juki.register.v1';

/** Ex-officio acts: one person drafts, another one approves. */
export function exOfficioService(counter: Counter): RpcService {
  return rpcService<ExOfficioServiceDefinition>(`${V1}.ExOfficioService`, {
    async DraftExOfficioAct(message, exchange) {
      const drafting = readMessage(Drafting, `${V1}.DraftExOfficioActRequest`, message);
      return draftExOfficioAct(counter, drafting, exchange);
    },
    async ListDrafts(message, exchange) {
      const { purpose } = readMessage(LookWithPurpose, `${V1}.ListDraftsRequest`, message);
      const drafts = await listDrafts(counter.ledger, purpose, exchange);
      return { drafts: drafts.map((draft) => messageOf<DraftMessage>(`${V1}.Draft`, draftView(draft))) };
    },
    async ApproveDraft(message, exchange) {
      const { draftId } = readMessage(DraftId, `${V1}.ApproveDraftRequest`, message);
      return receiptMessage(await approveDraft(counter, draftId, exchange));
    },
    async WithdrawDraft(message, exchange) {
      const { draftId } = readMessage(DraftId, `${V1}.WithdrawDraftRequest`, message);
      await withdrawDraft(counter, draftId, exchange);
      return {};
    },
  });
}
