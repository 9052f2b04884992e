import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/audit-log.js';
import { checkpointText } from '../audit/checkpoint.js';
import { logRecorded } from '../audit/log-recorded.js';
import { purposeSalt } from '../domain/digest.js';
import type { Exchange, Fresh } from '../domain/exchange.js';
import { DISCLOSED, type LogExtract } from '../domain/log-extract.js';
import { type OfficeId, originOf } from '../domain/office.js';
import type { ResidentRecordCode } from '../domain/resident-record-code.js';
import { type EntryAbout, entriesAbout } from '../storage/entries-about.js';
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
  const telling = { ...exchange, concerns: new Set(codes) };
  await ledger.transaction().execute((trx) => logRecorded(desk, trx, telling, DISCLOSED));
  const checkpoint = await audit.checkpoint(office);
  const { note, certificate } = statements.signNote(checkpointText(checkpoint), originOf(office));
  const extracts = [];
  for (const code of codes) {
    const entries = newest(await entriesAbout(ledger, code, exchange.id));
    const proofs = await audit.proveAll(
      entries.map(({ position }) => position),
      checkpoint.size,
    );
    extracts.push({
      ...{ office, residentRecordCode: code, note, certificate },
      keyProof: await audit.proveKey(code, desk.randomBytes),
      entries: entries.map(({ nonce, ...entry }, i) => ({
        ...{ ...entry, inclusion: proofs[i] ?? [], purposeSalt: purposeSalt(nonce) },
      })),
    });
  }
  return extracts;
}

function newest(entries: EntryAbout[]): EntryAbout[] {
  let characters = 0;
  const from = entries.findLastIndex(({ leaf }) => {
    characters += leaf.length;
    return characters > MOST_CHARACTERS;
  });
  return entries.slice(from + 1);
}
