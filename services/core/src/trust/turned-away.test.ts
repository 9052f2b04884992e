import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { whyTurnedAway } from './turned-away.js';

const why = (code: string | undefined, found?: string) =>
  whyTurnedAway(
    Object.assign(new Error('words'), code === undefined ? {} : { code }),
    found === undefined ? undefined : ({ authorizationError: found } as unknown as TLSSocket),
  );

describe('Why a caller was turned away', () => {
  it('is what was found in the certificate, where the error only tells that the connection was closed', () => {
    expect(why('ECONNRESET', 'CERT_HAS_EXPIRED')).toContain('has expired');
    expect(why('ECONNRESET', 'CERT_NOT_YET_VALID')).toContain('clocks');
    expect(why('ECONNRESET')).toContain('hung up');
  });

  it('is that the caller refuses this office, where it sends an alert', () => {
    expect(why('ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED')).toBe(
      "the caller refuses this office's certificate (ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED)",
    );
  });

  it('is a code of Node’s own where this file has no words for it, and never the words of the other end', () => {
    expect(why('ERR_SSL_NO_SHARED_CIPHER')).toBe('ERR_SSL_NO_SHARED_CIPHER');
    expect(why('words of\nanother')).toBe('no TLS');
    expect(why(undefined)).toBe('no TLS');
  });
});
