import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { operation } from '#core/http/operation.js';
import { ChangeOfAddress } from '../domain/acts/change-of-address.js';
import { CodeChangeRequest } from '../domain/acts/code-change.js';
import { BirthReport, DeathReport } from '../domain/acts/family-register-report.js';
import { HouseholdChange } from '../domain/acts/household-change.js';
import { MoveIn } from '../domain/acts/move-in.js';
import { MoveOut } from '../domain/acts/move-out.js';
import { MoveOutCancellation } from '../domain/acts/move-out-cancellation.js';
import { Look } from '../domain/register/record-view.js';
import { acceptChangeOfAddress } from '../use-cases/accept-change-of-address.js';
import { acceptCodeChangeRequest } from '../use-cases/accept-code-change-request.js';
import { acceptBirthReport, acceptDeathReport } from '../use-cases/accept-family-register-report.js';
import { acceptHouseholdChange } from '../use-cases/accept-household-change.js';
import { acceptMoveIn } from '../use-cases/accept-move-in.js';
import { acceptMoveOut } from '../use-cases/accept-move-out.js';
import { cancelMoveOut } from '../use-cases/cancel-move-out.js';
import type { Counter } from '../use-cases/counter.js';
import { reissueMoveOutCertificate } from '../use-cases/reissue-move-out-certificate.js';
import { sendWaitingNotices } from '../use-cases/send-family-register-notices.js';
import { Receipt } from './receipt.js';

const SentNotice = z.object({ noticeId: z.string(), outcome: z.string() });
const Reported = z.object({ receipt: Receipt.optional(), notice: SentNotice.optional() });

/** /notifications: what residents notify, and what the family register's office hands over. */
export function notificationRoutes(app: FastifyInstance, counter: Counter): void {
  movingRoutes(app, counter);
  const taken = { answer: Receipt, status: 201 as const };
  operation(app, '/notifications/household-change', {
    ...{ summary: '世帯変更届: another householder, a household divided or joined', body: HouseholdChange, ...taken },
    act: (change, exchange) => acceptHouseholdChange(counter, change, exchange),
  });
  operation(app, '/notifications/code-change', {
    ...{ summary: '変更請求: another resident record code', body: CodeChangeRequest, ...taken },
    act: (request, exchange) => acceptCodeChangeRequest(counter, request, exchange),
  });
  operation(app, '/notifications/birth', {
    ...{ summary: '出生届: a birth, here or told to the home municipality', body: BirthReport },
    ...{ answer: Reported, status: 201 },
    act: (report, exchange) => acceptBirthReport(counter, report, exchange),
  });
  operation(app, '/notifications/death', {
    ...{ summary: '死亡届: a death, here or told to the home municipality', body: DeathReport },
    ...{ answer: Reported, status: 201 },
    act: (report, exchange) => acceptDeathReport(counter, report, exchange),
  });
  operation(app, '/family-register-notices/send', {
    ...{ summary: 'Send again what no home municipality has answered', body: z.strictObject({}) },
    answer: z.object({ notices: z.array(SentNotice) }),
    act: async (_all, exchange) => ({ notices: await sendWaitingNotices(counter, exchange) }),
  });
}

function movingRoutes(app: FastifyInstance, counter: Counter): void {
  const taken = { answer: Receipt, status: 201 as const };
  operation(app, '/notifications/move-in', {
    ...{ summary: '転入届: people move in from elsewhere', body: MoveIn, ...taken },
    act: (moveIn, exchange) => acceptMoveIn(counter, moveIn, exchange),
  });
  operation(app, '/notifications/change-of-address', {
    ...{ summary: '転居届: people move within the municipality', body: ChangeOfAddress, ...taken },
    act: (change, exchange) => acceptChangeOfAddress(counter, change, exchange),
  });
  operation(app, '/notifications/move-out', {
    ...{ summary: '転出届: people move out, with a certificate', body: MoveOut, ...taken },
    act: (moveOut, exchange) => acceptMoveOut(counter, moveOut, exchange),
  });
  operation(app, '/notifications/move-out-cancellation', {
    ...{ summary: '転出取消: people stay after all', body: MoveOutCancellation, ...taken },
    act: (cancellation, exchange) => cancelMoveOut(counter, cancellation, exchange),
  });
  operation(app, '/move-out-certificates/reissue', {
    ...{ summary: '転出証明書: the last one of somebody, once more', body: Look },
    answer: z.object({ certificate: Receipt.shape.certificates.element }),
    act: async (look, exchange) => ({ certificate: await reissueMoveOutCertificate(counter, look, exchange) }),
  });
}
