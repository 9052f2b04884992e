import { writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { DISCLOSURE_KINDS } from '#core/domain/disclosure-request.js';
import { askAndPrint } from './ask-and-print.js';
import { day } from './options.js';
import { AnswerRequest, ExtendRequest, GetRequest, ListRequests, ReceiveRequest } from './procedures.js';

/** juki disclosure: what people ask an office for in writing (開示請求, 訂正請求). */
export function disclosureCommand(): Command {
  return new Command('disclosure')
    .description('what people ask an office for in writing, and the answers within 30 days (開示請求, 訂正請求)')
    .addCommand(receiveCommand())
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(extendCommand())
    .addCommand(answerCommand());
}

function receiveCommand(): Command {
  const kind = new Option('--kind <kind>', 'what is asked for').choices(DISCLOSURE_KINDS).makeOptionMandatory();
  return atOffice('receive', 'a request that came in')
    .addOption(kind)
    .requiredOption('--code <code>', "the applicant's resident record code")
    .option('--statement <text>', 'what is said to be wrong, for a correction')
    .action(({ at, kind: asked, code, statement }: Record<string, string>, command: Command) =>
      askAndPrint(command, {
        ...{ at: at ?? '', procedure: ReceiveRequest },
        request: { kind: asked, residentRecordCode: code, statement },
      }),
    );
}

function listCommand(): Command {
  return atOffice('list', 'requests that wait, the most urgent first').action(
    ({ at }: { at: string }, command: Command) => askAndPrint(command, { at, procedure: ListRequests, request: {} }),
  );
}

function showCommand(): Command {
  return ofRequest('show', 'one request, with what was written')
    .requiredOption('--purpose <text>', 'why; kept in the log')
    .action(({ at, id: requestId, purpose }: Record<string, string>, command: Command) =>
      askAndPrint(command, { at: at ?? '', procedure: GetRequest, request: { requestId, purpose } }),
    );
}

function extendCommand(): Command {
  return ofRequest('extend', 'puts the date off before it has passed')
    .requiredOption('--until <date>', 'YYYY-MM-DD', day)
    .requiredOption('--reason <text>', 'what the applicant is told')
    .action(({ at, id: requestId, until, reason }: Record<string, string>, command: Command) =>
      askAndPrint(command, {
        ...{ at: at ?? '', procedure: ExtendRequest, request: { requestId, until, reason } },
        tell: ({ notice }) => notice,
      }),
    );
}

function answerCommand(): Command {
  return ofRequest('answer', 'writes the answer; not by whoever received the request')
    .option('--finding <text>', 'what was found, for a correction')
    .option('--out <file>', 'where the document goes that can be checked')
    .action(({ at, id: requestId, finding, out }: Record<string, string>, command: Command) =>
      askAndPrint(command, {
        ...{ at: at ?? '', procedure: AnswerRequest, request: { requestId, finding } },
        tell: ({ answer, document }) => {
          if (out !== undefined && document !== '') writeFileSync(out, document, { mode: 0o600 });
          return answer;
        },
      }),
    );
}

function ofRequest(name: string, description: string): Command {
  return atOffice(name, description).requiredOption('--id <uuid>', 'which request');
}

function atOffice(name: string, description: string): Command {
  return new Command(name).description(description).requiredOption('--at <office>', 'the office');
}
