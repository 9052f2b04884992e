import type { OfficeId } from '#core/domain/office.js';
import { mayDo } from '#core/domain/operator-role.js';
import type { Asked } from '#core/wire/procedure.js';
import { DEMO_OPERATORS, OPERATOR } from '../certificates/demo-operators.js';
import { Operator, type Seat } from './operator.js';

/** The operators of an office: the first of them whose role has a place for what is asked for asks it. */
export class Staff {
  readonly office: OfficeId;
  private readonly seat: Seat;
  private readonly seated = new Map<string, Operator>();

  constructor(seat: Seat) {
    this.office = seat.office;
    this.seat = seat;
  }

  /** @throws Refusal with the office's reason, or OFFICE_UNAVAILABLE */
  async ask<Input, Output>(procedure: Asked<Input, Output>, request: Input): Promise<Output> {
    return this.whoMay(procedure.path).ask(procedure, request);
  }

  /** Where nobody may, the first of all: the office will say so. */
  whoMay(method: string): Operator {
    const { name = OPERATOR } = DEMO_OPERATORS.find(({ role }) => mayDo(role, method)) ?? {};
    const operator = this.seated.get(name) ?? new Operator(this.seat, name);
    this.seated.set(name, operator);
    return operator;
  }

  close(): void {
    for (const operator of this.seated.values()) operator.close();
  }
}
