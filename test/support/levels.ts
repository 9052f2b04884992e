import { expect } from '@jest/globals';
import type { Change, Holding } from '#core/domain/fold-changes.js';
import type { OfficeId } from '#core/domain/office.js';
import { changesOf } from '#core/storage/changes.js';
import { holdingsUnder } from '#core/storage/identity-ledger.js';
import { plainOf } from '#core/wire/plain.js';
import {
  CheckConsistency,
  CloseDiscrepancy,
  GetChangeHistory,
  GetIdentificationInformation,
  GetSyncStatus,
  ListDiscrepancies,
} from '#scripts/operator/procedures.js';
import { Desk } from './desk.js';
import { BUNKYO, NATIONAL, TOKYO } from './offices.js';
import type { TestNetwork } from './test-network.js';

const PURPOSE = '整合性確認';

/** Somebody whose code is known. */
type Coded = { residentRecordCode: string };

/** What an office holds and what it lists, as its operators ask for it or as its ledger has it. */
export class Level {
  private readonly network: TestNetwork;
  readonly office: OfficeId;

  constructor(network: TestNetwork, office: OfficeId) {
    this.network = network;
    this.office = office;
  }

  /** As its ledger has it; undefined where there is nothing. */
  async holding({ residentRecordCode }: Coded): Promise<Holding | undefined> {
    const held = await holdingsUnder(this.ledger, [residentRecordCode]);
    return held.get(residentRecordCode);
  }

  /** What is kept under a code, the oldest first. */
  changes({ residentRecordCode }: Coded): Promise<Change[]> {
    return changesOf(this.ledger, residentRecordCode);
  }

  /** What its operators are told of somebody, or the reason why not. */
  async look({ residentRecordCode }: Coded) {
    const { answer, refusal } = await this.desk.try(GetIdentificationInformation, {
      ...{ residentRecordCode, purpose: PURPOSE },
    });
    return answer ? answer.identificationInformation : refusal?.reason;
  }

  /** A person's history with its retention dates. */
  async history({ residentRecordCode }: Coded) {
    const answer = await this.desk.ask(GetChangeHistory, { residentRecordCode, purpose: PURPOSE });
    return (plainOf('juki.propagation.v1.GetChangeHistoryResponse', answer) as { changes: PlainKept[] }).changes;
  }

  status() {
    return this.desk.ask(GetSyncStatus, {});
  }

  /** What its officers have to look into. */
  async discrepancies() {
    return (await this.desk.ask(ListDiscrepancies, { purpose: PURPOSE })).discrepancies;
  }

  /** An officer has looked into it. @returns the reason where that is refused */
  close(discrepancyId: string, finding: string) {
    return this.desk.refusalOf(CloseDiscrepancy, { discrepancyId, finding });
  }

  /** Of a municipality: what differs at its prefecture and at the centre. */
  async check(repair = false) {
    const { checks } = await this.desk.ask(CheckConsistency, { repair });
    return checks.map(({ above, differing, repaired, recovered }) => ({ above, differing, repaired, recovered }));
  }

  /** Fails where a level above has anything of this municipality otherwise. */
  async expectAgreement(): Promise<void> {
    const checks = await this.check();
    expect(checks.map(({ differing }) => differing)).toEqual([0, 0]);
  }

  private get desk(): Desk {
    return new Desk(this.network, this.office);
  }

  private get ledger() {
    return this.network.node(this.office).audit['db'];
  }
}

/** Bunkyo, Tokyo and the centre. */
export function levelsOf(network: TestNetwork): [bunkyo: Level, tokyo: Level, national: Level] {
  return [new Level(network, BUNKYO), new Level(network, TOKYO), new Level(network, NATIONAL)];
}

interface PlainKept {
  change: { reason: string; causeOn: string; previousCode?: string; version: string };
  recordedOn: string;
  retainedUntil?: string;
}
