import { Command } from 'commander';
import { type Reason, Refusal } from '#core/domain/refusal.js';
import { refusals } from '#core/domain/refusal-table.js';
import { accessesCommand } from './operator/accesses.js';
import { agencyCommand } from './operator/agency.js';
import { alarmsCommand } from './operator/alarms.js';
import { auditCommand } from './operator/audit.js';
import { batchCommand } from './operator/batch.js';
import { cardCommand } from './operator/card.js';
import { copyCommand } from './operator/copy.js';
import { disclosureCommand } from './operator/disclosure.js';
import { discrepanciesCommand } from './operator/discrepancies.js';
import { exOfficioCommand } from './operator/ex-officio.js';
import { healthCommand } from './operator/health.js';
import { codesCommand, historyCommand, householdCommand, searchCommand } from './operator/look.js';
import { measureCommand } from './operator/measure.js';
import { changeCodeCommand, moveInCommand, moveOutCommand } from './operator/moving.js';
import { networkCommand } from './operator/network.js';
import { noticesCommand } from './operator/notices.js';
import { notifyCommand } from './operator/notify.js';
import { passwordCommand, replaceCardCommand } from './operator/password.js';
import { peopleCommand } from './operator/people.js';
import { provisionCommand } from './operator/provision.js';
import { reportCommand } from './operator/report.js';
import { residentCommand } from './operator/resident.js';
import { mandateCommand, signInCommand } from './operator/sign-in.js';
import { specialMoveCommand } from './operator/special-move.js';
import { syncCommand } from './operator/sync.js';
import { unlockCommand } from './operator/unlock.js';

/** The operator's command: one subcommand for each thing an operator does at their own office. */
const juki = new Command('juki')
  .description("The operator's command over a node's gRPC API, with the operator's certificate")
  .option('--certs <folder>', 'the certificates of the network', process.env['JUKI_CERTS'] ?? 'certs')
  .option('--network <file>', 'the network file', process.env['JUKI_NETWORK'] ?? 'scripts/network.json')
  .option('--operator <name>', 'who of the office asks; else the first of the demo whose role may')
  .option('--json', 'print the answer as JSON', false)
  .addCommand(healthCommand())
  .addCommand(signInCommand())
  .addCommand(mandateCommand())
  .addCommand(unlockCommand())
  .addCommand(passwordCommand())
  .addCommand(replaceCardCommand())
  .addCommand(residentCommand())
  .addCommand(searchCommand())
  .addCommand(householdCommand())
  .addCommand(historyCommand())
  .addCommand(copyCommand())
  .addCommand(cardCommand())
  .addCommand(moveOutCommand())
  .addCommand(moveInCommand())
  .addCommand(specialMoveCommand())
  .addCommand(changeCodeCommand())
  .addCommand(notifyCommand())
  .addCommand(exOfficioCommand())
  .addCommand(measureCommand())
  .addCommand(provisionCommand())
  .addCommand(agencyCommand())
  .addCommand(batchCommand())
  .addCommand(codesCommand())
  .addCommand(syncCommand())
  .addCommand(disclosureCommand())
  .addCommand(discrepanciesCommand())
  .addCommand(accessesCommand())
  .addCommand(alarmsCommand())
  .addCommand(auditCommand())
  .addCommand(reportCommand())
  .addCommand(networkCommand())
  .addCommand(noticesCommand())
  .addCommand(peopleCommand());

try {
  await juki.parseAsync();
} catch (error) {
  console.error(error instanceof Refusal ? explain(error) : `juki: ${(error as Error).message}`);
  process.exitCode = 1;
}

function explain({ reason, details }: Refusal): string {
  const { office, field, fault } = details;
  const { en, ja }: (typeof refusals)[Reason] = refusals[reason];
  const where = office ? ` (${office})` : '';
  const what = field || fault ? `: ${[field, fault].filter(Boolean).join(' ')}` : '';
  return `refused${where}: ${reason}${what}\n  ${en}\n  ${ja}`;
}
