import { Argument, Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import {
  CutOff,
  CutOwnLine,
  GetDirectory,
  Rejoin,
  RestoreOwnLine,
  SetParticipation,
  SetThreatLevel,
} from './procedures.js';

const CAUSES = ['COMPROMISED', 'MALFUNCTION', 'AT_ITS_REQUEST'];

/** juki network: who takes part, and the switch that cuts an office off. */
export function networkCommand(): Command {
  return new Command('network')
    .description('who takes part, and the switch that cuts an office off')
    .addCommand(directoryCommand())
    .addCommand(cutOffCommand())
    .addCommand(deciding('rejoin', 'let an office back in', Rejoin))
    .addCommand(threatLevelCommand())
    .addCommand(cutOwnLineCommand())
    .addCommand(restoreOwnLineCommand())
    .addCommand(participating('join', 'let a municipality join the network; at the centre', true))
    .addCommand(participating('leave', 'let a municipality leave the network; at the centre', false));
}

function directoryCommand(): Command {
  return new Command('directory')
    .description('the directory that an office holds, and how old it is')
    .requiredOption('--at <office>', 'the office')
    .action(({ at }: { at: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: GetDirectory, request: {} },
        tell: ({ directory, ageSeconds }) =>
          directory ? `${String(directory.content)}\n${ageSeconds} s old` : 'none has come yet: the network file holds',
      }),
    );
}

function cutOffCommand(): Command {
  return new Command('cut-off')
    .description('every office refuses it within seconds')
    .requiredOption('--at <office>', 'the centre, or the prefecture of the municipality')
    .requiredOption('--office <office>', 'whom: municipality/131059')
    .requiredOption('--cause <cause>', CAUSES.join(', '))
    .action(({ at, office, cause }: { at: string; office: string; cause: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: CutOff, request: { office, cause } },
        tell: ({ number }) => `directory ${number} says so`,
      }),
    );
}

function deciding(name: string, what: string, procedure: typeof Rejoin): Command {
  return new Command(name)
    .description(what)
    .requiredOption('--at <office>', 'the centre, or the prefecture of the municipality')
    .requiredOption('--office <office>', 'whom: municipality/131059')
    .action(({ at, office }: { at: string; office: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure, request: { office } },
        tell: ({ number }) => `directory ${number} says so`,
      }),
    );
}

function threatLevelCommand(): Command {
  return new Command('threat-level')
    .description('tell every office how grave things are; at the centre. Nobody is cut off by it')
    .addArgument(new Argument('<level>', '1 none to information, 2 low, 3 high').choices(['1', '2', '3']))
    .action((level: string, _options, command: Command) =>
      askAndPrint(command, {
        ...{ at: 'national', procedure: SetThreatLevel, request: { threatLevel: Number(level) } },
        tell: ({ number }) => `directory ${number} says so`,
      }),
    );
}

function cutOwnLineCommand(): Command {
  return new Command('cut-own-line')
    .description('a municipality asks no other office any more, and answers none')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--grounds <text>', 'why')
    .action(({ at, grounds }: { at: string; grounds: string }, command: Command) =>
      askAndPrint(command, { ...{ at, procedure: CutOwnLine, request: { grounds } }, tell: () => 'the line is cut' }),
    );
}

function restoreOwnLineCommand(): Command {
  return new Command('restore-own-line')
    .description('after the cause is gone')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--finding <text>', 'what the cause was')
    .action(({ at, finding }: { at: string; finding: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: RestoreOwnLine, request: { finding } },
        tell: () => 'the line is restored',
      }),
    );
}

function participating(name: string, what: string, isParticipating: boolean): Command {
  return new Command(name)
    .description(what)
    .requiredOption('--office <office>', 'whom: municipality/132152')
    .action(({ office }: { office: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at: 'national', procedure: SetParticipation, request: { office, participating: isParticipating } },
        tell: ({ number }) => `directory ${number} says so`,
      }),
    );
}
