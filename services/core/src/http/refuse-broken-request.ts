import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type Caller, callerUri } from '../domain/caller.js';
import { newNonce } from '../domain/exchange.js';
import type { OfficeId } from '../domain/office.js';
import { type Reason, Refusal } from '../domain/refusal.js';
import { refusals } from '../domain/refusal-table.js';
import type { RequestDesk } from './account-for-request.js';
import { callerOfSocket } from './caller-of-request.js';
import { limitSocket } from './limit-rate.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

const TOO_LARGE = ['HPE_HEADER_OVERFLOW', 'HPE_CHUNK_EXTENSIONS_OVERFLOW'];

/** For bytes that are no HTTP request: there is no route and no reply, only the log and the socket to say so on. */
export function refuseBrokenRequest(desk: RequestDesk) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const caller = callerOfSocket(socket, desk.callers);
    const { refusal: limited, isCounted } = limitSocket(socket, caller, desk);
    if (isCounted) return void socket.destroy();
    const refusal = limited ?? new Refusal(isTooLarge(error) ? 'MESSAGE_TOO_LARGE' : 'INVALID_REQUEST');
    const { reason, details } = refusal;
    const problem = JSON.stringify(problemOf(new Refusal(reason, { ...details, office: desk.office }), undefined));
    const hangUp = () => socket.destroy();
    return void desk.audit
      .append(occurrenceOf(desk, caller, reason, problem))
      .then(() => socket.end(responseOf(reason, problem)), hangUp);
  };
}

function isTooLarge({ code = '' }: { code?: string }): boolean {
  return TOO_LARGE.includes(code);
}

function occurrenceOf(desk: RequestDesk, caller: Caller | undefined, reason: Reason, problem: string) {
  const answering: OfficeId = desk.office;
  return {
    ...{ event: 'ANSWERED' as const, procedure: 'HTTP', exchange: desk.newId(), nonce: newNonce(desk), answering },
    caller: caller ? callerUri(caller) : '',
    operator: caller && caller.kind !== 'office' ? caller.name : null,
    purpose: '',
    outcome: reason,
    request: null,
    answer: Buffer.from(problem),
    concerns: [],
  };
}

function responseOf(reason: Reason, problem: string): string {
  const status = refusals[reason].http;
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(problem)}`,
    'connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${problem}`;
}
