import { describe, expect, it } from '@jest/globals';
import { municipalityId, NATIONAL_CENTRE } from '#core/domain/office.js';
import { drillCrash } from '#scripts/drill/crash/drill-crash.js';

/*
 *              National centre
 *               ▲           ▲
 *           Tokyo           Kanagawa         each of the five is a process of its own, and is killed
 *             ▲                 ▲            at every point that it passes while a family moves
 *          Bunkyo ◀═══════▶ Yokohama
 *          origin   claim,   destination
 *                   notice
 */
const [BUNKYO, YOKOHAMA] = ['131059', '141003'].map(municipalityId);

/** So many families move besides while two or three offices die. */
const TOGETHER = Number(process.env['JUKI_TOGETHER'] ?? 2);
/** Of the points, one in so many: each of them is `npm run drill -- crash`, and takes as long as all other tests together. */
const ONE_IN = Number(process.env['JUKI_CRASH_ONE_IN'] ?? 3);
/** So many points at least: before and after whatever they commit and send while a family moves. */
const FEWEST = {
  [NATIONAL_CENTRE]: 38,
  'prefecture/130001': 36,
  'prefecture/140007': 30,
  [String(BUNKYO)]: 54,
  [String(YOKOHAMA)]: 94,
};

describe('A family that moves with its card while an office is killed', () => {
  it('is on one register in the end, with the same codes, a good card and one confirmation, wherever it happened (ONE, FOLLOW).', async () => {
    const { points, deaths, violations } = await drillCrash({ together: TOGETHER, seed: 1, oneIn: ONE_IN }, () => {});
    expect(violations).toEqual([]);
    for (const [office, fewest] of Object.entries(FEWEST)) expect(points[office]).toBeGreaterThanOrEqual(fewest);
    // One between two things that are done is after the one and before the other.
    const passed = Object.values(points).reduce((sum, one) => sum + one, 0);
    expect(deaths).toBeGreaterThanOrEqual(passed / ONE_IN / 3);
  }, 900_000);
});
