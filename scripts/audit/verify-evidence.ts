import type { Leaf } from '#core/audit/entry.js';
import { askerId, callerOfUri } from '#core/domain/caller.js';
import { signatureDigest } from '#core/domain/digest.js';
import { MANDATE_MS, mandateBytes, mandateFor, officeBehind } from '#core/domain/mandate.js';
import type { OfficeId } from '#core/domain/office.js';
import { loggedProofBytes, loggedReceiptBytes, PROOF_WINDOW_MS } from '#core/domain/proof.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { verifyShared } from '#core/trust/shared-signature.js';
import type { Signer, Signers } from '#core/trust/signers.js';
import { FAMILY_REGISTER_NOTICE } from '#municipality/domain/acts/family-register-notice.js';
import { WIDE_AREA_ISSUANCE } from '#municipality/domain/issuance/copy-data-request.js';
import { SPECIAL_MOVE_IN } from '#municipality/domain/moves/claim.js';
import type { ExportedEvidence, ExportedLog, ExportedMandate, ExportedStatement } from './exported-log.js';
import type { Wrong } from './unsound.js';

/** For these terms alone are questions answered that a card has to stand behind. */
const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData', WIDE_AREA_ISSUANCE],
  ['/juki.transfer.v1.MoveOutCertificateService/ClaimMoveOutCertificate', SPECIAL_MOVE_IN],
  ['/juki.register.v1.FamilyRegisterNoticeService/NotifyHome', FAMILY_REGISTER_NOTICE],
  ['/juki.provision.v1.GovernorProvisionService/ProvideToMayor', PROVISION],
  ['/juki.provision.v1.GovernorProvisionService/ProvideToGovernor', PROVISION],
]);

/** An entry, and what was signed of it. */
export interface Evidenced {
  leaf: Leaf;
  evidence: ExportedEvidence | undefined;
}

/** Holds what was signed of entries against the certificates that came with their log. */
export class EvidenceCheck {
  private readonly certificates: ExportedLog['certificates'];
  private readonly signers: Signers;

  constructor({ certificates }: Pick<ExportedLog, 'certificates'>, signers: Signers) {
    this.certificates = certificates;
    this.signers = signers;
  }

  /** Whether what stands beside an entry is what the entry names, no more and no less. */
  faultInDigests({ leaf, evidence }: Evidenced): Wrong | undefined {
    const [proof, receipt] = [evidence?.proof ?? undefined, evidence?.receipt ?? undefined];
    if (!proof && leaf.proofDigest) return 'PROOF_MISSING';
    if (!receipt && leaf.receiptDigest) return 'RECEIPT_MISSING';
    if (proof && signatureDigest(proof.signature) !== leaf.proofDigest) return 'PROOF_ALTERED';
    if (receipt && signatureDigest(receipt.signature) !== leaf.receiptDigest) return 'RECEIPT_ALTERED';
    return undefined;
  }

  /** Of an entry whose evidence has a proof. */
  faultInProof({ leaf, evidence }: Evidenced): Wrong | undefined {
    const [asking, proof, mandate] = [askerOf(leaf.caller), evidence?.proof, evidence?.mandate?.signature];
    const { exchange, procedure, answering, operator, purposeDigest, requestDigest } = leaf;
    if (!proof || asking === undefined || operator === null || requestDigest === null) return 'PROOF_NOT_VALID';
    const bytes = loggedProofBytes({
      ...{ exchange, procedure, asking, answering, operator, purposeDigest, requestDigest },
      ...{ mandate, askedAt: new Date(proof.at) },
    });
    return this.fault(bytes, proof, 'PROOF_NOT_VALID', ({ caller }) => askerId(caller) === asking);
  }

  /** @param proofs - the signatures of proofs that it can be over */
  faultInReceipt(leaf: Leaf, receipt: ExportedStatement, proofs: readonly Buffer[]): Wrong | undefined {
    const { exchange, answering, outcome, answerDigest } = leaf;
    if (outcome === null || answerDigest === null) return 'RECEIPT_NOT_VALID';
    const answered = { exchange, answering, outcome, answerDigest, answeredAt: new Date(receipt.at) };
    let fault: Wrong | undefined = 'RECEIPT_NOT_VALID';
    for (const proof of proofs) {
      const bytes = loggedReceiptBytes({ ...answered, proof });
      fault = this.fault(bytes, receipt, 'RECEIPT_NOT_VALID', (signer) => isOffice(signer, answering));
      if (!fault) return undefined;
    }
    return fault;
  }

  /**
   * Of a question that another office has answered: nobody asks about people without an operator's card. An office that
   * answers takes one term for each such question, so the card's statement is known but for its purpose's words. Where it
   * is a mayor's card behind a governor's question, who answers has written that the mayor was given.
   */
  faultInMandate({ leaf, evidence }: Evidenced): Wrong | undefined {
    const serves = mandateFor(leaf.procedure);
    if (!serves) return undefined;
    const [asking, mandate] = [officeOf(leaf.caller), evidence?.mandate];
    if (!mandate) return 'MANDATE_MISSING';
    if (asking === undefined || leaf.operator === null) return 'MANDATE_NOT_VALID';
    const isForThis = serves === 'WHILE_IT_LASTS' || mandate.exchange === leaf.exchange;
    const isOfNow = Math.abs((evidence?.proof?.at ?? 0) - mandate.at) <= MANDATE_MS + PROOF_WINDOW_MS;
    if (!isForThis || !isOfNow) return 'MANDATE_NOT_VALID';
    const office = officeBehind(leaf.procedure, asking, this.signerOf(mandate)?.caller);
    if (leaf.event === 'ANSWERED' && recipientIn(leaf) !== office) return 'MANDATE_NOT_VALID';
    return this.faultInCard(mandate, { office, operator: leaf.operator, procedure: leaf.procedure });
  }

  private faultInCard(
    mandate: ExportedMandate,
    { office, operator, procedure }: { office: OfficeId; operator: string; procedure: string },
  ): Wrong | undefined {
    const { at, exchange } = mandate;
    const purpose = PURPOSES.get(procedure);
    if (purpose === undefined) return 'MANDATE_NOT_VALID';
    const bytes = mandateBytes({ office, operator, purpose, at: new Date(at), exchange });
    return this.fault(bytes, mandate, 'MANDATE_NOT_VALID', ({ caller }) => {
      return caller.kind === 'operator' && caller.office === office && caller.name === operator;
    });
  }

  private fault(
    bytes: Buffer,
    { certificate, signature }: ExportedStatement,
    otherwise: Wrong,
    isDue: (signer: Signer) => boolean,
  ): Wrong | undefined {
    if (!this.certificates.has(certificate)) return 'CERTIFICATE_MISSING';
    const signer = this.signerOf({ certificate });
    const holds = signer && isDue(signer) && verifyShared(bytes, signer.key, signature);
    return holds ? undefined : otherwise;
  }

  private signerOf({ certificate }: Pick<ExportedStatement, 'certificate'>): Signer | undefined {
    const der = this.certificates.get(certificate);
    return der && this.signers.of(der);
  }
}

/** Whoever proves what they ask: an office or an agency. */
export function askerOf(uri: string): string | undefined {
  const caller = callerOfUri(uri);
  return caller && caller.kind !== 'operator' ? askerId(caller) : undefined;
}

/** Undefined where it is no office that asks. */
export function officeOf(uri: string): OfficeId | undefined {
  const caller = callerOfUri(uri);
  return caller?.kind === 'office' ? caller.office : undefined;
}

/** To whom an answer went in the end. */
function recipientIn({ caller, provision }: Leaf): OfficeId | undefined {
  return officeOf(provision?.recipient ?? caller);
}

function isOffice({ caller }: Signer, office: OfficeId): boolean {
  return caller.kind === 'office' && caller.office === office;
}
