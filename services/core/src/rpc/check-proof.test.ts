import { describe, expect, it } from '@jest/globals';
import {
  A_MINUTE,
  anId,
  BUNKYO,
  desk,
  question,
  REQUEST,
  reasonOf,
  SHINJUKU,
  START,
  SUGINAMI,
  shinjuku,
  suginami,
} from '../../../../test/support/proof-desk.js';
import type { Caller } from '../domain/caller.js';
import { type ProofStatement, receiptBytes } from '../domain/proof.js';

describe('A question of another office', () => {
  it('is let through where its proof is sound, and the proof is handed on for the log', async () => {
    const asked = await question({});
    const proof = await desk().proofs.check(asked);
    expect(proof?.at).toBe(START);
    expect(proof).toEqual(asked.proof);
  });

  it('is refused without a proof as PROOF_NOT_VALID', async () => {
    const bare = { ...(await question({})), proof: undefined };
    expect(await reasonOf(desk().proofs, bare)).toBe('PROOF_NOT_VALID');
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
    const asked = { ...(await question({})), proof: receipt };
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
    const asked = { ...(await question({ caller })), proof: undefined };
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
