import { japaneseDate } from '../domain/calendar-date.js';
import { askerId, type Caller } from '../domain/caller.js';
import { timeOfDay, today } from '../domain/clock.js';
import { type LogExtract, leftOutOf, RESIDENT } from '../domain/log-extract.js';
import type { OfficeId } from '../domain/office.js';
import { givenWording, OCCASION_WORDINGS, purposeBasis, purposeWording } from '../domain/provision/purpose-wording.js';
import { METHODS } from '../domain/provision-kind.js';
import { withEnglish } from '../domain/wording.js';
import type { Network } from '../network.js';
import type { AccessLine, LineProvision } from './access-lines.js';
import type { AccessReport } from './access-report.js';

const RULE = '─'.repeat(36);

/** The report as the resident reads it: in Japanese, with the procedure's terms in English beside. Of nobody else. */
export function reportText(network: Network, report: AccessReport, lines: readonly AccessLine[]): string {
  const nameOf = (office: OfficeId) => (network.has(office) ? network.entry(office).name : office);
  const told = (line: AccessLine, nth: number) => linesOf(line, { nth, network, nameOf });
  const { askedAt, office, missing } = report;
  const asked = new Set(report.extracts.map(({ office: one }) => one));
  return [
    '　　　　本人確認情報等の取扱いの記録の開示　（Disclosure）',
    `${nameOf(office)}　${japaneseDate(today({ now: () => askedAt }))}`,
    `確認した記録: ${[...asked].map(nameOf).join('、')}`,
    ...missing.map(({ office: silent, reason }) => `確認できなかった記録: ${nameOf(silent)} (${reason})`),
    ...report.extracts.flatMap((extract) => earlierLine(extract, nameOf)),
    RULE,
    ...lines.flatMap((line, i) => [...told(line, i + 1), RULE]),
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

interface Telling {
  nth: number;
  network: Network;
  nameOf: NameOf;
}

function linesOf(line: AccessLine, { nth, network, nameOf }: Telling): string[] {
  const { at, what, procedure, outcome, provision, loggedBy, notLoggedBy } = line;
  const clock = { now: () => new Date(at) };
  return [
    `${nth}. ${japaneseDate(today(clock))} ${timeOfDay(clock)}　${what ? `${what.ja} (${what.en})` : procedure}`,
    ...(provision ? provisionLines(line, provision, network) : accountLines(line, network, nameOf)),
    `　結果　　${outcome ?? '(no answer yet)'}`,
    `　記録　　${loggedBy.map(nameOf).join('、')}`,
    ...(notLoggedBy ? [`　注意　　${nameOf(notLoggedBy)}の記録にありません (missing from its log)`] : []),
  ];
}

function accountLines(line: AccessLine, network: Network, nameOf: NameOf): string[] {
  const { what, purpose, outcome } = line;
  return [
    `　取扱者　${whoAsked(line, network, nameOf)}`,
    `　目的　　${purpose}${what ? `　[${what.basis}]` : ''}`,
    `　提供　　${outcome === 'OK' ? (what?.given ?? '-') : '-'}`,
  ];
}

/** Regulations 21, 27: function class, occasion, business class, source, recipient, information given. */
function provisionLines({ operator, answering }: AccessLine, told: LineProvision, network: Network): string[] {
  const { method, occasion, statutoryPurpose, recipient, given } = told;
  const purpose = network.purpose(statutoryPurpose);
  const to = recipient ? network.titled(askerId(recipient)) : '不明 (unknown)';
  return [
    `　区分　　${withEnglish(METHODS[method])}`,
    `　事由　　${withEnglish(OCCASION_WORDINGS[occasion])}`,
    `　事務　　${purpose ? `${withEnglish(purposeWording(purpose))}　[${purposeBasis(purpose).ja}]` : statutoryPurpose}`,
    `　提供元　${network.titled(answering)}`,
    `　提供先　${to}　${operator ?? ''}`,
    `　提供　　${withEnglish(givenWording(given))}`,
  ];
}

function whoAsked({ by, operator, role, isAutomatic }: AccessLine, network: Network, nameOf: NameOf): string {
  if (!by) return '不明 (unknown)';
  if (by.kind === 'operator' && operator === RESIDENT) return '本人 (the resident, at a terminal)';
  if (by.kind === 'agency') return `${network.titled(askerId(by))} ${operator ?? ''}`;
  return isAutomatic
    ? `${nameOf(by.office)} (automatic)`
    : `${nameOf(by.office)}の職員 ${who(by, operator)} (${role ?? 'operator'})`;
}

function who(by: Exclude<Caller, { kind: 'agency' }>, operator: string | null): string {
  return by.kind === 'operator' ? by.name : (operator ?? '');
}
