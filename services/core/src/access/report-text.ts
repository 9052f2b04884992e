import { japaneseDate } from '../domain/calendar-date.js';
import { type Caller, callerUri } from '../domain/caller.js';
import { timeOfDay, today } from '../domain/clock.js';
import { type LogExtract, leftOutOf, RESIDENT } from '../domain/log-extract.js';
import type { OfficeId } from '../domain/office.js';
import type { Network } from '../network.js';
import type { AccessLine } from './access-lines.js';
import type { AccessReport } from './access-report.js';

const RULE = '─'.repeat(36);

/** The report as the resident reads it: in Japanese, with the procedure's terms in English beside. Of nobody else. */
export function reportText(network: Network, report: AccessReport, lines: readonly AccessLine[]): string {
  const nameOf = (office: OfficeId) => (network.has(office) ? network.entry(office).name : office);
  const { askedAt, office, missing } = report;
  const asked = new Set(report.extracts.map(({ office: one }) => one));
  return [
    '　　　　本人確認情報等の取扱いの記録の開示　（Disclosure）',
    `${nameOf(office)}　${japaneseDate(today({ now: () => askedAt }))}`,
    `確認した記録: ${[...asked].map(nameOf).join('、')}`,
    ...missing.map(({ office: silent, reason }) => `確認できなかった記録: ${nameOf(silent)} (${reason})`),
    ...report.extracts.flatMap((extract) => earlierLine(extract, nameOf)),
    RULE,
    ...lines.flatMap((line, i) => [...linesOf(line, i + 1, nameOf), RULE]),
    '',
  ].join('\n');
}

/** Their numbers say that there were such. */
function earlierLine(extract: LogExtract, nameOf: NameOf): string[] {
  const leftOut = leftOutOf(extract);
  return leftOut === 0
    ? []
    : [`${nameOf(extract.office)}の以前の記録 ${leftOut} 件は含まれません (earlier entries, not included)`];
}

type NameOf = (office: OfficeId) => string;

function linesOf(line: AccessLine, nth: number, nameOf: NameOf): string[] {
  const { at, what, procedure, purpose, outcome, loggedBy, notLoggedBy } = line;
  const clock = { now: () => new Date(at) };
  return [
    `${nth}. ${japaneseDate(today(clock))} ${timeOfDay(clock)}　${what ? `${what.ja} (${what.en})` : procedure}`,
    `　取扱者　${whoAsked(line, nameOf)}`,
    `　目的　　${purpose}${what ? `　[${what.basis}]` : ''}`,
    `　提供　　${outcome === 'OK' ? (what?.given ?? '-') : '-'}`,
    `　結果　　${outcome ?? '(no answer yet)'}`,
    `　記録　　${loggedBy.map(nameOf).join('、')}`,
    ...(notLoggedBy ? [`　注意　　${nameOf(notLoggedBy)}の記録にありません (missing from its log)`] : []),
  ];
}

function whoAsked({ by, operator, role, isAutomatic }: AccessLine, nameOf: NameOf): string {
  if (!by) return '不明 (unknown)';
  if (by.kind === 'operator' && operator === RESIDENT) return '本人 (the resident, at a terminal)';
  if (by.kind === 'agency') return `${callerUri(by)} (agency)`;
  return isAutomatic
    ? `${nameOf(by.office)} (automatic)`
    : `${nameOf(by.office)}の職員 ${who(by, operator)} (${role ?? 'operator'})`;
}

function who(by: Exclude<Caller, { kind: 'agency' }>, operator: string | null): string {
  return by.kind === 'operator' ? by.name : (operator ?? '');
}
