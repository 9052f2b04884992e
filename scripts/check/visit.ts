import { request as httpsRequest } from 'node:https';
import { type RunningClock, today } from '#core/domain/clock.js';
import { municipalityId, type OfficeId } from '#core/domain/office.js';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { checkOffice, clientTls, serverName } from '#core/trust/tls.js';
import type { IssueWideAreaCopyRequest } from '#core/wire/generated/juki/issuance/v1/IssueWideAreaCopyRequest.js';
import { cardHolder } from '../network/card-holder.js';
import type { RunningNetwork } from '../network/start-network.js';
import { IssueWideAreaCopy } from '../operator/procedures.js';
import { Staff } from '../operator/staff.js';
import type { SeededCard, SeededMunicipality } from '../seed/residents.js';

/** A visit to a running network: its operators, and people of its municipalities with a card in the pocket. */
export class Visit {
  readonly network: RunningNetwork & { clock: RunningClock };
  private readonly people: SeededMunicipality[];
  private readonly operators = new Map<OfficeId, Staff>();

  constructor(network: RunningNetwork & { clock: RunningClock }, people: SeededMunicipality[]) {
    this.network = network;
    this.people = people;
  }

  operatorOf(office: OfficeId): Staff {
    const known = this.operators.get(office);
    if (known) return known;
    const { certs, addressOf } = this.network;
    const operator = new Staff({ certs, office, addressOf });
    this.operators.set(office, operator);
    return operator;
  }

  townOf(home: OfficeId): SeededMunicipality {
    const town = this.people.find(({ municipality }) => municipalityId(municipality) === home);
    if (!town) throw new RangeError(`${home} has no seeded people`);
    return town;
  }

  cardHolder(home: OfficeId): SeededCard {
    return cardHolder(this.townOf(home), today(this.network.clock));
  }

  /** @returns the reason of the refusal, or undefined where a copy was issued */
  refusalOf(issuing: OfficeId, request: IssueWideAreaCopyRequest): Promise<Reason | undefined> {
    return this.reasonOf(() => this.operatorOf(issuing).ask(IssueWideAreaCopy, request));
  }

  /** @returns the reason for which something was refused, or undefined where it was not */
  async reasonOf(act: () => Promise<unknown>): Promise<Reason | undefined> {
    try {
      await act();
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error.reason;
      throw error;
    }
  }

  /** The counter's HTTP entrance, as an operator who has signed in. */
  async post(office: OfficeId, path: string, body: object): Promise<{ status: number; reason?: string }> {
    const operator = this.operatorOf(office).whoMay(`POST ${path}`);
    const { credentials } = operator;
    const options = {
      ...clientTls(credentials),
      method: 'POST',
      host: '127.0.0.1',
      port: this.network.node(office).httpPort,
      path,
      servername: serverName(office),
      checkServerIdentity: checkOffice(credentials),
      headers: { 'content-type': 'application/json', ...(await operator.headers(`POST ${path}`)) },
    };
    return new Promise((resolve, reject) => {
      const request = httpsRequest(options, async (response) => {
        const text = Buffer.concat(await response.toArray()).toString();
        resolve({ status: response.statusCode ?? 0, ...(JSON.parse(text) as { reason?: string }) });
      });
      request.on('error', reject);
      request.end(JSON.stringify(body));
    });
  }

  close(): void {
    for (const operator of this.operators.values()) operator.close();
  }
}
