import { writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { Command } from 'commander';
import { bothOf } from '#core/domain/wording.js';
import { textOf } from '#core/reporting/monthly-counts.js';
import type { Cell, Report } from '#core/reporting/report.js';
import { reportCsv } from '#core/reporting/report-csv.js';
import { reportPage } from '#core/reporting/report-page.js';
import { plainOf } from '#core/wire/plain.js';
import { askAndPrint } from './ask-and-print.js';
import { GetReport } from './procedures.js';

interface Options {
  at: string;
  year: string;
  csv?: string;
  html?: string;
}

/** juki report: what an office's log comes to in figures. */
export function reportCommand(): Command {
  return new Command('report')
    .description('what the log of an office comes to in a fiscal year, from 1 April')
    .addCommand(kindCommand('provisions', 'the yearly publication: what was given to whom, how often'))
    .addCommand(kindCommand('council', "a municipality's report to its council"))
    .addCommand(kindCommand('operations', 'statistics for an external audit'));
}

function kindCommand(kind: string, what: string): Command {
  return new Command(kind)
    .description(what)
    .requiredOption('--at <office>', 'the office')
    .requiredOption('--year <year>', '2016 is 1 April 2016 to 31 March 2017')
    .option('--csv <file>', 'write it as CSV')
    .option('--html <file>', 'write it as a page')
    .action(({ at, year, ...files }: Options, command: Command) =>
      askAndPrint(command, {
        ...{ at, procedure: GetReport, request: { kind: kind.toUpperCase(), fiscalYear: Number(year) } },
        tell: (answer) => {
          const { report } = plainOf(GetReport.answer, answer) as { report: Report };
          return written(report, files) || tableOf(report);
        },
      }),
    );
}

/** @returns which files there are now; empty where none was asked for */
function written(report: Report, { csv, html }: Pick<Options, 'csv' | 'html'>): string {
  if (csv !== undefined) writeFileSync(csv, reportCsv(report));
  if (html !== undefined) writeFileSync(html, reportPage(report));
  return [csv, html].flatMap((file) => (file === undefined ? [] : `written: ${file}`)).join('\n');
}

/** A terminal is narrow: months of which there is nothing to tell are left out. */
function tableOf({ title, columns, rows, facts, checkpoint }: Report): string {
  const isNothing = (cell: Cell | undefined) => cell !== undefined && 'count' in cell && cell.count === 0;
  const told = columns.flatMap((_, i) => {
    const isTold = i === columns.length - 1 || rows.some(({ cells }) => !isNothing(cells[i]));
    return isTold ? [i] : [];
  });
  const head = told.flatMap((i) => columns[i]?.en ?? []);
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...rows.map(({ cells }) => told.flatMap((i) => cells.slice(i, i + 1).map(textOf))));
  const known = facts.map(({ what, value }) => `${bothOf(what)}: ${value}`);
  return [bothOf(title), table.toString(), ...known, '', checkpoint].join('\n');
}
