import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import { ArrivalId, FirstMoveIn, SpecialMoveIn } from '../domain/moves/arrival.js';
import { SpecialMoveOut } from '../domain/moves/departure.js';
import { LookAtMoves, MoveView } from '../domain/moves/move-view.js';
import { Look } from '../domain/register/record-view.js';
import { acceptSpecialMoveOut } from '../use-cases/accept-special-move-out.js';
import { beginSpecialMoveIn, begunView } from '../use-cases/begin-special-move-in.js';
import { completeSpecialMoveIn } from '../use-cases/complete-special-move-in.js';
import type { Counter } from '../use-cases/counter.js';
import { issueCertificateInstead } from '../use-cases/issue-certificate-instead.js';
import { listMoves } from '../use-cases/list-moves.js';
import { releaseSpecialMoveIn } from '../use-cases/release-special-move-in.js';
import { Receipt } from './receipt.js';

const Begun = z.object({
  arrivalId: z.string(),
  origin: z.string(),
  destination: z.string(),
  plannedOn: z.string(),
  people: z.array(
    z.object({ residentRecordCode: z.string(), name: z.string(), birthDate: z.string(), relationship: z.string() }),
  ),
});

/** /special-moves: people who move with a card, at either end. */
export function specialMoveRoutes(app: FastifyInstance, counter: Counter): void {
  const taken = { answer: Receipt, status: 201 as const };
  operation(app, '/special-moves/move-out', {
    ...{ summary: '転出届 with a card: no paper is made', body: SpecialMoveOut, ...taken },
    act: (moveOut, exchange) => acceptSpecialMoveOut(counter, moveOut, exchange),
  });
  operation(app, '/special-moves/certificate-instead', {
    ...{ summary: 'The paper certificate after all', body: Look },
    answer: z.object({ certificates: Receipt.shape.certificates }),
    act: async (look, exchange) => ({ certificates: await issueCertificateInstead(counter, look, exchange) }),
  });
  operation(app, '/special-moves/first-move-in', {
    ...{ summary: '最初の転入届: the card is handed over, the origin asked', body: FirstMoveIn, answer: Begun },
    act: async (moveIn, exchange) => begunView(await beginSpecialMoveIn(counter, moveIn, exchange)),
  });
  operation(app, '/special-moves/move-in', {
    ...{ summary: '転入届 with a card: the people are entered', body: SpecialMoveIn, ...taken },
    act: (moveIn, exchange) => completeSpecialMoveIn(counter, moveIn, exchange),
  });
  operation(app, '/special-moves/release', {
    ...{ summary: 'A special move-in that has begun is given up', body: ArrivalId, answer: z.object({}) },
    act: async ({ arrivalId }, exchange) => {
      await releaseSpecialMoveIn(counter, arrivalId, exchange);
      return {};
    },
  });
  operation(app, '/special-moves/list', {
    ...{ summary: 'What is under way at this end, with its next step', body: LookAtMoves },
    answer: z.object({ moves: z.array(MoveView.extend({ since: z.string() })) }),
    act: async ({ purpose }, exchange) => {
      const moves = await listMoves(counter, purpose, exchange);
      return { moves: moves.map((move) => ({ ...move, since: move.since.toISOString() })) };
    },
  });
}
