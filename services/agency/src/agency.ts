import type { Occurrence } from '#core/audit/entry.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import { drawnAhead } from '#core/drawn-ahead.js';
import { Peers } from '#core/peers/peers.js';
import { loadCredentials } from '#core/trust/credentials.js';
import { Statements } from '#core/trust/statements.js';
import { CentreClock } from './centre-clock.js';
import { timeOrderedId } from './domain/time-ordered-id.js';
import { askCentre } from './peers/ask-centre.js';
import { openPieces } from './peers/open-pieces.js';
import { QuestionStream } from './peers/question-stream.js';
import { signQuestion } from './peers/sign-question.js';
import { type Agency, agencyOver } from './use-cases/agency-over.js';

/** What an agency needs to ask the network. */
export interface AgencyOptions {
  /** As its certificate has it: japan-pension-service. */
  name: string;
  /** The folder with certificate, key, and whom to believe, as `npm run certs` writes it. */
  folder: string;
  /** `host:port` of the centre's gRPC servers. Where one does not answer, the next is asked. */
  addresses: readonly string[];
  /** Who asks at the agency, by a name of its own: small letters, digits and hyphens. It stands in the centre's log. */
  operator: string;
  /** Is handed every question before it leaves and every answer as it arrives, with proofs and receipts: for the agency's own records. */
  journal?: (occurrence: Occurrence) => Promise<void>;
  /** Calls something later, for what is tried again. */
  later?: (act: () => void, ms: number) => void;
}

/** An agency's end of the dedicated line. Close it, and its connections end. */
export function openAgency(options: AgencyOptions): Agency {
  const { name, folder, addresses, operator, journal = async () => {} } = options;
  const credentials = loadCredentials(folder);
  const lines = new Lines(addresses);
  const peers = new Peers(credentials, () => lines.address);
  const clock = new CentreClock();
  const randomBytes = drawnAhead();
  const asker = {
    ...{ office: NATIONAL_CENTRE, as: { kind: 'agency' as const, name }, peers, clock },
    ...{ audit: { append: journal }, network: { cutOff: () => undefined }, statements: new Statements(credentials) },
    ...{ newId: () => timeOrderedId(clock.now(), randomBytes), randomBytes, operator },
    ...{ line: () => lines.current, leaveLine: (line: number) => lines.leave(line) },
  };
  const stream = new QuestionStream(peers);
  return agencyOver({
    ask: askCentre(asker),
    carry: stream.carry,
    openPieces: openPieces(asker),
    signQuestion: signQuestion(asker),
    later: options.later ?? ((act, ms) => void setTimeout(act, ms)),
    random: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    close: () => {
      stream.close();
      peers.close();
    },
  });
}

/** The centre answers at several addresses; one is used until it does not. */
class Lines {
  private readonly addresses: readonly string[];
  private nth = 0;

  constructor(addresses: readonly string[]) {
    if (addresses.length === 0) throw new RangeError('an agency needs an address of the centre');
    this.addresses = addresses;
  }

  get address(): string {
    return this.addresses[this.nth % this.addresses.length] as string;
  }

  get current(): number {
    return this.nth;
  }

  leave(line: number): void {
    if (line === this.nth) this.nth += 1;
  }
}
