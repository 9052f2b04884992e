/** What grpc-js says of a connection that TLS refused, and what an operator can be told of it. */
const CAUSES: [RegExp, string][] = [
  [/certificate has expired/, "its certificate has expired, or this machine's clock is ahead"],
  [/certificate is not yet valid/, "its certificate is not yet valid: compare the two machines' clocks"],
  [/has been revoked/, 'its certificate has been revoked'],
  [/is not that of/, 'another office answers at its address'],
  [/unable to (get|verify)|self[- ]signed/, 'its certificate is of no authority that is trusted here'],
  [/alert/, "it refuses this office's certificate"],
  [
    // With TLS 1.3 the other end has taken our certificate before it looks at it, and then it only hangs up.
    /Failed to connect|ECONNRESET|EPIPE/,
    "it hangs up at once: it may refuse this office's certificate, or find its clock off; its own log says why",
  ],
  [/ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|Name resolution failed/, 'nothing answers at its address'],
];

/** Why a connection can not be had, as far as that can be told; in words of this file, never in those of the other end. */
export function whyUnavailable(details: string): string | undefined {
  return CAUSES.find(([pattern]) => pattern.test(details))?.[1];
}
