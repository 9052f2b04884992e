import type { Signing } from '#core/trust/statements.js';
import { rate, withDemoNetwork } from './demo-network.js';
import type { Figure } from './figure.js';
import { median } from './figure.js';
import { copyOfSomebody } from './issuance.js';

const ROUNDS = 3;
const SECONDS = 4;

/** Nothing is signed, and everything is taken to be: what proofs and receipts cost is measured against this. */
const UNSIGNED: Signing = {
  sign: async () => Buffer.alloc(64),
  verify: async () => true,
};

/** What proofs and receipts cost: copies a second with them and without, in turns, so that the machine is the same. */
export async function measureTrust(folder: string): Promise<Figure[]> {
  const signed: number[] = [];
  const unsigned: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    signed.push(await copiesPerSecond(folder, `signed-${round}`));
    unsigned.push(await copiesPerSecond(folder, `unsigned-${round}`, UNSIGNED));
  }
  return [
    {
      name: 'copies_with_proof_and_receipt_per_second',
      what: 'copies with proofs and receipts, 32 at once, all offices in one process',
      ...{ measured: median(signed), unit: 'a second' },
      against: { value: median(unsigned), what: 'without a signature' },
    },
  ];
}

function copiesPerSecond(folder: string, name: string, signing?: Signing): Promise<number> {
  return withDemoNetwork(folder, { name, ...(signing && { signing }) }, async (visit) => {
    const copy = copyOfSomebody(visit);
    await rate(copy, { seconds: 1 });
    return rate(copy, { seconds: SECONDS });
  });
}
