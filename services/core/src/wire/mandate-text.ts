import type { Mandate } from '../domain/mandate.js';

/** The metadata or header that carries a mandate; between offices, the card's certificate goes beside it as DER. */
export const MANDATE = 'juki-mandate';
export const MANDATE_CARD = 'juki-mandate-card-bin';

const FORM = /^([0-9]{1,15})\.([0-9a-f]{32})\.([\w-]{86})$/;

/** When, once, and the signature in base64url. */
export function mandateText({ at, once, signature }: Pick<Mandate, 'at' | 'once' | 'signature'>): string {
  return `${at}.${once}.${signature.toString('base64url')}`;
}

/** Undefined where there is none, or it has not its due form. */
export function readMandate(text: string, certificate: Buffer | undefined): Mandate | undefined {
  const [, at, once, signature] = FORM.exec(text) ?? [];
  if (at === undefined || once === undefined || signature === undefined || !certificate) return undefined;
  return { at: Number(at), once, signature: Buffer.from(signature, 'base64url'), certificate };
}

/** What goes to another office with a question that an operator's card stands behind. */
export function mandateMetadata(mandate: Mandate | undefined): Record<string, string | Buffer> {
  return mandate ? { [MANDATE]: mandateText(mandate), [MANDATE_CARD]: mandate.certificate } : {};
}
