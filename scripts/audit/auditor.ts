import type { OfficeId } from '#core/domain/office.js';
import type { Asked } from '#core/wire/procedure.js';

/** Whoever may read an office's log, at that office. */
export interface Auditor {
  office: OfficeId;
  /** @throws Refusal with the office's reason */
  ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output>;
}
