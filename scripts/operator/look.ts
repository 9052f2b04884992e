import { Command } from 'commander';
import { roleOf } from '#core/domain/office.js';
import { askAndPrint } from './ask-and-print.js';
import { day } from './options.js';
import { officeNamed, placeOf } from './place.js';
import { GetChangeHistory, GetCodePool, GetHousehold, GetRecordHistory, SearchResidentRecords } from './procedures.js';

interface Look {
  at: string;
  code: string;
  purpose: string;
}

interface Search {
  at: string;
  purpose: string;
  code?: string;
  name?: string;
  reading?: string;
  born?: string;
  address?: string;
}

/** juki search: who on the register answers to what is stated. */
export function searchCommand(): Command {
  return looking('search', 'who on the register answers to what is stated, each criterion met whole')
    .option('--code <code>', 'resident record code')
    .option('--name <name>', 'name or common name; variants of characters find each other')
    .option('--reading <kana>', 'reading of the name')
    .option('--born <date>', 'birth date, YYYY-MM-DD, beside another criterion', day)
    .option('--address <address>', 'address; 一丁目16番21号 and 1-16-21 find each other')
    .action(({ at, purpose, code, name, reading, born, address }: Search, command: Command) =>
      askAndPrint(command, {
        at,
        procedure: SearchResidentRecords,
        request: { purpose, residentRecordCode: code, name, nameReading: reading, birthDate: born, address },
      }),
    );
}

/** juki household: the active records of somebody's household. */
export function householdCommand(): Command {
  return looking('household', "the active records of somebody's household")
    .requiredOption('--code <code>', 'of a member')
    .action(({ at, code: residentRecordCode, purpose }: Look, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: GetHousehold, request: { residentRecordCode, purpose } },
      }),
    );
}

/** juki history: everything that was ever written here about somebody; at the levels above, every change. */
export function historyCommand(): Command {
  return looking('history', 'everything that was ever written here about somebody, and until when it is kept')
    .requiredOption('--code <code>', 'an old one leads to the present one')
    .action(({ at, code: residentRecordCode, purpose }: Look, command: Command) => {
      const request = { residentRecordCode, purpose };
      if (roleOf(officeNamed(placeOf(command).network, at)) === 'municipality')
        return askAndPrint(command, { at, procedure: GetRecordHistory, request });
      return askAndPrint(command, { at, procedure: GetChangeHistory, request });
    });
}

/** juki codes: how many allotted codes are left. */
export function codesCommand(): Command {
  return new Command('codes')
    .description('how many of the codes that the national centre allotted are left')
    .requiredOption('--at <office>', 'the municipality')
    .action(({ at }: { at: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: GetCodePool, request: {} },
        tell: ({ free, waiting }) => `${free} codes are free${waiting ? '; more are asked for' : ''}`,
      }),
    );
}

function looking(name: string, what: string): Command {
  return new Command(name)
    .description(`${what}; the look is logged with its purpose`)
    .requiredOption('--at <office>', 'the office whose operator looks')
    .requiredOption('--purpose <text>', 'why');
}
