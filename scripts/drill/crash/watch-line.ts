import http2, { type ClientHttp2Session, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import type { Points } from './points.js';

/**
 * Has each question and answer over gRPC pass a point before it leaves, and after it has left for the other end's socket.
 * What arrives is no point of its own: until the next commit or send, nothing is otherwise for anybody.
 */
export function watchLine(points: Points): void {
  const { connect, createSecureServer } = http2;
  http2.connect = ((...given: Parameters<typeof connect>) =>
    watchQuestions(points, connect(...given))) as typeof connect;
  http2.createSecureServer = ((...given: Parameters<typeof createSecureServer>) => {
    const server = createSecureServer(...given);
    server.on('stream', (stream, headers) => watchAnswer(points, stream, headers));
    return server;
  }) as typeof createSecureServer;
}

function watchQuestions(points: Points, session: ClientHttp2Session): ClientHttp2Session {
  const request = session.request.bind(session);
  session.request = (headers, options) => {
    const what = [`question ${procedureOf(headers as IncomingHttpHeaders)}`];
    points.pass('before', what);
    const stream = request(headers, options);
    stream.once('finish', () => points.pass('after', what));
    return stream;
  };
  return session;
}

function watchAnswer(points: Points, stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const what = [`answer ${procedureOf(headers)}`];
  const respond = stream.respond.bind(stream);
  stream.respond = (...given) => {
    points.pass('before', what);
    respond(...given);
    stream.once('close', () => points.pass('after', what));
  };
}

function procedureOf(headers: IncomingHttpHeaders): string {
  return String(headers[':path']).replace(/^.*\//, '');
}
