import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { checkpointText } from '../audit/checkpoint.js';
import type { Leaf } from '../audit/entry.js';
import { type EntryCriteria, meets } from '../audit/entry-criteria.js';
import type { Clock } from '../domain/clock.js';
import { checkPurpose } from '../domain/look-up.js';
import { type OfficeId, originOf } from '../domain/office.js';
import { Refusal } from '../domain/refusal.js';
import { prunedSubtrees, readLeaves, readSigningCertificates, readToSearch } from '../storage/read-log.js';
import type { CoreTables } from '../storage/tables.js';
import { logWitnesses, witnessedLogs } from '../storage/witnesses.js';
import type { Statements } from '../trust/statements.js';
import type { AuditServiceDefinition } from '../wire/generated/juki/audit/v1/AuditService.js';
import type { SearchEntriesRequest__Output } from '../wire/generated/juki/audit/v1/SearchEntriesRequest.js';
import type { WitnessedCheckpoint } from '../wire/generated/juki/audit/v1/WitnessedCheckpoint.js';
import { messageOf, plainOf } from '../wire/plain.js';
import { type RpcService, rpcService } from './rpc-service.js';

const V1 = 'juki.audit.v1';
const AUDIT = 'AUDIT';
const MOST_FOUND = 200;
/** So many entries are looked through for one answer; the next one goes on. */
const MOST_SEARCHED = 20_000;

interface AuditedOffice {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  statements: Statements;
  clock: Clock;
}

/** The office's log, for its auditors: leaves and signatures, and nothing that opens them. */
export function auditService({ office, ledger, audit, statements, clock }: AuditedOffice): RpcService {
  return rpcService<AuditServiceDefinition>(`${V1}.AuditService`, {
    async SearchEntries(message, exchange) {
      exchange.purpose = checkPurpose(message.purpose);
      return search(ledger, criteriaOf(message), Number(message.fromPosition));
    },
    async GetCheckpoint(_nothing, exchange) {
      exchange.purpose = AUDIT;
      const signedAt = clock.now();
      const signed = statements.signNote(checkpointText(await audit.checkpoint(office)), originOf(office));
      return messageOf(`${V1}.GetCheckpointResponse`, { ...signed, signedAt });
    },
    async ListLeaves({ fromPosition }, exchange) {
      exchange.purpose = AUDIT;
      const { entries, next } = await readLeaves(ledger, Number(fromPosition));
      const leaves = entries.map(({ position, proof, receipt, mandate, ...leaf }) => ({
        ...{ ...leaf, position: String(position) },
        ...{ proof: proof ?? '', receipt: receipt ?? '', mandate: mandate ?? '' },
      }));
      const pruned = (await prunedSubtrees(ledger)).map(({ index, ...one }) => ({ ...one, index: String(index) }));
      return { leaves, pruned, ...(next !== undefined && { nextPosition: String(next) }) };
    },
    async ListSigningCertificates({ after }, exchange) {
      exchange.purpose = AUDIT;
      return { certificates: await readSigningCertificates(ledger, after) };
    },
    async ListWitnesses(_nothing, exchange) {
      exchange.purpose = AUDIT;
      const [witnessed, witnesses] = [await witnessedLogs(ledger), await logWitnesses(ledger)];
      return {
        witnessed: witnessed.map(checkpointMessage),
        witnesses: witnesses.map(({ witness, ...seen }) => checkpointMessage({ office: witness, ...seen })),
      };
    },
    async ProveInclusion({ position, size }, exchange) {
      exchange.purpose = AUDIT;
      return { hashes: await within('position', audit.proveInclusion(Number(position), Number(size))) };
    },
    async ProveConsistency({ before, after }, exchange) {
      exchange.purpose = AUDIT;
      return { hashes: await within('before', audit.proveConsistency(Number(before), Number(after))) };
    },
    async CheckEntries({ fromPosition }, exchange) {
      exchange.purpose = AUDIT;
      const { checked, next, misfit } = await audit.check(Number(fromPosition));
      return {
        checked: String(checked),
        ...(next !== undefined && !misfit && { nextPosition: String(next) }),
        ...(misfit && { misfit: messageOf(`${V1}.MisfitEntry`, { ...misfit, position: String(misfit.position) }) }),
      };
    },
  });
}

async function search(ledger: Kysely<CoreTables>, criteria: EntryCriteria, from: number) {
  const found = [];
  let at: number | undefined = from;
  while (at !== undefined && found.length < MOST_FOUND && at - from < MOST_SEARCHED) {
    const { entries, next } = await readToSearch(ledger, at);
    at = next;
    for (const entry of entries) {
      if (!meets(JSON.parse(entry.leaf) as Leaf, criteria)) continue;
      found.push(entry);
      if (found.length < MOST_FOUND) continue;
      at = entry.position + 1;
      break;
    }
  }
  const entries = found.map(({ position, leaf, purpose }) => ({ position: String(position), leaf, purpose }));
  return { entries, ...(at !== undefined && { nextPosition: String(at) }) };
}

function criteriaOf(message: SearchEntriesRequest__Output): EntryCriteria {
  const plain = plainOf(`${V1}.SearchEntriesRequest`, message) as Record<string, string>;
  const { purpose: _purpose, fromPosition: _from, since, until, ...whole } = plain;
  for (const [field, time] of Object.entries({ since, until }))
    if (time !== undefined && Number.isNaN(Date.parse(time)))
      throw new Refusal('INVALID_REQUEST', { field, fault: 'is no instant' });
  return { since, until, whole };
}

async function within<T>(field: string, proof: Promise<T>): Promise<T> {
  try {
    return await proof;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new Refusal('INVALID_REQUEST', { field, fault: 'is not within the log', cause });
  }
}

interface Seen {
  office: OfficeId;
  size: number;
  note: string;
  certificate: Buffer;
  witnessedAt: Date;
}

function checkpointMessage({ office, size, note, certificate, witnessedAt }: Seen): WitnessedCheckpoint {
  const seen = { office, size: String(size), note, certificate, witnessedAt };
  return messageOf<WitnessedCheckpoint>(`${V1}.WitnessedCheckpoint`, seen);
}
