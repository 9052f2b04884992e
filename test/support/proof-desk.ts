import { type Caller, callerUri } from '#core/domain/caller.js';
import { type ProofStatement, proofBytes } from '#core/domain/proof.js';
import { Refusal } from '#core/domain/refusal.js';
import { ProofCheck } from '#core/rpc/check-proof.js';
import type { Statements } from '#core/trust/statements.js';
import { SetClock } from './set-clock.js';
import { SigningNetwork } from './signing-office.js';

export const [BUNKYO, SHINJUKU, SUGINAMI] = ['municipality/131059', 'municipality/131041', 'municipality/131156'];
export const START = new Date('2016-05-27T10:00:00+09:00').getTime();
export const [A_SECOND, A_MINUTE] = [1_000, 60_000];
const SHINJUKU_ASKS: Caller = { kind: 'office', office: SHINJUKU };
const PROCEDURE = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
export const REQUEST = Buffer.from('a question');

const network = new SigningNetwork();
const [bunkyo, shinjuku, suginami] = [BUNKYO, SHINJUKU, SUGINAMI].map((office) => network.signs(office)) as [
  Statements,
  Statements,
  Statements,
];

const nameOf = (caller: Caller, exchange: string) => `${callerUri(caller)} ${exchange}`;

/** Bunkyo, a moment after it was started, and its clock. */
export function desk(startedAt = START) {
  const clock = new SetClock(new Date(startedAt));
  const logged = new Set<string>();
  const audit = { knows: (caller: Caller, exchange: string) => Promise.resolve(logged.has(nameOf(caller, exchange))) };
  const check = new ProofCheck({ office: BUNKYO, clock, statements: bunkyo, audit });
  const proofs = {
    async check(question: Parameters<ProofCheck['check']>[0]) {
      const proof = await check.check(question);
      // What was answered is in the log.
      logged.add(nameOf(question.exchange.caller, question.exchange.id));
      check.isLogged(question.exchange);
      return proof;
    },
  };
  return { proofs, show: (ms: number) => clock.set(new Date(START + ms)) };
}

interface Asked {
  exchange?: string;
  /** When it says that it was asked, from the start on. */
  askedAt?: number;
  by?: Statements;
  /** What differs in what was signed from what arrives. */
  signed?: Partial<ProofStatement>;
  caller?: Caller;
}

/** A question of Shinjuku's as it arrives at Bunkyo. */
export async function question({
  exchange = anId(1),
  askedAt = 0,
  by = shinjuku,
  signed = {},
  caller = SHINJUKU_ASKS,
}: Asked) {
  const account = { nonce: '0'.repeat(32), operator: 'operator-1', purpose: 'WIDE_AREA_ISSUANCE' };
  const statement = { exchange, ...account, procedure: PROCEDURE, asking: SHINJUKU, answering: BUNKYO };
  const at = new Date(START + askedAt);
  const proof = await by.sign(proofBytes({ ...statement, askedAt: at, request: REQUEST, ...signed }), at);
  return {
    ...{ procedure: PROCEDURE, request: REQUEST, proof },
    exchange: { id: exchange, ...account, caller, concerns: new Set<string>() },
  };
}

export const anId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

export type Arriving = Parameters<ProofCheck['check']>[0];

/** The reason for which a question is refused; undefined where it is let through. */
export function reasonOf(proofs: Pick<ProofCheck, 'check'>, arriving: Arriving): Promise<string | undefined> {
  return proofs.check(arriving).then(
    () => undefined,
    (error) => (error instanceof Refusal ? error.reason : 'a bug'),
  );
}

export { shinjuku, suginami };
