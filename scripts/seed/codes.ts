import { type ResidentRecordCode, residentRecordCodeOf } from '#core/domain/resident-record-code.js';
import type { Random } from './random.js';

/** Draws what is allotted nation-wide, never the same twice. */
export class Allotment {
  readonly #drawn = new Set<string>();

  residentRecordCode(random: Random): ResidentRecordCode {
    return this.#fresh(() => residentRecordCodeOf(random.digits(10)));
  }

  cardNumber(random: Random): string {
    return this.#fresh(() => `JC${random.digits(10)}`);
  }

  #fresh(draw: () => string | undefined): string {
    for (;;) {
      const drawn = draw();
      if (drawn === undefined || this.#drawn.has(drawn)) continue;
      this.#drawn.add(drawn);
      return drawn;
    }
  }
}
