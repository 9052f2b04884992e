import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SetClock } from '../../../../test/support/set-clock.js';
import { SigningNetwork } from '../../../../test/support/signing-office.js';
import { type Caller, callerUri } from '../domain/caller.js';
import { type ProofStatement, proofBytes, receiptBytes } from '../domain/proof.js';
import { Refusal } from '../domain/refusal.js';
import type { Statements } from '../trust/statements.js';
import { metadataOf } from '../wire/call-metadata.js';
import { statementMetadata } from '../wire/statement-metadata.js';
import { ProofCheck } from './check-proof.js';

const [BUNKYO, SHINJUKU, SUGINAMI] = ['municipality/131059', 'municipality/131041', 'municipality/131156'];
const START = new Date('2016-05-27T10:00:00+09:00').getTime();
const [A_SECOND, A_MINUTE] = [1_000, 60_000];
const SHINJUKU_ASKS: Caller = { kind: 'office', office: SHINJUKU };
const PROCEDURE = '/juki.issuance.v1.WideAreaIssuanceService/ProvideCopyData';
const REQUEST = Buffer.from('a question');

const network = new SigningNetwork();
const [bunkyo, shinjuku, suginami] = [BUNKYO, SHINJUKU, SUGINAMI].map((office) => network.signs(office)) as [
  Statements,
  Statements,
  Statements,
];

const nameOf = (caller: Caller, exchange: string) => `${callerUri(caller)} ${exchange}`;

/** Bunkyo, a moment after it was started, and its clock. */
function desk(startedAt = START) {
  const clock = new SetClock(new Date(startedAt));
  const logged = new Set<string>();
  const audit = { knows: (caller: Caller, exchange: string) => Promise.resolve(logged.has(nameOf(caller, exchange))) };
  const check = new ProofCheck({ office: BUNKYO, clock, statements: bunkyo, audit });
  const proofs = {
    async check(question: Parameters<ProofCheck['check']>[0]) {
      const proof = await check.check(question);
      // What was answered is in the log.
      logged.add(nameOf(question.exchange.caller, question.exchange.id));
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
async function question({
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
    ...{ procedure: PROCEDURE, request: REQUEST, metadata: metadataOf(statementMetadata('proof', proof)) },
    exchange: { id: exchange, ...account, caller, concerns: new Set<string>() },
  };
}

const anId = (nth: number) => `00000000-0000-4000-8000-${String(nth).padStart(12, '0')}`;

type Arriving = Parameters<ProofCheck['check']>[0];

/** The reason for which a question is refused; undefined where it is let through. */
function reasonOf(proofs: Pick<ProofCheck, 'check'>, arriving: Arriving): Promise<string | undefined> {
  return proofs.check(arriving).then(
    () => undefined,
    (error) => (error instanceof Refusal ? error.reason : 'a bug'),
  );
}

describe('A question of another office', () => {
  it('is let through where its proof is sound, and the proof is handed on for the log', async () => {
    const asked = await question({});
    const proof = await desk().proofs.check(asked);
    expect(proof?.at).toBe(START);
    expect(proof?.signature).toEqual(asked.metadata.get('juki-proof-bin')[0]);
  });

  it('is refused without a proof as PROOF_NOT_VALID', async () => {
    const bare = { ...(await question({})), metadata: metadataOf() };
    expect(await reasonOf(desk().proofs, bare)).toBe('PROOF_NOT_VALID');
  });

  it.each(['juki-asked-at', 'juki-proof-bin', 'juki-prover-bin'])('is refused without %s', async (key) => {
    const asked = await question({});
    asked.metadata.remove(key);
    expect(await reasonOf(desk().proofs, asked)).toBe('PROOF_NOT_VALID');
  });

  it.each<[string, Partial<ProofStatement>]>([
    ['another exchange', { exchange: anId(2) }],
    ['another nonce', { nonce: '1'.repeat(32) }],
    ['another procedure', { procedure: '/juki.register.v1.FamilyRegisterNoticeService/NotifyHome' }],
    ['another asking office', { asking: SUGINAMI }],
    ['another answering office', { answering: SUGINAMI }],
    ['another operator', { operator: 'operator-2' }],
    ['another purpose', { purpose: 'CURIOSITY' }],
    ['a millisecond before', { askedAt: new Date(START - 1) }],
    ['another request', { request: Buffer.from('A question') }],
  ])('is refused as PROOF_NOT_VALID where what was signed is of %s', async (_what, signed) => {
    expect(await reasonOf(desk().proofs, await question({ signed }))).toBe('PROOF_NOT_VALID');
  });

  it('is refused where another office signed it, as itself or in the name of the one that asks', async () => {
    const asked = [await question({ by: suginami }), await question({ by: suginami, signed: { asking: SUGINAMI } })];
    for (const one of asked) expect(await reasonOf(desk().proofs, one)).toBe('PROOF_NOT_VALID');
  });

  it('is refused where a receipt of its own office stands in the place of a proof', async () => {
    const at = new Date(START);
    const receipt = await shinjuku.sign(
      receiptBytes({
        ...{ exchange: anId(1), nonce: '0'.repeat(32), answering: SHINJUKU, answeredAt: at, outcome: 'OK' },
        ...{ proof: Buffer.alloc(64), answer: REQUEST },
      }),
      at,
    );
    const asked = { ...(await question({})), metadata: metadataOf(statementMetadata('proof', receipt)) };
    expect(await reasonOf(desk().proofs, asked)).toBe('PROOF_NOT_VALID');
  });

  it('that was refused for its proof can still be asked under its name: nobody uses up the names of others', async () => {
    const { proofs } = desk();
    expect(await reasonOf(proofs, await question({ by: suginami }))).toBe('PROOF_NOT_VALID');
    expect(await reasonOf(proofs, await question({}))).toBeUndefined();
  });

  it('is let through where another office used the same name for one of its own', async () => {
    const { proofs } = desk();
    const caller: Caller = { kind: 'office', office: SUGINAMI };
    const ofSuginami = await question({ by: suginami, signed: { asking: SUGINAMI }, caller });
    expect(await reasonOf(proofs, ofSuginami)).toBeUndefined();
    expect(await reasonOf(proofs, await question({}))).toBeUndefined();
  });
});

describe('An operator’s question', () => {
  it('needs no proof, however often it is asked', async () => {
    const caller: Caller = { kind: 'operator', office: BUNKYO, name: 'operator-1' };
    const asked = { ...(await question({ caller })), metadata: metadataOf() };
    const { proofs } = desk();
    expect([await proofs.check(asked), await proofs.check(asked)]).toEqual([undefined, undefined]);
  });
});

describe('The time at which a question says that it was asked', () => {
  it.each([
    { askedAt: -5 * A_MINUTE, reason: undefined },
    { askedAt: -5 * A_MINUTE - 1, reason: 'PROOF_STALE' },
    { askedAt: 5 * A_MINUTE, reason: undefined },
    { askedAt: 5 * A_MINUTE + 1, reason: 'PROOF_STALE' },
    { askedAt: -86_400_000, reason: 'PROOF_STALE' },
    { askedAt: -START, reason: 'PROOF_STALE' },
  ])('of $askedAt ms from now is answered with $reason', async ({ askedAt, reason }) => {
    // It has run since yesterday.
    const { proofs, show } = desk(START - 86_400_000);
    show(0);
    expect(await reasonOf(proofs, await question({ askedAt }))).toBe(reason);
  });

  it('is refused as not valid, rather than as too old, where it was not signed', async () => {
    const asked = await question({ askedAt: -86_400_000, by: suginami });
    expect(await reasonOf(desk().proofs, asked)).toBe('PROOF_NOT_VALID');
  });
});

describe('The same question again', () => {
  it.each([
    { after: 0, reason: 'REPLAYED' },
    { after: A_SECOND, reason: 'REPLAYED' },
    { after: 5 * A_MINUTE, reason: 'REPLAYED' },
    { after: 5 * A_MINUTE + 1, reason: 'PROOF_STALE' },
    { after: 9 * A_MINUTE, reason: 'PROOF_STALE' },
    { after: 86_400_000, reason: 'PROOF_STALE' },
  ])('is refused $after ms later as $reason', async ({ after, reason }) => {
    const { proofs, show } = desk();
    const asked = await question({});
    expect(await reasonOf(proofs, asked)).toBeUndefined();
    show(after);
    expect(await reasonOf(proofs, asked)).toBe(reason);
  });

  it('is refused where it came from an office whose clock is ahead, as long as it is fresh: for ten minutes', async () => {
    const { proofs, show } = desk();
    const asked = await question({ askedAt: 5 * A_MINUTE });
    const reasons = [await reasonOf(proofs, asked)];
    for (const later of [9 * A_MINUTE, 10 * A_MINUTE, 10 * A_MINUTE + 1]) {
      show(later);
      reasons.push(await reasonOf(proofs, asked));
    }
    expect(reasons).toEqual([undefined, 'REPLAYED', 'REPLAYED', 'PROOF_STALE']);
  });

  it('is refused under a new proof: an exchange is answered once, whatever is asked', async () => {
    const { proofs } = desk();
    await proofs.check(await question({}));
    expect(await reasonOf(proofs, await question({ askedAt: A_SECOND }))).toBe('REPLAYED');
  });

  it('is answered once of a hundred that come at the same moment', async () => {
    const { proofs } = desk();
    const asked = await question({});
    const reasons = await Promise.all(Array.from({ length: 100 }, () => reasonOf(proofs, asked)));
    expect(reasons.toSorted()).toEqual([...Array(99).fill('REPLAYED'), undefined]);
  });

  it('is refused where the clock was set back meanwhile', async () => {
    const { proofs, show } = desk();
    const asked = await question({});
    await proofs.check(asked);
    show(-3 * A_MINUTE);
    expect(await reasonOf(proofs, asked)).toBe('REPLAYED');
    show(-5 * A_MINUTE - 1);
    expect(await reasonOf(proofs, asked)).toBe('PROOF_STALE');
  });

  it('is refused where the clock showed an hour later for a moment, and was set right', async () => {
    const { proofs, show } = desk();
    const asked = await question({});
    await proofs.check(asked);
    show(60 * A_MINUTE);
    await reasonOf(proofs, await question({ exchange: anId(2), askedAt: 60 * A_MINUTE }));
    show(A_SECOND);
    expect(await reasonOf(proofs, asked)).not.toBeUndefined();
  });

  it('is let through once at most, whenever it comes and whatever was asked in between', async () => {
    const visit = fc.record({ nth: fc.integer({ min: 1, max: 4 }), wait: fc.nat(6 * A_MINUTE) });
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 25 }), fc.nat(5 * A_MINUTE), async (visits, skew) => {
        const { proofs, show } = desk();
        const kept = new Map<number, Arriving>();
        const answered: number[] = [];
        let now = 0;
        for (const { nth, wait } of visits) {
          now += wait;
          show(now);
          const asked = kept.get(nth) ?? (await question({ exchange: anId(nth), askedAt: now + skew }));
          kept.set(nth, asked);
          if ((await reasonOf(proofs, asked)) === undefined) answered.push(nth);
        }
        expect(answered).toEqual([...new Set(answered)]);
      }),
      { numRuns: 150 },
    );
  });
});
