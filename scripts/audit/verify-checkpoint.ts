import { type Checkpoint, readCheckpoint } from '#core/audit/checkpoint.js';
import { type OfficeId, originOf } from '#core/domain/office.js';
import { isSignedBy, noteText, readNote } from '#core/trust/signed-note.js';
import type { Signers } from '#core/trust/signers.js';
import type { ExportedCheckpoint, ExportedLog } from './exported-log.js';

/** What a note says of a log, where the signer has signed it by a certificate among these; undefined otherwise. */
function checkpointIn(
  note: string,
  { log, signer, certificates }: { log: OfficeId; signer: OfficeId; certificates: Iterable<Buffer> },
  signers: Signers,
): Checkpoint | undefined {
  const signed = readNote(note);
  const checkpoint = signed && readCheckpoint(signed.text);
  if (!checkpoint || checkpoint.origin !== originOf(log) || noteText(signed) !== note) return undefined;
  for (const certificate of certificates) {
    const known = signers.of(certificate);
    const isTheirs = known?.caller.kind === 'office' && known.caller.office === signer;
    if (isTheirs && isSignedBy(signed, originOf(signer), known.key)) return checkpoint;
  }
  return undefined;
}

/** Of a log, as its own office states it. */
export function ownCheckpoint(
  { office, checkpoint, certificates }: Pick<ExportedLog, 'office' | 'checkpoint' | 'certificates'>,
  signers: Signers,
): Checkpoint | undefined {
  return checkpointIn(checkpoint, { log: office, signer: office, certificates: certificates.values() }, signers);
}

/** Of a log, as somebody has seen it: what `seen` says beside it has to be what it is. */
export function seenCheckpoint(
  { note, certificate, size }: ExportedCheckpoint,
  { log, signer }: { log: OfficeId; signer: OfficeId },
  signers: Signers,
): Checkpoint | undefined {
  const checkpoint = checkpointIn(note, { log, signer, certificates: [certificate] }, signers);
  return checkpoint?.size === size ? checkpoint : undefined;
}
