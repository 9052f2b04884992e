import type { Command } from 'commander';
import { messageOf, plainOf } from '#core/wire/plain.js';
import type { Asked } from '#core/wire/procedure.js';
import { officeNamed, placeOf } from './place.js';

/** One thing that an operator has done at their own office, from the command line. */
interface Errand<Input extends object, Output extends object> {
  at: string;
  procedure: Asked<Input, Output>;
  /** In the plain shape: days as YYYY-MM-DD, enums without prefix, nothing for what is not there. */
  request: object;
  /** How the answer is told where nobody asked for data. */
  tell?: (answer: Output) => string;
}

/** Asks, and prints the answer: as text, or in the plain shape as JSON. */
export async function askAndPrint<Input extends object, Output extends object>(
  command: Command,
  { at, procedure, request, tell }: Errand<Input, Output>,
): Promise<void> {
  const { network, json, operatorAt } = placeOf(command);
  const operator = operatorAt(officeNamed(network, at));
  try {
    const answer = await operator.ask(procedure, messageOf<Input>(procedure.question, request));
    const plain = () => JSON.stringify(plainOf(procedure.answer, answer), null, json ? 0 : 2);
    console.log(json || !tell ? plain() : tell(answer));
  } finally {
    operator.close();
  }
}
