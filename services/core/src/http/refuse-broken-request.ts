import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { OfficeId } from '../domain/office.js';
import { type Reason, Refusal, refusals } from '../domain/refusal.js';
import { PROBLEM_TYPE, problemOf } from './problem.js';

const TOO_LARGE = ['HPE_HEADER_OVERFLOW', 'HPE_CHUNK_EXTENSIONS_OVERFLOW'];

/** For bytes that are no HTTP request: there is no route, no reply, only the socket to say so on. */
export function refuseBrokenRequest(office: OfficeId) {
  return (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
    const reason: Reason = TOO_LARGE.includes(error.code ?? '') ? 'MESSAGE_TOO_LARGE' : 'INVALID_REQUEST';
    const status = refusals[reason].http;
    const problem = JSON.stringify(problemOf(new Refusal(reason, { office }), undefined));
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `content-type: ${PROBLEM_TYPE}`,
      `content-length: ${Buffer.byteLength(problem)}`,
      'connection: close',
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${problem}`);
  };
}
