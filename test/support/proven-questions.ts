import { expect } from '@jest/globals';
import type { OfficeId } from '#core/domain/office.js';
import { receiptBytes } from '#core/domain/proof.js';
import type { Reason } from '#core/domain/refusal.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { accountOf } from './accounts.js';
import { expectRefusal } from './bad-input.js';
import { personalDataIn } from './log-lines.js';
import { BUNKYO, SHINJUKU } from './offices.js';
import { demoMandates, Prover } from './proven-line.js';
import { identityIn, RawLine, type RawReply } from './raw-line.js';
import type { TestNetwork } from './test-network.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

export type Headers = Record<string, string | Buffer>;

interface Wish {
  /** Who asks, as the proof says it. */
  asking?: OfficeId;
  /** Whose certificate and key. */
  by?: OfficeId;
  procedure?: string;
  bytes?: Buffer;
}

/** A question for copy data, as its bytes. */
export function copyQuestion({ name, residentRecordCode }: { name: string; residentRecordCode: string }): Buffer {
  const whom = 'WHOM_TO_PRINT_APPLICANT';
  return ProvideCopyData.encodeRequest({ applicantName: name, residentRecordCode, whom });
}

export function isAnswered({ code, messages }: RawReply): boolean {
  return code === 0 && messages.length === 1;
}

/** Questions that Shinjuku puts to Bunkyo, and proofs of them that can be parted from them. */
export class ProvenQuestions {
  private readonly network: TestNetwork;
  private readonly lines: RawLine[] = [];
  readonly question: Buffer;

  constructor(network: TestNetwork, applicant: { name: string; residentRecordCode: string }) {
    this.network = network;
    this.question = copyQuestion(applicant);
  }

  connect(asking: OfficeId = SHINJUKU, answering: OfficeId = BUNKYO): RawLine {
    const { node, certs } = this.network;
    const line = new RawLine(node(answering).grpcPort, identityIn(officeFolder(certs, asking)));
    this.lines.push(line);
    return line;
  }

  /** The account of a question and its proof, for Bunkyo: as Shinjuku asks and signs where nothing else is wished for. */
  proven(account = accountOf(), wish: Wish = {}): Promise<Headers> {
    const { asking = SHINJUKU, by = asking, procedure = ProvideCopyData.path, bytes = this.question } = wish;
    const { certs, clock } = this.network;
    const statements = new Statements(loadCredentials(officeFolder(certs, by)));
    return new Prover({
      asking,
      answering: BUNKYO,
      mandateOf: demoMandates(certs, asking, clock),
      clock,
      statements,
    }).headers(procedure, bytes, account);
  }

  send(metadata: Headers, { line = this.connect(), path = ProvideCopyData.path, bytes = this.question } = {}) {
    return line.call(path, bytes, { metadata });
  }

  /** Refused for this reason, with one entry, no receipt, and nothing of anybody anywhere. */
  async expectTurnedAway(reason: string, act: () => Promise<RawReply>, at: OfficeId = BUNKYO): Promise<void> {
    const { logLines, people } = this.network;
    const before = logLines.length;
    const { reply, entries } = await this.network.watch(act);
    expectRefusal(reply, reason);
    expect(reply.receipt).toBeUndefined();
    expect(entries(at)).toMatchObject([{ event: 'ANSWERED', outcome: reason, proofDigest: null, receiptDigest: null }]);
    const told = [[reply.title, reply.status.toString()], entries(at)].map((one) => JSON.stringify(one));
    expect(personalDataIn([...told, ...logLines.slice(before)], people)).toEqual([]);
  }

  /** Which office's receipt of such an answer came with a reply. */
  async receiptedBy(headers: Headers, { receipt, reason, messages, status }: RawReply): Promise<OfficeId | undefined> {
    if (!receipt) return undefined;
    const [exchange, proof] = [headers['juki-exchange'] as string, headers['juki-proof-bin'] as Buffer];
    const [outcome, answer] = reason === undefined ? ['OK' as const, messages[0]] : [reason as Reason, status];
    const nonce = headers['juki-nonce'] as string;
    const statement = { exchange, nonce, answering: BUNKYO, answeredAt: new Date(receipt.at), outcome, proof };
    const bytes = receiptBytes({ ...statement, answer: answer ?? Buffer.alloc(0) });
    return this.network.node(SHINJUKU).statements.officeThatSigned(bytes, receipt);
  }

  close(): void {
    for (const line of this.lines) line.close();
  }
}
