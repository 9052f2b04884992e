import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type StatusObject } from '@grpc/grpc-js';
import { type ReceiptStatement, receiptBytes, type SignedStatement } from '#core/domain/proof.js';
import type { Reason } from '#core/domain/refusal.js';
import { loadCredentials, officeFolder } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import { metadataOf } from '#core/wire/call-metadata.js';
import type { WideAreaIssuanceServiceDefinition } from '#core/wire/generated/juki/issuance/v1/WideAreaIssuanceService.js';
import { procedures } from '#core/wire/procedure.js';
import { decodeRefusal, STATUS_TRAILER } from '#core/wire/refusal-status.js';
import { statementMetadata } from '#core/wire/statement-metadata.js';
import { BUNKYO } from './offices.js';
import type { TestNetwork } from './test-network.js';

const { ProvideCopyData } = procedures<WideAreaIssuanceServiceDefinition>('juki.issuance.v1.WideAreaIssuanceService');

/** The bytes of an answer, or the status of a refusal. */
export type Says = Buffer | Partial<StatusObject>;

/** Makes the trailer of an answer from the receipt that would be due; undefined for none. */
export type Signs = (due: ReceiptStatement, call: Call) => Promise<Record<string, string | Buffer> | undefined>;

type Call = ServerUnaryCall<Buffer, Buffer>;
type Tell = (error: Partial<StatusObject> | null, bytes?: Buffer, trailer?: Metadata) => void;

/** Somebody with Bunkyo's own certificate at Bunkyo's address, who sends whatever it is to say. */
export class FalseHome {
  private readonly server = new Server();
  private readonly network: TestNetwork;
  readonly statements: Statements;
  /** What it says to the next question. */
  says: Says = Buffer.alloc(0);
  /** How it signs for an answer; as Bunkyo would, by default. */
  signs: Signs = this.asBunkyo;
  /** How it signs for a refusal; not at all by default. */
  signsRefusal: Signs = async () => undefined;

  private constructor(network: TestNetwork) {
    this.network = network;
    this.statements = new Statements(loadCredentials(officeFolder(network.certs, BUNKYO)));
  }

  /** In the place of the Bunkyo that runs. */
  static async inPlaceOfBunkyo(network: TestNetwork): Promise<FalseHome> {
    const { grpcPort } = network.node(BUNKYO);
    await network.stop(BUNKYO);
    const home = new FalseHome(network);
    await home.listen(grpcPort);
    return home;
  }

  get asBunkyo(): Signs {
    return async (due) => receiptTrailer(await this.statements.sign(receiptBytes(due), due.answeredAt));
  }

  stop(): void {
    this.server.forceShutdown();
  }

  private async listen(port: number): Promise<void> {
    const { authorities, certificate, key } = loadCredentials(officeFolder(this.network.certs, BUNKYO));
    const pairs = [{ private_key: key, cert_chain: certificate }];
    const credentials = ServerCredentials.createSsl(Buffer.concat(authorities), pairs, true);
    const { path } = ProvideCopyData;
    this.server.addService(
      { ProvideCopyData: { path, requestStream: false, responseStream: false, ...BYTES } },
      { ProvideCopyData: (call: Call, tell: Tell) => void this.answer(call, tell) },
    );
    await new Promise<void>((resolve, reject) =>
      this.server.bindAsync(`127.0.0.1:${port}`, credentials, (error) => (error ? reject(error) : resolve())),
    );
  }

  private async answer(call: Call, tell: Tell): Promise<void> {
    const { says } = this;
    if (Buffer.isBuffer(says)) return tell(null, says, metadataOf(await this.signs(this.due(call, 'OK', says), call)));
    const status = says.metadata?.get(STATUS_TRAILER)[0] as Buffer | undefined;
    const reason = status && decodeRefusal(status)?.reason;
    const trailer = status && reason && (await this.signsRefusal(this.due(call, reason, status), call));
    const metadata = says.metadata?.clone() ?? new Metadata();
    metadata.merge(metadataOf(trailer || {}));
    return tell({ ...says, metadata });
  }

  private due({ metadata }: Call, outcome: 'OK' | Reason, answer: Buffer): ReceiptStatement {
    const [exchange, nonce] = [metadata.get('juki-exchange'), metadata.get('juki-nonce')].map(String);
    const [proof] = metadata.get('juki-proof-bin');
    const answeredAt = this.network.clock.now();
    return {
      exchange: `${exchange}`,
      nonce: `${nonce}`,
      answering: BUNKYO,
      answeredAt,
      outcome,
      proof: proof as Buffer,
      answer,
    };
  }
}

const same = (bytes: Buffer) => bytes;
const BYTES = {
  requestSerialize: same,
  requestDeserialize: same,
  responseSerialize: same,
  responseDeserialize: same,
};

export function receiptTrailer(signed: SignedStatement): Record<string, string | Buffer> {
  return statementMetadata('receipt', signed);
}
