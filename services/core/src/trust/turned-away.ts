import type { TLSSocket } from 'node:tls';

/** What TLS finds wrong with a caller's certificate, and what an operator can be told of it. */
const CAUSES: Record<string, string> = {
  CERT_HAS_EXPIRED: 'the certificate of the caller has expired, or this machine’s clock is ahead',
  CERT_NOT_YET_VALID: 'the certificate of the caller is not yet valid: compare the two machines’ clocks',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the caller is of no authority that is trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the caller is of no authority that is trusted here',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the caller is of no authority that is trusted here',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the caller is of no authority that is trusted here',
  CERT_SIGNATURE_FAILURE: 'the certificate of the caller is of no authority that is trusted here',
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'the caller shows no certificate',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'the caller does not speak TLS 1.3',
  ERR_SSL_HTTP_REQUEST: 'the caller does not speak TLS',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'the caller did not make the connection in time',
  ECONNRESET: 'the caller hung up before the connection was made',
};

/**
 * Why a listener let a connection go before a word was said, for this office's log: the caller is told nothing by TLS.
 * In words of this file, or a code of Node's own.
 */
export function whyTurnedAway(error: Error & { code?: string }, socket: TLSSocket | undefined): string {
  // Once Node has looked at a certificate, the socket knows what is wrong; the error only says that it was closed.
  const code = [socket?.authorizationError, error.code].map(String).find((each) => /^[A-Z_0-9]+$/.test(each));
  const cause = CAUSES[code ?? ''];
  if (cause) return cause;
  return code?.startsWith('ERR_SSL_TLSV1_ALERT') || code?.startsWith('ERR_SSL_SSLV3_ALERT')
    ? `the caller refuses this office's certificate (${code})`
    : (code ?? 'no TLS');
}
