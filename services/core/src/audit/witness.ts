import type { Checkpoint } from './checkpoint.js';
import { provesConsistency } from './merkle-tree.js';

/** A head, once it is known whose it is. */
export interface ShownCheckpoint {
  checkpoint: Checkpoint;
  fromSize: number;
  proof: readonly Buffer[];
}

/** Why two checkpoints can not be of one log that only grows. */
export type Why = 'OTHER_KEY' | 'OTHER_ROOT' | 'SHORTER' | 'DOES_NOT_GO_ON';

/**
 * What a witness makes of a head: it goes on from what is held; or it is the same; or it is shown from another size than
 * what is held, and tells nothing; or both can not be true.
 */
export type Judgement = { is: 'NEW' | 'SAME' | 'FROM_ELSEWHERE' } | { is: 'CONTRADICTION'; why: Why };

/**
 * Holds a head against what its witness has seen of that log; undefined where that is nothing: the first is believed.
 *
 * A shorter log, or a proof that fails, counts where the office knew what the witness holds, and not otherwise: an answer
 * can be lost, and a head that was under way can arrive after a newer one.
 */
export function judge(held: Checkpoint | undefined, { checkpoint, fromSize, proof }: ShownCheckpoint): Judgement {
  if (!held) return { is: 'NEW' };
  if (!checkpoint.logKey.equals(held.logKey)) return { is: 'CONTRADICTION', why: 'OTHER_KEY' };
  if (checkpoint.size === held.size)
    return checkpoint.root.equals(held.root) ? { is: 'SAME' } : { is: 'CONTRADICTION', why: 'OTHER_ROOT' };
  if (fromSize !== held.size) return { is: 'FROM_ELSEWHERE' };
  if (checkpoint.size < held.size) return { is: 'CONTRADICTION', why: 'SHORTER' };
  return provesConsistency(held, checkpoint, proof) ? { is: 'NEW' } : { is: 'CONTRADICTION', why: 'DOES_NOT_GO_ON' };
}
