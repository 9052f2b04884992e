import type { Agency } from '#agency/use-cases/agency-over.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import type { PersonAskedFor } from '#core/domain/provision/inquiry.js';
import { agencyFolder } from '#core/trust/credentials.js';
import type { BatchPiece } from '#core/wire/generated/juki/provision/v1/BatchPiece.js';
import type { BatchProvisionServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchProvisionService.js';
import { encodePiece, readPieceAnswered, writePieceAsked } from '#core/wire/piece-message.js';
import { messageOf } from '#core/wire/plain.js';
import { procedures } from '#core/wire/procedure.js';
import { readStatement } from '#core/wire/statement-metadata.js';
import { PENSION_SERVICE } from './agencies.js';
import { inPieces } from './batches.js';
import { identityIn, RawLine, type RawReply } from './raw-line.js';
import type { TestNetwork } from './test-network.js';

const { ProvideBatch } = procedures<BatchProvisionServiceDefinition>('juki.provision.v1.BatchProvisionService');

interface Numbered {
  number: number;
  acknowledged: number;
}

/** Sends pieces of a batch in whatever order, each on a stream of its own. */
export class PieceLine {
  private readonly line: RawLine;
  private readonly agency: Agency;
  private readonly batchId: string;
  private readonly pieces: PersonAskedFor[][];

  constructor(net: TestNetwork, agency: Agency, batchId: string, people: PersonAskedFor[]) {
    const folder = agencyFolder(net.certs, PENSION_SERVICE);
    this.line = new RawLine(net.node(NATIONAL_CENTRE).grpcPort, identityIn(folder));
    this.agency = agency;
    this.batchId = batchId;
    this.pieces = inPieces(people);
  }

  /** A piece, proved: its bytes as they go on the stream, with what is said of the stream. */
  async proved(numbered: Numbered, request = this.bytesOf(numbered)) {
    const metadata = await this.agency.sign(ProvideBatch.path, request);
    const [exchange, nonce] = [String(metadata['juki-exchange']), String(metadata['juki-nonce'])];
    return { asked: { exchange, nonce, proof: readStatement('proof', (key) => metadata[key]), request }, metadata };
  }

  async send({ asked, metadata }: Awaited<ReturnType<PieceLine['proved']>>): Promise<RawReply> {
    return this.line.call(ProvideBatch.path, writePieceAsked(asked), { metadata });
  }

  /** @returns the answer, or the reason why there is none */
  async ask(numbered: Numbered): Promise<Buffer | string | undefined> {
    const { messages, reason } = await this.send(await this.proved(numbered));
    return messages[0] ? readPieceAnswered(messages[0]).answer : reason;
  }

  bytesOf({ number, acknowledged }: Numbered): Buffer {
    const { batchId } = this;
    const piece = { batchId, number, acknowledged, people: this.pieces[number] ?? [] };
    return encodePiece(messageOf<BatchPiece>('juki.provision.v1.BatchPiece', piece));
  }

  close(): void {
    this.line.close();
  }
}
