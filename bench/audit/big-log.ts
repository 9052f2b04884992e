import { checkpointText } from '#core/audit/checkpoint.js';
import { originOf } from '#core/domain/office.js';
import { SigningOffices } from '#scripts/drill/signing-offices.js';
import type { Figure } from '../figure.js';
import { anAnswer, withLog } from './logs.js';

const ENTRIES = 100_000;
const AT_ONCE = 1_000;
const SECONDS = 2;
const OFFICE = 'municipality/131059';

/** What a log of 100,000 entries takes to be signed, and to be proved something of. */
export function measureBigLog(folder: string, against: Figure['against']): Promise<Figure[]> {
  return withLog(folder, async ({ log }) => {
    for (let size = 0; size < ENTRIES; size += AT_ONCE)
      await Promise.all(Array.from({ length: AT_ONCE }, () => log.append(anAnswer([]))));
    const statements = new SigningOffices().of(OFFICE);
    const sign = async () => void statements.signNote(checkpointText(await log.checkpoint(OFFICE)), originOf(OFFICE));
    let nth = 0;
    /** Far from each other, and all of them in the end. */
    const somewhere = () => (nth++ * 7_919) % ENTRIES;
    const figure = async (name: string, what: string, act: () => Promise<unknown>): Promise<Figure> => ({
      ...{
        name,
        what: `${what}, of a log of ${ENTRIES} entries`,
        measured: await rate(act),
        unit: 'a second',
        against,
      },
    });
    return [
      await figure('checkpoints_per_second', 'checkpoints made and signed', sign),
      await figure('inclusion_proofs_per_second', 'proofs that an entry is in it', () =>
        log.proveInclusion(somewhere(), ENTRIES),
      ),
      await figure('consistency_proofs_per_second', 'proofs that it begins with a smaller one', () =>
        log.proveConsistency(somewhere(), ENTRIES),
      ),
    ];
  });
}

async function rate(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  for (; performance.now() - startedAt < SECONDS * 1000; done += 1) await act();
  return done / ((performance.now() - startedAt) / 1000);
}
