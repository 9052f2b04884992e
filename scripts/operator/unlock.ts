import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import type { OfficeId } from '#core/domain/office.js';
import { OperatorCard } from '#core/operators/operator-card.js';
import { cardPath, loadTrust, operatorFolder } from '#core/trust/credentials.js';
import { officeNamed, placeOf } from './place.js';
import { UnlockOperator } from './procedures.js';

/** juki unlock: let somebody sign in again who is locked out, and open the lock of their card. */
export function unlockCommand(): Command {
  return new Command('unlock')
    .description('let another operator in again, after wrong passwords or three wrong PINs')
    .requiredOption('--at <office>', 'the office of both')
    .requiredOption('--whom <name>', 'whom: operator-3')
    .action(async ({ at, whom }: { at: string; whom: string }, command: Command) => {
      const { network, certs, operatorAt } = placeOf(command);
      const office = officeNamed(network, at);
      const operator = operatorAt(office);
      try {
        const card = new OperatorCard(cardPath(certs, office, whom));
        const request = { operator: whom, cardChallenge: card.lock().challenge };
        const { cardUnlocking } = await operator.ask(UnlockOperator, request);
        if (cardUnlocking) card.unlock(cardUnlocking, trustedBy(certs, office, whom), randomBytes);
        console.log(`${whom} can sign in again, and the card opens with its PIN`);
      } finally {
        operator.close();
      }
    });
}

function trustedBy(certs: string, office: OfficeId, name: string) {
  return loadTrust(operatorFolder(certs, office, name)).trusted;
}
