import { Command } from 'commander';
import { Refusal } from '#core/domain/refusal.js';
import { askCommand } from './agency/ask.js';
import { batchCommand } from './agency/batch.js';
import { checkApplicationCommand } from './agency/check-application.js';
import { explain } from './agency/explain.js';
import { purposesCommand } from './agency/purposes.js';
import { signCommand } from './agency/sign.js';

/** The agency's command: what an agency of the appended tables has the centre tell it, with the agency's certificate. */
const agency = new Command('agency')
  .description("An agency's command over the centre's gRPC API, with the agency's certificate")
  .option('--as <agency>', 'which agency asks; else the first of the network file that may cite the purpose')
  .option('--operator <name>', 'who at the agency asks, for the log of the centre', 'desk-1')
  .option('--centre <host:port...>', 'where the centre answers; else as the network file has it, on this machine')
  .option('--certs <folder>', 'the certificates of the network', process.env['JUKI_CERTS'] ?? 'certs')
  .option('--network <file>', 'the network file', process.env['JUKI_NETWORK'] ?? 'scripts/network.json')
  .option('--json', 'print the answer as JSON', false)
  .addCommand(purposesCommand())
  .addCommand(askCommand())
  .addCommand(batchCommand())
  .addCommand(checkApplicationCommand())
  .addCommand(signCommand());

try {
  await agency.parseAsync();
} catch (error) {
  console.error(error instanceof Refusal ? explain(error) : `agency: ${(error as Error).message}`);
  process.exitCode = 1;
}
