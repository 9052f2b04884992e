import { leafHash } from '#core/audit/merkle-tree.js';
import type { OfficeId } from '#core/domain/office.js';
import { PROOF_WINDOW_MS } from '#core/domain/proof.js';
import type { ExportedEntry, ExportedEvidence, ExportedLog } from './exported-log.js';
import { type ReadLeaf, readLeaf } from './read-leaf.js';
import { type Finding, Unsound, type Wrong } from './unsound.js';
import { askerOf, type EvidenceCheck, type Evidenced, officeOf } from './verify-evidence.js';
import { faultInProvision } from './verify-provision.js';

/** An entry of a log, read. */
interface PlacedEntry extends Evidenced {
  position: number;
}

/** A question that this log's office asked: what a receipt has to be over. */
interface Asked {
  position: number;
  proof: Buffer;
  faultInMandate: Wrong | undefined;
}

/** Whether an entry that is before those that are there can have been pruned. */
export function isAboutTheCut(log: Pick<ExportedLog, 'from'>, firstAt: string | undefined, at: string): boolean {
  if (log.from === 0) return false;
  return firstAt === undefined || Date.parse(at) <= Date.parse(firstAt) + PROOF_WINDOW_MS;
}

/** Goes through the entries of one log, each by itself and against those before it. */
export class EntryCheck {
  /** When the first entry was written, and the latest; undefined where there is none. */
  firstAt: string | undefined;
  latestAt: string | undefined;
  private readonly log: ExportedLog;
  private readonly evidence: EvidenceCheck;
  private readonly tags = new Set<string>();
  private readonly asked = new Map<string, Asked[]>();
  private newForm = false;

  constructor(log: ExportedLog, evidence: EvidenceCheck) {
    this.log = log;
    this.evidence = evidence;
  }

  /** @throws Unsound at the first thing that is wrong with the entry */
  check({ position, leaf: bytes, hash, evidence }: ExportedEntry): PlacedEntry {
    if (!leafHash(bytes).equals(hash)) this.wrong('ENTRY_ALTERED', { position, leaf: readLeaf(bytes)?.leaf });
    const read = readLeaf(bytes);
    if (!read) return this.wrong('ENTRY_MALFORMED', { position });
    const entry = { position, leaf: read.leaf, evidence };
    this.noteTime(entry);
    const fault = this.faultIn(entry, read);
    if (fault) this.wrong(fault, entry);
    return entry;
  }

  private faultIn(entry: PlacedEntry, { isOfBefore }: ReadLeaf): Wrong | undefined {
    if (isOfBefore && this.newForm) return 'ENTRY_OF_BEFORE';
    this.newForm ||= !isOfBefore;
    if (!isOfOffice(entry, this.log.office)) return 'ENTRY_OF_ANOTHER_OFFICE';
    if (this.hasTagAgain(entry)) return 'TAG_TWICE';
    const fault = faultInProvision(entry.leaf) ?? this.evidence.faultInDigests(entry);
    return fault ?? (isOfBefore ? undefined : this.faultInEvidence(entry));
  }

  private faultInEvidence(entry: PlacedEntry): Wrong | undefined {
    const { leaf, evidence } = entry;
    if (hasMoreThanIsDue(leaf.event, evidence)) return 'EVIDENCE_NOT_DUE';
    switch (leaf.event) {
      case 'ASKED':
        return this.faultInAsked(entry);
      case 'ANSWER_RECEIVED':
        return this.faultInReceived(entry);
      case 'ANSWERED':
        return this.faultInAnswered(entry);
      case 'RECORDED':
        return undefined;
    }
  }

  private faultInAsked(entry: PlacedEntry): Wrong | undefined {
    const { leaf, position, evidence } = entry;
    if (!evidence?.proof) return 'PROOF_MISSING';
    const fault = this.evidence.faultInProof(entry);
    const asked = { position, proof: evidence.proof.signature, faultInMandate: this.evidence.faultInMandate(entry) };
    const key = `${leaf.answering} ${leaf.exchange}`;
    this.asked.set(key, [...(this.asked.get(key) ?? []), asked]);
    return fault;
  }

  /** Only what the other office took for proved and mandated does it answer. */
  private faultInReceived({ leaf, evidence }: PlacedEntry): Wrong | undefined {
    const asked = this.asked.get(`${leaf.answering} ${leaf.exchange}`);
    const receipt = evidence?.receipt;
    if (!asked) return isAboutTheCut(this.log, this.firstAt, leaf.at) ? undefined : 'QUESTION_MISSING';
    if (receipt) {
      const proofs = asked.map(({ proof }) => proof);
      const fault = this.evidence.faultInReceipt(leaf, receipt, proofs);
      if (fault) return fault;
    }
    if (leaf.outcome !== 'OK') return undefined;
    const unmandated = asked.find(({ faultInMandate }) => faultInMandate);
    if (unmandated?.faultInMandate) this.wrong(unmandated.faultInMandate, { position: unmandated.position, leaf });
    return receipt ? undefined : 'RECEIPT_MISSING';
  }

  /** What is refused can be refused unread, or before it was held against its proof. */
  private faultInAnswered(entry: PlacedEntry): Wrong | undefined {
    const { leaf, evidence } = entry;
    const isGiven = leaf.outcome === 'OK' && askerOf(leaf.caller) !== undefined;
    if (evidence?.proof) return this.faultInProved(entry, isGiven);
    if (evidence?.receipt) return 'EVIDENCE_NOT_DUE';
    return isGiven ? 'PROOF_MISSING' : undefined;
  }

  private faultInProved(entry: PlacedEntry, isGiven: boolean): Wrong | undefined {
    const [proof, receipt] = [entry.evidence?.proof, entry.evidence?.receipt];
    const fault = this.evidence.faultInProof(entry);
    if (fault || !proof) return fault;
    if (!receipt) return isGiven ? 'RECEIPT_MISSING' : undefined;
    const unreceipted = this.evidence.faultInReceipt(entry.leaf, receipt, [proof.signature]);
    return unreceipted ?? (isGiven ? this.evidence.faultInMandate(entry) : undefined);
  }

  private hasTagAgain({ leaf: { subjects } }: PlacedEntry): boolean {
    return subjects.some((tag) => {
      if (this.tags.has(tag)) return true;
      this.tags.add(tag);
      return false;
    });
  }

  private noteTime({ leaf: { at } }: PlacedEntry): void {
    this.firstAt ??= at;
    if (this.latestAt === undefined || at > this.latestAt) this.latestAt = at;
  }

  private wrong(
    wrong: Wrong,
    { position, leaf }: { position: number; leaf?: { exchange: string } | undefined },
  ): never {
    const finding: Finding = { wrong, office: this.log.office, position };
    throw new Unsound(leaf ? { ...finding, exchange: leaf.exchange } : finding);
  }
}

/** Who asks writes of its own questions, who answers of what it answers. */
function isOfOffice({ leaf }: PlacedEntry, office: OfficeId): boolean {
  const asks = leaf.event === 'ASKED' || leaf.event === 'ANSWER_RECEIVED';
  return asks ? officeOf(leaf.caller) === office : leaf.answering === office;
}

function hasMoreThanIsDue(event: Evidenced['leaf']['event'], evidence: ExportedEvidence | undefined): boolean {
  if (!evidence) return false;
  const { proof, receipt, mandate } = evidence;
  if (event === 'RECORDED') return true;
  if (event === 'ANSWER_RECEIVED') return proof !== null || mandate !== null;
  return event === 'ASKED' && receipt !== null;
}
