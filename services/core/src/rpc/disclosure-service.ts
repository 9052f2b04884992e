import { z } from 'zod';
import type { GatheringOffice } from '../access/gather-extracts.js';
import { makeReport } from '../access/make-report.js';
import { correctionAnswer, handedOut, heldAnswer, writtenAnswer, writtenExtension } from '../access/written-answer.js';
import { logRecorded } from '../audit/log-recorded.js';
import { isCalendarDate } from '../domain/calendar-date.js';
import { type Clock, today } from '../domain/clock.js';
import {
  answerDueOn,
  checkAnswer,
  checkExtension,
  DISCLOSURE_KINDS,
  type DisclosureRequest,
  isOverdue,
} from '../domain/disclosure-request.js';
import type { Exchange } from '../domain/exchange.js';
import { checkPurpose } from '../domain/look-up.js';
import { originOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { isResidentRecordCode } from '../domain/resident-record-code.js';
import { historyOf } from '../storage/changes.js';
import {
  answerRequest,
  enterRequest,
  extendRequest,
  findRequest,
  waitingRequests,
} from '../storage/disclosure-requests.js';
import { findIdentificationInformation, holdingsUnder } from '../storage/identity-ledger.js';
import type { DisclosureServiceDefinition } from '../wire/generated/juki/audit/v1/DisclosureService.js';
import type { OpenRequest } from '../wire/generated/juki/audit/v1/OpenRequest.js';
import { messageOf } from '../wire/plain.js';
import { readMessage } from './read-message.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.audit.v1';
const DISCLOSURE_REQUEST = 'DISCLOSURE_REQUEST';
const MOST = 100;

const RequestId = z.uuid('is not a UUID');
/** What is printed on a letter has nothing in it that controls, formats or is not to be seen. */
const words = (most: number) =>
  z
    .string()
    .regex(new RegExp(`^[^\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]{1,${most}}$`, 'u'), `is not 1 to ${most} characters`)
    .regex(/[^\s\p{Variation_Selector}]/u, 'is blank');

const Received = z
  .strictObject({
    kind: z.enum(DISCLOSURE_KINDS, 'is none'),
    residentRecordCode: z.string('is missing').refine(isResidentRecordCode, 'is not a resident record code'),
    statement: words(1000).optional(),
  })
  .refine(({ kind, statement }) => (kind === 'CORRECTION') === (statement !== undefined), {
    path: ['statement'],
    error: 'is for a correction, and for that alone',
  });
const Extended = z.strictObject({
  requestId: RequestId,
  until: z.string('is missing').refine(isCalendarDate, 'is not a day of the calendar'),
  reason: words(200),
});
const Answered = z.strictObject({ requestId: RequestId, finding: words(1000).optional() });
const Read = z.strictObject({ requestId: RequestId, purpose: z.string().optional() });

type Desk = GatheringOffice & { clock: Clock };

/** What people ask this office for in writing, and what is written to them. */
export function disclosureService(desk: Desk): RpcService {
  const { ledger, clock } = desk;
  return rpcService<DisclosureServiceDefinition>(`${V1}.DisclosureService`, {
    async ReceiveRequest(message, exchange) {
      const {
        kind,
        residentRecordCode,
        statement = '',
      } = readMessage(Received, `${V1}.ReceiveRequestRequest`, message);
      exchange.purpose = DISCLOSURE_REQUEST;
      exchange.concerns.add(residentRecordCode);
      const receivedOn = today(clock);
      const request: DisclosureRequest = {
        ...{ requestId: desk.newId(), kind, residentRecordCode, statement, receivedOn, receivedBy: exchange.operator },
        ...{ dueOn: answerDueOn(receivedOn), extension: null, answer: null, document: null },
      };
      await desk.ledger.transaction().execute(async (trx) => {
        await logRecorded(desk, trx, exchange, 'disclosure/RECEIVED');
        await enterRequest(trx, request);
      });
      return messageOf(`${V1}.ReceiveRequestResponse`, { requestId: request.requestId, dueOn: request.dueOn });
    },
    async ListRequests(_nothing, exchange) {
      exchange.purpose = DISCLOSURE_REQUEST;
      return { requests: (await waitingRequests(ledger, MOST)).map((request) => openMessage(request, clock)) };
    },
    async GetRequest(message, exchange) {
      exchange.purpose = checkPurpose(message.purpose);
      const { requestId } = readMessage(Read, `${V1}.GetRequestRequest`, message);
      const request = await requestNamed(desk, requestId, exchange);
      const { residentRecordCode, statement, answer, document, extension } = request;
      return {
        ...{ request: openMessage(request, clock), residentRecordCode, statement },
        ...{ answer: answer ?? '', document: document ?? '', extension: extension ?? '' },
      };
    },
    async ExtendRequest(message, exchange) {
      const { requestId, until, reason } = readMessage(Extended, `${V1}.ExtendRequestRequest`, message);
      exchange.purpose = DISCLOSURE_REQUEST;
      const request = await requestNamed(desk, requestId, exchange);
      checkExtension(request, until, today(clock));
      const notice = signed(desk, writtenExtension(request, letterhead(desk), { until, reason }));
      const notices = `${request.extension ?? ''}${notice}`;
      await written(desk, exchange, 'disclosure/EXTENDED', (trx) => extendRequest(trx, requestId, { until, notices }));
      return { notice };
    },
    async AnswerRequest(message, exchange) {
      const { requestId, finding = '' } = readMessage(Answered, `${V1}.AnswerRequestRequest`, message);
      exchange.purpose = DISCLOSURE_REQUEST;
      const request = await requestNamed(desk, requestId, exchange);
      checkAnswer(request, exchange.operator, finding);
      if (request.answer !== null) throw new Refusal('NOT_FOUND', { field: 'request_id' });
      const { text, document } = await answerTo(desk, request, exchange, finding);
      const answer = signed(desk, writtenAnswer(request, letterhead(desk), text));
      const by = { answer, document, on: today(clock), by: exchange.operator };
      await written(desk, exchange, 'disclosure/ANSWERED', (trx) => answerRequest(trx, requestId, by));
      return { answer, document: document ?? '' };
    },
  });
}

async function requestNamed(desk: Desk, requestId: string, exchange: Exchange): Promise<DisclosureRequest> {
  const request = await findRequest(desk.ledger, requestId);
  if (!request) throw new Refusal('NOT_FOUND', { field: 'request_id' });
  exchange.concerns.add(request.residentRecordCode);
  return request;
}

async function answerTo(
  desk: Desk,
  request: DisclosureRequest,
  exchange: Exchange,
  finding: string,
): Promise<{ text: string; document: string | null }> {
  const { kind, residentRecordCode: code } = request;
  if (kind === 'CORRECTION') return { text: correctionAnswer(request, finding), document: null };
  if (kind === 'ACCESS_LOG') return makeReport(desk, [code], exchange);
  // What is known to be wrong is told to nobody before it is mended: IN_QUARANTINE.
  await findIdentificationInformation(desk.ledger, code);
  const holding = (await holdingsUnder(desk.ledger, [code])).get(code);
  return { text: heldAnswer(holding, await historyOf(desk.ledger, code)), document: null };
}

/** With its entry in the log, and once. */
async function written(
  desk: Desk,
  exchange: Exchange,
  what: string,
  write: (trx: Parameters<typeof logRecorded>[1]) => Promise<boolean>,
): Promise<void> {
  await desk.ledger.transaction().execute(async (trx) => {
    await logRecorded(desk, trx, exchange, what);
    if (!(await write(trx))) throw new Refusal('NOT_FOUND', { field: 'request_id' });
  });
}

function signed({ statements, office }: Desk, text: string): string {
  return handedOut(statements.signNote(text, originOf(office)));
}

function letterhead({ network, office, clock }: Desk) {
  return { title: network.entry(office).name, today: today(clock) };
}

function openMessage(request: DisclosureRequest, clock: Clock): OpenRequest {
  const { requestId, kind, receivedOn, dueOn, extension, receivedBy } = request;
  const overdue = isOverdue(request, today(clock));
  const open = { requestId, kind, receivedOn, dueOn, extended: extension !== null, overdue, receivedBy };
  return messageOf<OpenRequest>(`${V1}.OpenRequest`, open);
}
