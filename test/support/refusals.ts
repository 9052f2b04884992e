import { expect } from '@jest/globals';
import { digestOf } from '#core/domain/digest.js';
import type { OfficeId } from '#core/domain/office.js';
import type { Reason } from '#core/domain/refusal.js';
import { GRPC, refusals } from '#core/domain/refusal-table.js';
import type { Application, CounterReply, Entrance } from './counter.js';
import { BUNKYO, SHINJUKU } from './offices.js';
import type { LoggedEntry, TestNetwork } from './test-network.js';

/** An application, what the counter replied, and what each office logged of it. */
export interface Applied {
  entrance: Entrance;
  issuing: OfficeId;
  reply: CounterReply;
  entries: (office: OfficeId) => LoggedEntry[];
}

/** A counter that tests apply at: an entrance of a municipality of a network. */
export type Apply = (application: Application, issuing?: OfficeId) => Promise<Applied>;

export function applyingOver(entrance: Entrance, network: () => TestNetwork): Apply {
  return async (application, issuing = SHINJUKU) => {
    const { reply, entries } = await network().watch(() => entrance.apply(network(), issuing, application));
    return { entrance, issuing, reply, entries: (office) => entries(office).filter(isOfCopy) };
  };
}

/** How a card is checked before anything is asked of home is a story of its own. */
export function isOfCopy({ procedure }: LoggedEntry): boolean {
  return !procedure.startsWith('/juki.card.');
}

/** The counter refused by itself: one entry there, and nothing was asked of home. */
export function expectRefusedAtCounter(applied: Applied, reason: Reason, home: OfficeId = BUNKYO): void {
  const { issuing, entries } = applied;
  expectReply(applied, reason);
  expect(entries(issuing)).toHaveLength(1);
  expect(entries(home)).toEqual([]);
}

/** Home refused: the question, the refusal and its passing on are in the logs of both, in this order. */
export function expectRefusedByHome(applied: Applied, reason: Reason, home: OfficeId = BUNKYO): void {
  const { reply, issuing, entries } = applied;
  expectReply(applied, reason);
  expect(reply.office).toBe(home);
  const [asked, received, ...others] = entries(issuing);
  const { exchange, nonce, requestDigest } = asked as LoggedEntry;
  expect(asked).toMatchObject({ event: 'ASKED', answering: home, outcome: null });
  expect(received).toMatchObject({ event: 'ANSWER_RECEIVED', answering: home, exchange, outcome: reason });
  expect(others).toMatchObject([{ event: 'ANSWERED', exchange }]);
  const { answerDigest } = received as LoggedEntry;
  const answered = { event: 'ANSWERED', exchange, nonce, outcome: reason, requestDigest, answerDigest };
  expect(entries(home)).toMatchObject([answered]);
}

/** The reply is the table's, it is all that left, and its entry is the last that the counter logged. */
function expectReply({ entrance, issuing, reply, entries }: Applied, reason: Reason): void {
  const { grpc, http } = refusals[reason];
  expect({ reason: reply.reason, copy: reply.copy }).toEqual({ reason, copy: undefined });
  expect(reply.status).toBe(entrance.way === 'gRPC' ? GRPC[grpc] : http);
  const entry = entries(issuing).at(-1);
  const answerDigest = digestOf(entry?.nonce ?? '', reply.bytes);
  const left = { procedure: entrance.procedure, answerDigest, outcome: reason };
  expect(entry).toMatchObject({ event: 'ANSWERED', operator: 'operator-1', ...left });
}
