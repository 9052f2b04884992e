import { createHash, createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkpointText } from '#core/audit/checkpoint.js';
import { type Evidence, leafOf, type Occurrence } from '#core/audit/entry.js';
import { LogKey } from '#core/audit/log-key.js';
import { type FullSubtrees, leafHash, nodeHash, rootHash } from '#core/audit/merkle-tree.js';
import { type Mandate, mandateBytes } from '#core/domain/mandate.js';
import { type OfficeId, originOf, slugOf } from '#core/domain/office.js';
import { proofBytes, receiptBytes, type SignedStatement } from '#core/domain/proof.js';
import { PROVISION } from '#core/domain/provision/inquiry.js';
import { type Provision, provisionOf } from '#core/domain/provision/provision.js';
import { signCompact } from '#core/trust/compact-signature.js';
import { FILE } from '#core/trust/credentials.js';
import { signNote } from '#core/trust/signed-note.js';
import { SigningNetwork } from './signing-office.js';

/*
 * Logs as offices export them, made without offices: real keys, certificates and signatures, and entries that a test can
 * take away or change before tree and checkpoint are made of them.
 */

const TO_AGENCY = '/juki.provision.v1.AgencyProvisionService/ProvideToAgency';
const COPY_DATA = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
const TO_GOVERNOR = '/juki.provision.v1.GovernorProvisionService/ProvideToGovernor';
const PURPOSE = 'WIDE_AREA_ISSUANCE';
const OPERATOR = 'counter-1';
const START = Date.parse('2016-05-27T10:00:00+09:00');
const CODE = '24727059608';

interface Key {
  key: KeyObject;
  /** DER. */
  certificate: Buffer;
}

export interface MadeEntry {
  leaf: string;
  evidence: Evidence;
}

/** A question and its answer, and where a test has them otherwise than they should be. */
interface Exchange {
  /** Whom the entries are about, by how often this log has named them before. */
  number?: number;
  proofBy?: Key;
  receiptBy?: Key;
  /** Null where no card stands behind the question. */
  cardBy?: Key | null;
  /** A governor asks another for this mayor, and the answering office's entry says that this one was given. */
  handedOn?: { mayor: OfficeId; given?: OfficeId | undefined };
}

export class MadeLog {
  readonly office: OfficeId;
  readonly signs: Key;
  readonly key: LogKey;
  readonly entries: MadeEntry[] = [];
  readonly witnessed: object[] = [];
  readonly witnesses: object[] = [];

  constructor(office: OfficeId, signs: Key) {
    this.office = office;
    this.signs = signs;
    this.key = new LogKey(createHash('sha256').update(office).digest());
  }

  /** The text of a checkpoint of the first so many entries, as they are now. */
  checkpoint(size = this.entries.length): string {
    const origin = originOf(this.office);
    return checkpointText({ origin, size, root: this.root(size), logKey: this.key.publicKey });
  }

  /** Over the entries as they are now. */
  subtrees(): FullSubtrees {
    const hashes = this.entries.map(({ leaf }) => leafHash(leaf));
    const full: FullSubtrees = (level, index) =>
      level === 0
        ? (hashes[index] ?? Buffer.alloc(0))
        : nodeHash(full(level - 1, 2 * index), full(level - 1, 2 * index + 1));
    return full;
  }

  write(folder: string, { from = 0, exportedAt }: { from?: number; exportedAt?: number | undefined } = {}): void {
    const [full, size, place] = [this.subtrees(), this.entries.length, join(folder, slugOf(this.office))];
    const pruned = prunedBefore(from).map((subtree) => ({
      ...{ ...subtree, hash: full(subtree.level, subtree.index).toString('base64') },
    }));
    const head = { format: 'juki-net/log-export/1', office: this.office, from, size, pruned };
    const kept = this.entries.slice(from);
    mkdirSync(place, { recursive: true });
    const put = (name: string, text: string) => writeFileSync(join(place, name), text);
    put('log.json', JSON.stringify(exportedAt ? { ...head, exportedAt: new Date(exportedAt).toISOString() } : head));
    put('leaves.jsonl', linesOf(kept.map(({ leaf }) => leaf)));
    put('leaf-hashes.txt', linesOf(kept.map(({ leaf }) => leafHash(leaf).toString('base64'))));
    put('evidence.jsonl', linesOf(kept.flatMap((entry, i) => evidenceLine(from + i, entry.evidence))));
    put('certificates.pem', this.certificates(kept).map(pemOf).join(''));
    put('checkpoint.note', signNote(this.checkpoint(), originOf(this.office), this.signs.key));
    put('witnessed.jsonl', linesOf(this.witnessed.map((one) => JSON.stringify(one))));
    put('witnesses.jsonl', linesOf(this.witnesses.map((one) => JSON.stringify(one))));
  }

  private root(size: number): Buffer {
    return rootHash(size, this.subtrees());
  }

  private certificates(entries: MadeEntry[]): Buffer[] {
    const used = entries.flatMap(({ evidence: { proof, receipt, mandate } }) =>
      [proof, receipt, mandate].flatMap((one) => one?.certificate ?? []),
    );
    return [...new Set([this.signs.certificate, ...used])];
  }
}

/** Some offices, their logs, and what they ask each other; a second passes with each entry. */
export class MadeLogs {
  readonly pki = new SigningNetwork();
  private readonly logs = new Map<OfficeId, MadeLog>();
  private readonly cards = new Map<OfficeId, Key>();
  private readonly agencies = new Map<string, Key>();
  private now = START;
  private asked = 0;

  log(office: OfficeId): MadeLog {
    const log = this.logs.get(office) ?? new MadeLog(office, this.issue(`juki://${office}`));
    this.logs.set(office, log);
    return log;
  }

  /** A key, and a certificate of this network's that names somebody. */
  issue(uri: string, by: 'offices' | 'operators' | 'agencies' = 'offices'): Key {
    const { key, certificate } = this.pki.credentials(uri, by);
    return { key: createPrivateKey(key), certificate: new X509Certificate(certificate).raw };
  }

  /** The one office asks, the other answers: three entries in two logs. @returns the exchange */
  ask(asking: OfficeId, answering: OfficeId, { number, proofBy, receiptBy, cardBy, handedOn }: Exchange = {}): string {
    const [id, nonce] = [this.newId(), createHash('md5').update(String(this.asked)).digest('hex')];
    const [here, there] = [this.log(asking), this.log(answering)];
    const [procedure, purpose] = handedOn ? [TO_GOVERNOR, PROVISION] : [COPY_DATA, PURPOSE];
    const behind = handedOn?.mayor ?? asking;
    const mandate = cardBy === null ? undefined : this.mandate(behind, id, cardBy ?? this.card(behind), purpose);
    const question = { exchange: id, nonce, procedure, answering, operator: OPERATOR, purpose };
    const [request, answer] = [Buffer.from(`request ${id}`), Buffer.from(`answer ${id}`)];
    const statement = { ...question, asking, mandate: mandate?.signature, request };
    const proof = this.sign(proofBy ?? here.signs, (askedAt) => proofBytes({ ...statement, askedAt }));
    const asked = { ...question, caller: `juki://${asking}`, request, concerns: [] };
    const evidence = { proof, mandate };
    this.append(here, { ...asked, event: 'ASKED', outcome: null, answer: null, evidence }, number);
    const over = { exchange: id, nonce, answering, outcome: 'OK' as const, proof: proof.signature, answer };
    const receipt = this.sign(receiptBy ?? there.signs, (answeredAt) => receiptBytes({ ...over, answeredAt }));
    const answered = { ...asked, outcome: 'OK' as const, answer };
    const provision = handedOn && provisionFor(handedOn.given);
    const all = { ...evidence, receipt };
    this.append(there, { ...answered, event: 'ANSWERED', evidence: all, ...(provision && { provision }) }, number);
    this.append(here, { ...answered, event: 'ANSWER_RECEIVED', evidence: { receipt } });
    return id;
  }

  /** An agency, which keeps no log that anybody compares, asks an office about somebody. @returns the exchange */
  provide(
    office: OfficeId,
    { name = 'agency-1', proofBy, number = 1 }: { name?: string; proofBy?: Key; number?: number } = {},
  ): string {
    const [exchange, uri, there] = [this.newId(), `juki://agency/${name}`, this.log(office)];
    const named = { exchange, nonce: createHash('md5').update(exchange).digest('hex'), answering: office };
    const question = { ...named, procedure: TO_AGENCY, operator: 'desk-1', purpose: PROVISION };
    const [request, answer] = [Buffer.from(`request ${exchange}`), Buffer.from(`answer ${exchange}`)];
    const statement = { ...question, asking: `agency/${name}`, request };
    const proof = this.sign(proofBy ?? this.agency(name), (askedAt) => proofBytes({ ...statement, askedAt }));
    const over = { ...named, outcome: 'OK' as const, proof: proof.signature, answer };
    const receipt = this.sign(there.signs, (answeredAt) => receiptBytes({ ...over, answeredAt }));
    const cited = { statutoryPurpose: 'TABLE_1_ITEM_77', occasion: 'STATUS_REPORT' as const };
    const answered = { ...question, event: 'ANSWERED' as const, caller: uri, outcome: 'OK' as const, request, answer };
    const evidence = { proof, receipt };
    this.append(there, { ...answered, concerns: [], evidence, provision: provisionOf(cited, ['ADDRESS']) }, number);
    return exchange;
  }

  /** Something that concerns one office alone. */
  record(office: OfficeId, number?: number): void {
    const caller = `juki://${office}/operator/${OPERATOR}`;
    const occurrence = {
      ...{ event: 'RECORDED' as const, procedure: 'register/MOVE_IN', exchange: this.newId(), caller },
      ...{
        operator: OPERATOR,
        answering: office,
        purpose: '転入',
        outcome: 'OK' as const,
        request: null,
        answer: null,
      },
      ...{ nonce: '00112233445566778899aabbccddeeff', concerns: [] },
    };
    this.append(this.log(office), occurrence, number);
  }

  /** What the one has seen of the other's log: signed by both, and kept by both. */
  witness(by: OfficeId, of: OfficeId): void {
    const [witness, log] = [this.log(by), this.log(of)];
    const [text, size, witnessedAt] = [log.checkpoint(), log.entries.length, new Date(this.now).toISOString()];
    const noteBy = ({ office, signs }: MadeLog) => ({
      ...{ size, note: signNote(text, originOf(office), signs.key), witnessedAt },
      certificate: signs.certificate.toString('base64'),
    });
    witness.witnessed.push({ office: of, ...noteBy(log) });
    log.witnesses.push({ witness: by, ...noteBy(witness) });
  }

  /** Every log into a folder of its own, a second after what was last. */
  write(folder: string, { exportedAt = this.now + 1_000, saysWhen = true } = {}): void {
    for (const log of this.logs.values()) log.write(folder, saysWhen ? { exportedAt } : {});
  }

  /** The time of the network. */
  get time(): number {
    return this.now;
  }

  /** As they lie in an office's folder. */
  writeAuthorities(folder: string): void {
    mkdirSync(folder, { recursive: true });
    const { trusted } = this.pki.credentials('juki://national');
    for (const kind of ['offices', 'operators', 'agencies'] as const)
      writeFileSync(join(folder, FILE[kind]), trusted[kind].toString());
  }

  private agency(name: string): Key {
    const agency = this.agencies.get(name) ?? this.issue(`juki://agency/${name}`, 'agencies');
    this.agencies.set(name, agency);
    return agency;
  }

  private card(office: OfficeId): Key {
    const card = this.cards.get(office) ?? this.issue(`juki://${office}/operator/${OPERATOR}`, 'operators');
    this.cards.set(office, card);
    return card;
  }

  private mandate(office: OfficeId, exchange: string, card: Key, purpose: string): Mandate {
    const statement = { office, operator: OPERATOR, purpose, exchange };
    return { ...this.sign(card, (at) => mandateBytes({ ...statement, at })), exchange };
  }

  private sign({ key, certificate }: Key, bytesAt: (at: Date) => Buffer): SignedStatement {
    return { at: this.now, signature: signCompact(bytesAt(new Date(this.now)), key), certificate };
  }

  /** @param number - where the entry names somebody */
  private append(log: MadeLog, occurrence: Occurrence, number?: number): void {
    this.now += 1_000;
    const subjects = number === undefined ? [] : [log.key.tag(CODE, number)];
    const leaf = leafOf(new Date(this.now).toISOString(), occurrence, subjects);
    log.entries.push({ leaf, evidence: occurrence.evidence ?? {} });
  }

  private newId(): string {
    this.asked += 1;
    return `00000000-0000-4000-8000-${this.asked.toString(16).padStart(12, '0')}`;
  }
}

/** The largest full subtrees over what is before, from left to right. */
function prunedBefore(from: number): { level: number; index: number }[] {
  const subtrees = [];
  for (let [rest, at, level] = [from, 0, 30]; level >= 0; level -= 1) {
    if (rest < 2 ** level) continue;
    subtrees.push({ level, index: at / 2 ** level });
    at += 2 ** level;
    rest -= 2 ** level;
  }
  return subtrees;
}

function evidenceLine(position: number, { proof, receipt, mandate }: Evidence): string[] {
  if (!proof && !receipt && !mandate) return [];
  return [JSON.stringify({ position, proof: shown(proof), receipt: shown(receipt), mandate: shown(mandate) })];
}

function shown(signed: SignedStatement | undefined): object | null {
  if (!signed) return null;
  const { signature, certificate, ...stated } = signed;
  const print = createHash('sha256').update(certificate).digest('hex');
  return { ...stated, signature: signature.toString('base64'), certificate: print };
}

function pemOf(der: Buffer): string {
  return new X509Certificate(der).toString();
}

function linesOf(lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function provisionFor(recipient: OfficeId | undefined): Provision {
  const cited = { statutoryPurpose: 'TABLE_4_ITEM_3', occasion: 'APPLICATION' as const };
  return provisionOf(cited, ['NAME'], recipient && `juki://${recipient}`);
}
