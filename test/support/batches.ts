import { randomUUID } from 'node:crypto';
import type { BatchRequest } from '#agency/domain/told.js';
import type { Agency } from '#agency/use-cases/agency-over.js';
import type { PiecesFrom } from '#agency/use-cases/provide-batch.js';
import type { Holding } from '#core/domain/fold-changes.js';
import { NATIONAL_CENTRE } from '#core/domain/office.js';
import type { Inquiry, PersonAskedFor, ProvisionAnswer } from '#core/domain/provision/inquiry.js';
import { PEOPLE_IN_PIECE, pieceDigest } from '#core/domain/provision/piece.js';
import { putHoldings } from '#core/storage/identity-ledger.js';
import type { BatchApprovalServiceDefinition } from '#core/wire/generated/juki/provision/v1/BatchApprovalService.js';
import { procedures } from '#core/wire/procedure.js';
import { statusReport } from './agencies.js';
import { aHolding } from './changes.js';
import { Desk } from './desk.js';
import { aCode } from './records.js';
import type { TestNetwork } from './test-network.js';

export const { ListBatches, ApproveBatch, StopBatch } = procedures<BatchApprovalServiceDefinition>(
  'juki.provision.v1.BatchApprovalService',
);

/** So many people of nobody's, each with a name of their own. */
export function manyHoldings(count: number): Holding[] {
  const codes = Array.from({ length: count }, (_, nth) => aCode(nth + 1));
  return codes.map((residentRecordCode) => aHolding({ residentRecordCode, name: `文京 ${residentRecordCode}` }));
}

/** Puts people into the centre's ledger, besides those of the seed. */
export function hold(net: TestNetwork, holdings: Holding[]): Promise<void> {
  return net.withIdentityLedger(NATIONAL_CENTRE, (ledger) =>
    ledger.transaction().execute((trx) => putHoldings(trx, holdings)),
  );
}

/** Asks for each of them by the code. */
export function byCode(holdings: Holding[]): PersonAskedFor[] {
  return holdings.map(({ identification: { residentRecordCode } }) => ({ residentRecordCode }));
}

/** What an agency's officers put before those of the centre. */
export function batchOf(people: PersonAskedFor[], { since = null, fields = ['NAME'] }: Wish = {}): BatchRequest {
  return {
    ...{ batchId: randomUUID(), inquiry: statusReport(...fields), kind: since === null ? 'IDENTIFICATION' : 'CHANGES' },
    ...{ since, people: people.length, pieces: inPieces(people).map(pieceDigest) },
  };
}

interface Wish {
  since?: string | null;
  fields?: Inquiry['fields'];
}

export function inPieces(people: PersonAskedFor[]): PersonAskedFor[][] {
  const count = Math.ceil(people.length / PEOPLE_IN_PIECE);
  return Array.from({ length: count }, (_, i) => people.slice(i * PEOPLE_IN_PIECE, (i + 1) * PEOPLE_IN_PIECE));
}

/** A file of people that is in memory. */
export function piecesFrom(people: PersonAskedFor[]): PiecesFrom {
  return async function* (number) {
    yield* inPieces(people).slice(number);
  };
}

/** An officer of the centre approves a batch. */
export async function approve(net: TestNetwork, batchId: string, mostNotFound = 0): Promise<void> {
  await new Desk(net, NATIONAL_CENTRE).ask(ApproveBatch, { batchId, mostNotFound });
}

/** All answers to a batch, in their order. */
export async function allAnswers(
  agency: Agency,
  batchId: string,
  people: PersonAskedFor[],
): Promise<ProvisionAnswer[]> {
  const told: ProvisionAnswer[] = [];
  for await (const { answers } of agency.provideBatch(batchId, piecesFrom(people))) told.push(...answers);
  return told;
}

/** How often the centre's log names each person in entries of a kind, by code. */
export async function namedInLog(net: TestNetwork, procedure: string): Promise<Map<string, number>> {
  const db = net.node(NATIONAL_CENTRE).audit['db'];
  const rows = await db
    .selectFrom('audit_subject')
    .innerJoin('audit_entry', 'audit_entry.position', 'audit_subject.position')
    .select(['resident_record_code', 'leaf'])
    .execute();
  const named = new Map<string, number>();
  for (const { resident_record_code: code, leaf } of rows)
    if (JSON.parse(leaf).procedure === procedure) named.set(code, (named.get(code) ?? 0) + 1);
  return named;
}
