import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { verifyContradiction } from './audit/verify-contradiction.js';
import { signersIn, verdictJson, verdictText, verifyExports } from './audit/verify-exports.js';
import { reportVerdictText, verifyReport } from './audit/verify-report.js';

interface Options {
  authorities: string;
  report?: string;
  evidence?: string;
  json: boolean;
}

/** Holds exported logs against their tree, their signatures and one another. Needs files alone. Exit code 0 or 1. */
const program = new Command('verify-audit')
  .description('verify exported logs, with nothing but the files and the certificates of the authorities')
  .argument('[folder]', 'the folder with an export of each office: municipality-131059 and so on')
  .option('--report <file>', "instead: a resident's report of who had to do with them")
  .option('--evidence <file>', 'instead: evidence that an office rewrote its log')
  .requiredOption('--authorities <folder>', 'where offices-ca.pem, operators-ca.pem and agencies-ca.pem are')
  .option('--json', 'print the verdict as JSON', false)
  .action(async (folder: string | undefined, options: Options) => {
    process.exitCode = (await holds(folder, options)) ? 0 : 1;
  });

async function holds(folder: string | undefined, options: Options): Promise<boolean> {
  if (options.report !== undefined) return report(options.report, options);
  return options.evidence === undefined ? logs(folder, options) : evidence(options.evidence, options);
}

function logs(folder: string | undefined, { authorities, json }: Options): boolean {
  if (folder === undefined) throw new Error('a folder of exports, --report or --evidence is to be named');
  const verdict = verifyExports(folder, authorities);
  console.log(json ? verdictJson(verdict) : verdictText(verdict));
  return verdict.sound;
}

function report(file: string, { authorities, json }: Options): boolean {
  const verdict = verifyReport(readFileSync(file, 'utf8'), signersIn(authorities));
  console.log(json ? JSON.stringify(verdict) : reportVerdictText(verdict));
  return verdict.sound;
}

async function evidence(file: string, { authorities, json }: Options): Promise<boolean> {
  const verdict = await verifyContradiction(readFileSync(file, 'utf8'), signersIn(authorities));
  console.log(json ? JSON.stringify(verdict) : verdict.text);
  return verdict.holds;
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(`verify-audit: ${(error as Error).message}`);
  process.exitCode = 1;
}
