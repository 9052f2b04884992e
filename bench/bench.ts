import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { measureAudit } from './audit/measure-audit.js';
import { LEVELS, type Level } from './changes/level.js';
import { measureChanges } from './changes/measure-changes.js';
import { measureContainers } from './containers.js';
import { type Figure, lineOf, tableOf } from './figure.js';
import { measureIssuance } from './issuance.js';
import { measureKillSwitch } from './kill-switch.js';
import { measureMoves } from './moves.js';
import { measureProvision } from './provision/measure-provision.js';
import { measureRegister } from './register.js';
import { measureRotation } from './rotation.js';
import { measureStart } from './start.js';
import { measureTrust } from './trust.js';

interface Options {
  containers?: boolean;
  entries?: number;
  people?: number;
  profile?: Level;
}

const BENCHES: Record<
  string,
  { takes: (keyof Options)[]; measure: (folder: string, o: Options) => Promise<Figure[]> }
> = {
  'demo-network': {
    takes: ['containers'],
    measure: async (folder, { containers = false }) => [
      ...(await measureStart(folder)),
      ...(await measureIssuance(folder)),
      ...(await measureRegister(folder)),
      ...(await measureMoves(folder)),
      ...(containers ? await measureContainers() : []),
    ],
  },
  changes: { takes: ['entries', 'profile'], measure: measureChanges },
  trust: {
    takes: [],
    measure: async (folder) => [
      ...(await measureTrust(folder)),
      ...(await measureKillSwitch(folder)),
      ...(await measureRotation(folder)),
    ],
  },
  audit: { takes: [], measure: measureAudit },
  provision: { takes: ['people'], measure: measureProvision },
};
const NAMES = Object.keys(BENCHES);

const command = new Command('npm run bench --')
  .description('what README claims of speed and size, measured here and now; the last line is JSON')
  .addArgument(
    new Argument(
      '[bench]',
      'demo-network: npm start, copies, notifications, moves with a card; changes: a municipality that was cut off catches up; trust: what proofs cost, how fast the switch is, and calls while certificates are renewed; audit: what it takes to append to a log, and to prove something of it; provision: people looked up, one by one and in a batch',
    )
      .choices(NAMES)
      .default('demo-network'),
  )
  .option('--containers', 'of demo-network: also bring it up with Docker Compose and add up its memory')
  .option('--entries <number>', 'of changes: how many wait, instead of 100000', atLeastOne)
  .option(
    '--people <number>',
    'of provision: how many the centre knows, and a batch asks for, instead of 200000',
    atLeastOne,
  )
  .addOption(
    new Option('--profile <level>', 'of changes: write a CPU profile of this process to reports/').choices(LEVELS),
  )
  .showHelpAfterError()
  .parse();

await run(command.processedArgs[0] as string, command.opts<Options>());

async function run(name: string, options: Options): Promise<void> {
  const bench = BENCHES[name];
  if (!bench) throw new RangeError(`there is no bench ${name}`);
  const strange = Object.keys(options).find((option) => !bench.takes.includes(option as keyof Options));
  if (strange) command.error(`error: ${name} has no option --${strange}`);
  const folder = mkdtempSync(join(tmpdir(), 'juki-bench-'));
  try {
    const figures = await bench.measure(folder, options);
    console.log(tableOf(figures));
    console.log(lineOf(name, figures, new Date()));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function atLeastOne(text: string): number {
  if (!/^[1-9][0-9]{0,6}$/.test(text)) throw new InvalidArgumentError('not a number from 1 to 9999999');
  return Number(text);
}
