import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { checkpointText } from '../audit/checkpoint.js';
import type { Leaf } from '../audit/entry.js';
import { logRecorded } from '../audit/log-recorded.js';
import { callerOfUri } from '../domain/caller.js';
import { purposeSalt } from '../domain/digest.js';
import type { Exchange, Fresh } from '../domain/exchange.js';
import { DISCLOSED, type LogExtract } from '../domain/log-extract.js';
import { type OfficeId, originOf } from '../domain/office.js';
import type { OperatorRole } from '../domain/operator-role.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { type EntryAbout, entriesAbout, isExchangeLogged } from '../storage/entries-about.js';
import { findOperator } from '../storage/operators.js';
import type { CoreTables } from '../storage/tables.js';
import type { Statements } from '../trust/statements.js';

/** So many characters of leaves go into one extract; the oldest entries are left out, and their numbers say so. */
const MOST_CHARACTERS = 400_000;

/** Whose log it is. */
export interface ExtractingOffice extends Fresh {
  office: OfficeId;
  ledger: Kysely<CoreTables>;
  audit: AuditLog;
  statements: Statements;
}

/** Extracts this office's log about a person, one extract for each of their codes. That it does is the newest entry. */
export async function extractLog(
  desk: ExtractingOffice,
  codes: readonly ResidentRecordCode[],
  exchange: Exchange,
): Promise<LogExtract[]> {
  const { ledger, audit, office, statements } = desk;
  // An entry names nobody again whom another of its exchange has named, and this one has to be the newest about them.
  const id = (await isExchangeLogged(ledger, exchange.id)) ? desk.newId() : exchange.id;
  const telling = { ...exchange, id, concerns: new Set(codes) };
  await ledger.transaction().execute((trx) => logRecorded(desk, trx, telling, DISCLOSED));
  const checkpoint = await audit.checkpoint(office);
  const { note, certificate } = statements.signNote(checkpointText(checkpoint), originOf(office));
  const roleOf = rolesOf(desk);
  const extracts = [];
  for (const code of codes) {
    const found = newest(await entriesAbout(ledger, code, id));
    const positions = found.map(({ position }) => position);
    const proofs = await audit.proveAll(positions, checkpoint.size);
    const entries = await Promise.all(
      found.map(async ({ nonce, ...entry }, i) => ({
        ...{ ...entry, inclusion: proofs[i] ?? [], purposeSalt: purposeSalt(nonce) },
        operatorRole: await roleOf(JSON.parse(entry.leaf) as Leaf),
      })),
    );
    const keyProof = await audit.proveKey(code, desk.randomBytes);
    extracts.push({ office, residentRecordCode: code, note, certificate, keyProof, entries });
  }
  return extracts;
}

/** @returns what finds the role of whoever acts in an entry, where that is an operator of this office */
function rolesOf({ ledger, office }: ExtractingOffice) {
  const known = new Map<string, Promise<OperatorRole | null>>();
  return (leaf: Leaf): Promise<OperatorRole | null> => {
    const by = callerOfUri(leaf.caller);
    const name = by && by.kind !== 'agency' && by.office === office ? (leaf.operator ?? '') : '';
    const role = known.get(name) ?? findOperator(ledger, name).then((operator) => operator?.role ?? null);
    known.set(name, role);
    return role;
  };
}

function newest(entries: EntryAbout[]): EntryAbout[] {
  let characters = 0;
  const from = entries.findLastIndex(({ leaf }) => {
    characters += leaf.length;
    return characters > MOST_CHARACTERS;
  });
  return entries.slice(from + 1);
}
