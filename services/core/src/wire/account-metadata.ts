/** The call metadata by which an asking office accounts for its question; the exchange names it in both logs. */
export const ACCOUNT_KEYS = {
  exchange: 'juki-exchange',
  operator: 'juki-operator',
  purpose: 'juki-purpose',
} as const;

const TEXT = /^[A-Za-z0-9_-]{1,64}$/;

/** What may stand in such metadata: a term or a name of the network, never a person's words. */
export function isAccountText(text: unknown): text is string {
  return typeof text === 'string' && TEXT.test(text);
}
