import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { OPERATOR } from '../certificates/demo-operators.js';
import { officeNamed, placeOf } from './place.js';
import { MANDATE_PURPOSES } from './sign-mandate.js';

interface Options {
  at: string;
  key?: string;
}

/** juki sign-in: a session for tools that can not sign in by themselves. */
export function signInCommand(): Command {
  return new Command('sign-in')
    .description('begin a session, for tools that can not: prints its token')
    .requiredOption('--at <office>', "the operator's office")
    .option('--key <file>', 'write the key here that the PIN has opened, for tools that can not read a card')
    .action(async ({ at, key }: Options, command: Command) => {
      const { network, operatorNamed } = placeOf(command);
      const operator = operatorNamed(officeNamed(network, at), OPERATOR);
      try {
        const token = await operator.session();
        if (key !== undefined) writeFileSync(key, operator.credentials.key, { mode: 0o600 });
        console.log(token);
      } finally {
        operator.close();
      }
    });
}

/** juki mandate: what a card signs before another office is asked. */
export function mandateCommand(): Command {
  return new Command('mandate')
    .description('have the card sign for one question to another office: prints what goes with it')
    .requiredOption('--at <office>', "the operator's office")
    .addOption(
      new Option('--purpose <purpose>', 'what the question is for').choices(MANDATE_PURPOSES).makeOptionMandatory(),
    )
    .action(async ({ at, purpose }: { at: string; purpose: string }, command: Command) => {
      const { network, operatorNamed } = placeOf(command);
      const operator = operatorNamed(officeNamed(network, at), OPERATOR);
      try {
        console.log(await operator.mandate(purpose));
      } finally {
        operator.close();
      }
    });
}
