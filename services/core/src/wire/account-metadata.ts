import type { Account } from '../domain/exchange.js';

/** What an office says of its question in text; a mandate goes beside it. */
type Told = Omit<Account, 'mandate'>;

/** The call metadata by which an asking office accounts for its question, and the form of each. */
const FORMS: Record<keyof Told, { key: string; form: RegExp }> = {
  id: { key: 'juki-exchange', form: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ },
  nonce: { key: 'juki-nonce', form: /^[0-9a-f]{32}$/ },
  operator: { key: 'juki-operator', form: /^[a-z][a-z0-9-]{0,62}$/ },
  purpose: { key: 'juki-purpose', form: /^[A-Z][A-Z_]{0,63}$/ },
};

const PARTS = Object.keys(FORMS) as (keyof Told)[];

export function accountMetadata(account: Told): Record<string, string> {
  return Object.fromEntries(PARTS.map((part) => [FORMS[part].key, account[part]]));
}

/** The part of an account that each piece of a stream has for itself. */
export function exchangeMetadata({ id, nonce }: Pick<Told, 'id' | 'nonce'>): Record<string, string> {
  return { [FORMS.id.key]: id, [FORMS.nonce.key]: nonce };
}

/** What of an account stands in metadata in its due form. Nothing else of it is believed, nor written anywhere. */
export function readAccount(textOf: (key: string) => string): Partial<Told> {
  return wellFormed((part) => textOf(FORMS[part].key));
}

/** The key of the first part that is missing or malformed. */
export function faultInAccount(account: Partial<Told>): string | undefined {
  const missing = missingIn(account);
  return missing && FORMS[missing].key;
}

/** The parts of an account that are in their due form, wherever they stand. */
export function wellFormed(textOf: (part: keyof Told) => string): Partial<Told> {
  const told = PARTS.map((part) => [part, textOf(part)] as const);
  return Object.fromEntries(told.filter(([part, text]) => FORMS[part].form.test(text)));
}

/** The first part that is missing or malformed. */
export function missingIn(account: Partial<Told>): keyof Told | undefined {
  return PARTS.find((part) => account[part] === undefined);
}
