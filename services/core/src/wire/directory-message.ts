import type { SignedDirectory } from '../domain/directory.js';
import type {
  SignedDirectory__Output,
  SignedDirectory as SignedDirectoryMessage,
} from './generated/juki/directory/v1/SignedDirectory.js';

export function directoryMessage({ content, at, signature, certificate }: SignedDirectory): SignedDirectoryMessage {
  return { content, issuedAt: String(at), signature, certificate };
}

/** What was signed is checked by whoever reads it. */
export function directoryOfMessage(message: SignedDirectory__Output): SignedDirectory {
  const { content, issuedAt, signature, certificate } = message;
  return { content, at: Number(issuedAt), signature, certificate };
}
