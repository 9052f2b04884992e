import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import { ExOfficioAct } from '../domain/acts/ex-officio.js';
import { DraftId, Drafting, draftView } from '../domain/register/draft.js';
import { LookWithPurpose } from '../domain/register/record-view.js';
import { approveDraft, withdrawDraft } from '../use-cases/close-draft.js';
import type { Counter } from '../use-cases/counter.js';
import { draftExOfficioAct, listDrafts } from '../use-cases/draft-ex-officio-act.js';
import { Receipt } from './receipt.js';

const Draft = z.object({
  draftId: z.string(),
  act: ExOfficioAct,
  grounds: z.string(),
  draftedBy: z.string(),
  draftedAt: z.string(),
});

/** /ex-officio-drafts: one person drafts, another one approves. */
export function exOfficioRoutes(app: FastifyInstance, counter: Counter): void {
  operation(app, '/ex-officio-drafts', {
    ...{ summary: '職権: draft an ex-officio act; it changes nothing', body: Drafting },
    ...{ answer: z.object({ draftId: z.string() }), status: 201 },
    act: (drafting, exchange) => draftExOfficioAct(counter, drafting, exchange),
  });
  operation(app, '/ex-officio-drafts/list', {
    ...{ summary: 'What waits for a second person', body: LookWithPurpose },
    answer: z.object({ drafts: z.array(Draft) }),
    act: async ({ purpose }, exchange) => {
      const drafts = (await listDrafts(counter.ledger, purpose, exchange)).map(draftView);
      return { drafts: drafts.map((draft) => ({ ...draft, draftedAt: draft.draftedAt.toISOString() })) };
    },
  });
  operation(app, '/ex-officio-drafts/approve', {
    ...{ summary: 'Do what a draft says, as a second person', body: DraftId, answer: Receipt, status: 201 },
    act: ({ draftId }, exchange) => approveDraft(counter, draftId, exchange),
  });
  operation(app, '/ex-officio-drafts/withdraw', {
    ...{ summary: 'Withdraw a draft', body: DraftId, answer: z.object({}) },
    act: async ({ draftId }, exchange) => {
      await withdrawDraft(counter, draftId, exchange);
      return {};
    },
  });
}
