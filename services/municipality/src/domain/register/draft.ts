import { z } from 'zod';
import { Refusal } from '#core/domain/refusal.js';
import { ExOfficioAct } from '../acts/ex-officio.js';
import { Text } from '../fields.js';
import type { ResidentRecord } from './resident-record.js';

/** An act to be drafted, and on what grounds. */
export const Drafting = z.strictObject({ act: ExOfficioAct, grounds: Text });
export const DraftId = z.strictObject({ draftId: z.uuid('is not a UUID') });

/** An ex-officio act that waits for a second person (審査). Until then it changes nothing. */
export interface Draft {
  draftId: string;
  act: ExOfficioAct;
  /** Why, in the drafter's words. */
  grounds: string;
  draftedBy: string;
  draftedAt: Date;
  /** The records that it touches, and the version of each that the drafter saw. */
  standing: Record<string, number>;
  state: 'OPEN' | 'APPROVED' | 'WITHDRAWN';
}

/**
 * Whether somebody may approve a draft now.
 *
 * @throws Refusal DRAFT_CLOSED, SECOND_PERSON_NEEDED, REGISTER_CHANGED where what the drafter saw is no longer so
 */
export function checkApproval(draft: Draft, operator: string, standing: Draft['standing']): void {
  checkOpen(draft);
  if (operator === draft.draftedBy) throw new Refusal('SECOND_PERSON_NEEDED');
  const isAsSeen = Object.entries(draft.standing).every(([recordId, version]) => standing[recordId] === version);
  if (!isAsSeen) throw new Refusal('REGISTER_CHANGED');
}

/** @throws Refusal REGISTER_CHANGED where the act would touch somebody whom the drafter did not see */
export function checkSeen({ standing }: Draft, touched: ResidentRecord[]): void {
  if (touched.some(({ recordId }) => standing[recordId] === undefined)) throw new Refusal('REGISTER_CHANGED');
}

/** @throws Refusal DRAFT_CLOSED */
export function checkOpen({ state }: Draft): void {
  if (state !== 'OPEN') throw new Refusal('DRAFT_CLOSED');
}

/** What the second person reads. */
export function draftView({ draftId, act, grounds, draftedBy, draftedAt }: Draft) {
  return { draftId, act, grounds, draftedBy, draftedAt };
}
