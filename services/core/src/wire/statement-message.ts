import type { SignedStatement } from '../domain/proof.js';
import { isSignatureLength } from '../domain/signature-length.js';
import type { Statement, Statement__Output } from './generated/juki/provision/v1/Statement.js';
import { oneBuffer } from './one-buffer.js';

/** The wire form of what was signed, where it is part of a message. */
export function statementMessage({ at, signature, certificate }: SignedStatement): Statement {
  return { at: String(at), signature, certificate };
}

/** Undefined where it is missing, or a part of it has not its due form. */
export function statementOf(message: Statement__Output | null): SignedStatement | undefined {
  if (!message || !/^[0-9]{1,15}$/.test(message.at) || !isSignatureLength(message.signature.length)) return undefined;
  const { at, signature, certificate } = message;
  return { at: Number(at), signature, certificate: oneBuffer(certificate) };
}
