import type { SignedStatement } from '../domain/proof.js';
import { isSignatureLength } from '../domain/signature-length.js';
import { oneBuffer } from './one-buffer.js';

/** The call metadata that carries a proof, and the trailer that carries a receipt. */
const KEYS = {
  proof: { at: 'juki-asked-at', signature: 'juki-proof-bin', certificate: 'juki-prover-bin' },
  receipt: { at: 'juki-answered-at', signature: 'juki-receipt-bin', certificate: 'juki-receipter-bin' },
} as const;

type Kind = keyof typeof KEYS;

export function statementMetadata(kind: Kind, { at, signature, certificate }: SignedStatement) {
  const keys = KEYS[kind];
  return { [keys.at]: String(at), [keys.signature]: signature, [keys.certificate]: certificate };
}

/** Undefined where a part is missing or has not its due form. */
export function readStatement(
  kind: Kind,
  read: (key: string) => string | Buffer | undefined,
): SignedStatement | undefined {
  const keys = KEYS[kind];
  const [at, signature, certificate] = [read(keys.at), read(keys.signature), read(keys.certificate)];
  if (typeof at !== 'string' || !/^[0-9]{1,15}$/.test(at)) return undefined;
  if (!Buffer.isBuffer(signature) || !isSignatureLength(signature.length) || !Buffer.isBuffer(certificate))
    return undefined;
  return { at: Number(at), signature, certificate: oneBuffer(certificate) };
}
