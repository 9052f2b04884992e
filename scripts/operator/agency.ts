import { Command } from 'commander';
import type { Agency__Output } from '#core/wire/generated/juki/provision/v1/Agency.js';
import { askAndPrint } from './ask-and-print.js';
import { jsonIn } from './options.js';
import { ListAgencies, RegisterAgency, RevokeAgency } from './procedures.js';

/** juki agency: which agencies there are, and what each may cite. */
export function agencyCommand(): Command {
  return new Command('agency')
    .description('which agencies there are, and which purposes of table 1 each may cite')
    .addCommand(listCommand())
    .addCommand(registerCommand())
    .addCommand(revokeCommand());
}

function listCommand(): Command {
  return atCentre('list', 'all of them, revoked ones too').action(({ at }: { at: string }, command: Command) =>
    askAndPrint(command, {
      ...{ at, procedure: ListAgencies, request: {} },
      tell: ({ agencies }) => agencies.map(agencyText).join('\n') || 'none',
    }),
  );
}

function registerCommand(): Command {
  return atCentre('register', 'one, or the whole of its registration anew')
    .requiredOption('--file <json>', 'name, bodies, and purposes with their fields; - for standard input')
    .action(({ at, file }: { at: string; file: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: RegisterAgency, request: jsonIn(file) },
        tell: ({ agency }) => (agency ? agencyText(agency) : ''),
      }),
    );
}

function revokeCommand(): Command {
  return atCentre('revoke', 'takes everything from one: from now on it is told nothing')
    .requiredOption('--name <name>', 'as its certificate has it')
    .action(({ at, name }: { at: string; name: string }, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: RevokeAgency, request: { name } },
        tell: ({ agency }) => (agency ? agencyText(agency) : ''),
      }),
    );
}

function agencyText({ name, bodies, purposes, revokedAt }: Agency__Output): string {
  const may = revokedAt ? 'revoked' : purposes.map(({ statutoryPurpose }) => statutoryPurpose).join(' ');
  return `${name} (${bodies.join('、')}): ${may || 'no purpose'}`;
}

function atCentre(name: string, what: string): Command {
  return new Command(name).description(what).requiredOption('--at <office>', 'the national centre');
}
