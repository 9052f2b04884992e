import { Command } from 'commander';
import { askAndPrint } from './ask-and-print.js';
import {
  EndProtectiveMeasure,
  ListProtectiveMeasures,
  RenewProtectiveMeasure,
  SetProtectiveMeasure,
} from './procedures.js';

interface MeasureOption {
  at: string;
  measure: string;
}

/** juki measure: protective measures. */
export function measureCommand(): Command {
  return new Command('measure')
    .description('支援措置: set, renew in the last month, end, list')
    .addCommand(setCommand())
    .addCommand(onMeasure('renew', 'another year, in the last month', RenewProtectiveMeasure))
    .addCommand(onMeasure('end', 'from today it holds no more', EndProtectiveMeasure))
    .addCommand(listCommand());
}

function setCommand(): Command {
  return new Command('set')
    .description('a year from today, on somebody and on people at the same address')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--code <code>', 'whom to protect')
    .option('--also <code...>', 'people at the same address', [])
    .action(
      ({ at, code: applicant, also: alsoCovered }: { at: string; code: string; also: string[] }, command: Command) =>
        askAndPrint(command, {
          ...{ at, procedure: SetProtectiveMeasure, request: { applicant, alsoCovered } },
        }),
    );
}

function onMeasure(
  name: string,
  what: string,
  procedure: typeof RenewProtectiveMeasure | typeof EndProtectiveMeasure,
): Command {
  return new Command(name)
    .description(what)
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--measure <id>', 'the measure')
    .action(({ at, measure: measureId }: MeasureOption, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure, request: { measureId } },
      }),
    );
}

function listCommand(): Command {
  return new Command('list')
    .description('those that cover somebody, past ones too; the look is logged with its purpose')
    .requiredOption('--at <office>', 'the municipality')
    .requiredOption('--code <code>', 'whom they cover')
    .requiredOption('--purpose <text>', 'why')
    .action(
      ({ at, code: residentRecordCode, purpose }: { at: string; code: string; purpose: string }, command: Command) =>
        askAndPrint(command, {
          ...{ at, procedure: ListProtectiveMeasures, request: { residentRecordCode, purpose } },
        }),
    );
}
