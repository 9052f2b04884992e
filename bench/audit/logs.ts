import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { AuditLog } from '#core/audit/audit-log.js';
import { leafOf, type Occurrence } from '#core/audit/entry.js';
import { RunningClock } from '#core/domain/clock.js';
import { residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import { openLedger } from '#core/storage/ledger.js';
import type { CoreTables } from '#core/storage/tables.js';

const CLOCK = new RunningClock(new Date('2016-05-27T10:00:00+09:00'));
/** SQLite brings its write-ahead log into the ledger once it has 1,000 pages, and begins it anew. */
const JOURNAL_BYTES = 8_000_000;
const [ASKING, ANSWERING] = ['municipality/131041', 'municipality/131059'];

/** A log in a ledger file of its own, fully durable. */
export interface BenchLog {
  ledger: Kysely<CoreTables>;
  log: AuditLog;
}

export async function withLog<Measured>(
  folder: string,
  measure: (opened: BenchLog) => Promise<Measured>,
): Promise<Measured> {
  const ledger = await openLedger<CoreTables>(`sqlite:${join(folder, `${randomUUID()}.sqlite`)}`);
  try {
    await growJournal(ledger);
    return await measure({ ledger, log: new AuditLog(ledger, CLOCK) });
  } finally {
    await ledger.destroy();
  }
}

/**
 * Until its write-ahead log has its full size once, a commit makes that file longer, which takes the disk longer than to
 * write in place; and whoever writes less is at that for longer. An office that has run for a while is past it.
 */
async function growJournal(ledger: Kysely<CoreTables>): Promise<void> {
  const row = { number: 1, content: 'x'.repeat(JOURNAL_BYTES), issued_at: '', signature: '', certificate: '' };
  await ledger
    .insertInto('directory')
    .values({ ...row, received_at: '' })
    .execute();
  await ledger.deleteFrom('directory').execute();
}

/** An answer as an office logs it, with a proof and a receipt as large as theirs. */
export function anAnswer(concerns: string[]): Occurrence {
  const signed = () => ({ at: CLOCK.now().getTime(), signature: randomBytes(64), certificate: CERTIFICATE });
  return {
    ...{ event: 'ANSWERED', procedure: '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData' },
    ...{ exchange: randomUUID(), caller: `juki://${ASKING}`, operator: 'counter-1', answering: ANSWERING },
    ...{ purpose: 'WIDE_AREA_ISSUANCE', outcome: 'OK', nonce: randomBytes(16).toString('hex'), concerns },
    ...{ request: QUESTION, answer: ANSWER, evidence: { proof: signed(), receipt: signed() } },
  };
}

const CERTIFICATE = randomBytes(600);
const [QUESTION, ANSWER] = [randomBytes(100), randomBytes(400)];

/** Rows of the same size as those of a log that names nobody, and nothing besides: no tree, no certificate. */
export class PlainRows {
  private readonly ledger: Kysely<CoreTables>;
  private next = 0;

  constructor(ledger: Kysely<CoreTables>) {
    this.ledger = ledger;
  }

  /** In one durable transaction. */
  async insert(rows: number): Promise<void> {
    await this.ledger
      .insertInto('audit_entry')
      .values(Array.from({ length: rows }, () => this.row()))
      .execute();
  }

  private row() {
    const occurrence = anAnswer([]);
    const { exchange, nonce, purpose } = occurrence;
    const leaf = leafOf(CLOCK.now().toISOString(), occurrence, []);
    const position = this.next++;
    return { position, exchange, leaf, nonce, purpose, proof: SIGNED, receipt: SIGNED, mandate: null };
  }
}

const SIGNED = JSON.stringify({ at: 0, signature: 'A'.repeat(88), certificate: 'a'.repeat(64) });

/** The codes of so many people, each another. */
export function people(count: number, from = 0): string[] {
  const codes: string[] = [];
  for (let nth = from; codes.length < count; nth += 1) {
    const code = residentRecordCodeOf(String(nth).padStart(10, '0'));
    if (code) codes.push(code);
  }
  return codes;
}
