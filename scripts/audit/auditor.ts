import { setTimeout as wait } from 'node:timers/promises';
import type { OfficeId } from '#core/domain/office.js';
import { Refusal } from '#core/domain/refusal.js';
import type { Asked } from '#core/wire/procedure.js';

/** Somebody who may ask an office about its log. */
export interface Asking {
  office: OfficeId;
  ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output>;
}

const A_SECOND_MS = 1_000;

/** An auditor with a long list of questions, who waits where the office says that these were too many for now. */
export class Auditor {
  readonly office: OfficeId;
  private readonly asking: Asking;
  private readonly pause: (ms: number) => Promise<unknown>;

  constructor(asking: Asking, pause: (ms: number) => Promise<unknown> = (ms) => wait(ms)) {
    this.office = asking.office;
    this.asking = asking;
    this.pause = pause;
  }

  /** @throws Refusal with every other reason than RATE_LIMITED */
  async ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output> {
    for (;;)
      try {
        return await this.asking.ask(procedure, request);
      } catch (error) {
        if (!(error instanceof Refusal && error.reason === 'RATE_LIMITED')) throw error;
        await this.pause((error.details.retryAfterSeconds ?? 1) * A_SECOND_MS);
      }
  }
}
