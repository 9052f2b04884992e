import { randomBytes, randomUUID } from 'node:crypto';
import type { Head } from '#core/domain/head.js';
import type { OfficeId } from '#core/domain/office.js';
import { deliverChanges } from '#core/peers/deliver-changes.js';
import { logWitnessBy, witnessedLogOf } from '#core/storage/witnesses.js';
import type { ResidentRecord } from '#municipality/domain/register/resident-record.js';
import { ListAlarms } from '#scripts/operator/procedures.js';
import { DailyBusiness } from './daily-business.js';
import { Desk } from './desk.js';
import { IN_BUNKYO } from './notifications.js';
import { BUNKYO, NATIONAL, SHINJUKU, TOKYO } from './offices.js';
import { handingOut, Town } from './people.js';
import { startTestNetwork, type TestNetwork } from './test-network.js';

interface Later {
  act: () => void;
  ms: number;
}

/** A network of three levels, of which each sees the logs of the others; what is to come later waits for the test. */
export class WitnessedNetwork {
  readonly network: TestNetwork;
  readonly waiting: Later[];
  private readonly aResident: () => ResidentRecord;

  static async start(): Promise<WitnessedNetwork> {
    const waiting: Later[] = [];
    const network = await startTestNetwork({
      offices: [NATIONAL, TOKYO, BUNKYO, SHINJUKU],
      later: (act, ms) => {
        const one = { act, ms };
        waiting.push(one);
        return () => {
          if (waiting.includes(one)) waiting.splice(waiting.indexOf(one), 1);
        };
      },
    });
    return new WitnessedNetwork(network, waiting);
  }

  private constructor(network: TestNetwork, waiting: Later[]) {
    this.network = network;
    this.waiting = waiting;
    this.aResident = handingOut(new Town(network.people, BUNKYO).singles);
  }

  /** Somebody in Bunkyo moves within the town, and everybody above hears of it. */
  async aChange(): Promise<void> {
    await new DailyBusiness(this.network, BUNKYO).rehouse(this.aResident(), IN_BUNKYO);
    await this.network.settle();
  }

  /** What a witness holds of an office's log. */
  held(witness: OfficeId, office: OfficeId) {
    return witnessedLogOf(this.ledgerOf(witness), office);
  }

  /** What an office has been told that a witness holds of its log. */
  told(office: OfficeId, witness: OfficeId) {
    return logWitnessBy(this.ledgerOf(office), witness);
  }

  async alarms(office: OfficeId) {
    return (await new Desk(this.network, office).ask(ListAlarms, { purpose: '監査' })).alarms;
  }

  /** One delivery of an office to Tokyo without changes, with this head in it. */
  async show(from: OfficeId, head: Head): Promise<void> {
    const node = this.network.node(from);
    const shownLog = { headIfAny: async () => head, heed: async () => undefined };
    await deliverChanges({ ...node, shownLog, randomBytes, newId: randomUUID })(TOKYO, []);
  }

  private ledgerOf(office: OfficeId) {
    return this.network.node(office).audit['db'];
  }
}
