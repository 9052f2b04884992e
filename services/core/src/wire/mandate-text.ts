import type { Mandate } from '../domain/mandate.js';

/** The metadata or header that carries a mandate; between offices, the card's certificate goes beside it as DER. */
export const MANDATE = 'juki-mandate';
export const MANDATE_CARD = 'juki-mandate-card-bin';

const FORM = /^([0-9]{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{86})$/;

/** When, the exchange, and the signature in base64url. */
export function mandateText({ at, exchange, signature }: Pick<Mandate, 'at' | 'exchange' | 'signature'>): string {
  return `${at}.${exchange}.${signature.toString('base64url')}`;
}

/** Undefined where there is none, or it has not its due form. */
export function readMandate(text: string, certificate: Buffer | undefined): Mandate | undefined {
  const [, at, exchange, signature] = FORM.exec(text) ?? [];
  if (at === undefined || exchange === undefined || signature === undefined || !certificate) return undefined;
  return { at: Number(at), exchange, signature: Buffer.from(signature, 'base64url'), certificate };
}

/** What goes to another office with a question that an operator's card stands behind. */
export function mandateMetadata(mandate: Mandate | undefined): Record<string, string | Buffer> {
  return mandate ? { [MANDATE]: mandateText(mandate), [MANDATE_CARD]: mandate.certificate } : {};
}
