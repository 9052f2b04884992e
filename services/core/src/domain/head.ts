import type { CertifiedNote } from './certified-note.js';
import type { OfficeId } from './office.js';

/** What an office shows another of its own log. */
export interface Head {
  /** How far the log has come, signed by the office. */
  checkpoint: CertifiedNote;
  /** How many entries the other office is believed to have seen. */
  fromSize: number;
  /** That the log begins with those (RFC 6962); empty where it can not be shown. */
  proof: Buffer[];
  /** In milliseconds since 1970. */
  shownAt: number;
  /** Of the office, over `showingBytes`, with the key of the checkpoint's certificate. */
  signature: Buffer;
}

/** What an office has seen of the log of another. */
export interface Witnessed {
  /** How many entries; 0 where there is nothing yet. */
  size: number;
  /** The same checkpoint under the witness's signature; absent while it is contradicted. */
  countersigned?: CertifiedNote | undefined;
  /** The checkpoint that the log contradicts, as its own office has signed it. */
  kept?: CertifiedNote | undefined;
}

interface Showing extends Pick<Head, 'fromSize' | 'proof' | 'shownAt'> {
  /** To whom. */
  witness: OfficeId;
  /** The text of the checkpoint. */
  text: string;
}

/**
 * What an office signs when it shows its log, since a checkpoint has no time of its own: that it knows what was seen, and
 * that this is how the log goes on from there. Who has signed a larger log before, or a proof that fails, can not deny it.
 */
export function showingBytes({ witness, text, fromSize, proof, shownAt }: Showing): Buffer {
  const hashes = proof.map((hash) => hash.toString('base64'));
  return Buffer.from(JSON.stringify(['juki-head/1', witness, text, fromSize, hashes, new Date(shownAt).toISOString()]));
}
