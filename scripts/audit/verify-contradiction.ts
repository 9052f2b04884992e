import { contradicts, readContradiction } from '#core/audit/contradiction.js';
import type { SignedStatement } from '#core/domain/proof.js';
import { verifyShared } from '#core/trust/shared-signature.js';
import type { Signers } from '#core/trust/signers.js';

/** Whether evidence shows that an office rewrote its log: in one line, for somebody who believes neither office. */
export async function verifyContradiction(
  evidence: string,
  signers: Signers,
): Promise<{ holds: boolean; text: string }> {
  const contradiction = readContradiction(evidence);
  const finding = await contradicts(contradiction, {
    textSignedBy: (...signed) => signers.textSignedBy(...signed),
    officeThatOnceSigned: async (bytes, signed) => officeBehind(bytes, signed, signers),
  });
  const { office, witness } = contradiction;
  if (finding.verdict === 'CONTRADICTS')
    return { holds: true, text: `${office} has shown ${witness} two logs: ${finding.why}` };
  const why = finding.verdict === 'NO_EVIDENCE' ? finding.because : 'one log can have shown both';
  return { holds: false, text: `nothing is shown against ${office}: ${why}` };
}

function officeBehind(bytes: Buffer, { certificate, signature }: SignedStatement, signers: Signers) {
  const signer = signers.of(certificate);
  if (signer?.caller.kind !== 'office' || signer.isRevoked) return undefined;
  return verifyShared(bytes, signer.key, signature) ? signer.caller.office : undefined;
}
