import { X509Certificate } from 'node:crypto';
import { Command } from 'commander';
import { OperatorCard } from '#core/operators/operator-card.js';
import { cardPath } from '#core/trust/credentials.js';
import { demoPassword, OPERATOR } from '../certificates/demo-operators.js';
import { officeNamed, placeOf } from './place.js';
import { ChangePassword, ReplaceCard } from './procedures.js';

/** juki password: change one's own. Neither is said on the command line, where other users of the machine could read it. */
export function passwordCommand(): Command {
  return new Command('password')
    .description("change one's own password, from JUKI_PASSWORD to JUKI_NEW_PASSWORD; every session ends")
    .requiredOption('--at <office>', "the operator's office")
    .action(async ({ at }: { at: string }, command: Command) => {
      const { network, operatorNamed } = placeOf(command);
      const { JUKI_PASSWORD: known, JUKI_NEW_PASSWORD: newPassword = '' } = process.env;
      const operator = operatorNamed(officeNamed(network, at), OPERATOR);
      const password = known ?? demoPassword(operator.office, operator.name);
      try {
        await operator.ask(ChangePassword, { password, newPassword });
        console.log('changed');
      } finally {
        operator.close();
      }
    });
}

/** juki replace-card: enter the card that somebody has been given. */
export function replaceCardCommand(): Command {
  return new Command('replace-card')
    .description('enter the card that another operator holds from now on (npm run certs -- --reissue makes one)')
    .requiredOption('--at <office>', 'the office of both')
    .requiredOption('--whom <name>', 'whose: operator-3')
    .action(async ({ at, whom }: { at: string; whom: string }, command: Command) => {
      const { network, certs, operatorAt } = placeOf(command);
      const office = officeNamed(network, at);
      const pem = new OperatorCard(cardPath(certs, office, whom)).certificate();
      if (pem === undefined) throw new Error(`${whom} has no card that can be read`);
      const operator = operatorAt(office);
      try {
        await operator.ask(ReplaceCard, { operator: whom, certificate: new X509Certificate(pem).raw });
        console.log(`${whom} signs in with that card from now on`);
      } finally {
        operator.close();
      }
    });
}
