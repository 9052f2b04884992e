import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  A_MINUTE,
  A_SECOND,
  type Arriving,
  anId,
  desk,
  question,
  reasonOf,
} from '../../../../test/support/proof-desk.js';

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
