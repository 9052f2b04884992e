import { Command } from 'commander';
import { verdictJson, verdictText, verifyExports } from './audit/verify-exports.js';

/** Holds exported logs against their tree, their signatures and one another. Needs files alone. Exit code 0 or 1. */
const program = new Command('verify-audit')
  .description('verify exported logs, with nothing but the files and the certificates of the authorities')
  .argument('<folder>', 'the folder with an export of each office: municipality-131059 and so on')
  .requiredOption('--authorities <folder>', 'where offices-ca.pem, operators-ca.pem and agencies-ca.pem are')
  .option('--json', 'print the verdict as JSON', false)
  .action((folder: string, { authorities, json }: { authorities: string; json: boolean }) => {
    const verdict = verifyExports(folder, authorities);
    console.log(json ? verdictJson(verdict) : verdictText(verdict));
    process.exitCode = verdict.sound ? 0 : 1;
  });

try {
  program.parse();
} catch (error) {
  console.error(`verify-audit: ${(error as Error).message}`);
  process.exitCode = 1;
}
