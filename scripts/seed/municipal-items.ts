import { addYears, type CalendarDate, japaneseDate } from '#core/domain/calendar-date.js';
import { ageOn, latest, TODAY } from './days.js';
import type { Member } from './family-members.js';
import type { Random } from './random.js';
import type { Residence } from './settlement.js';

/** Whoever had lived here by then is on the roll of March 2016. */
const ON_THE_ROLL_IF_RESIDENT_BY: CalendarDate = '2015-12-01';
const NATIONAL_HEALTH_INSURANCE_FOR_ALL: CalendarDate = '1961-04-01';
const MEDICAL_CARE_FOR_THE_ELDERLY: CalendarDate = '2008-04-01';

/** Items 9 to 12 of everybody in a household, in the order of its members. */
export function drawMunicipalItems(random: Random, members: Member[], residences: Residence[]): string[] {
  const selfEmployed = random.chance(0.35);
  const pension = selfEmployed ? '国民年金 第1号' : '国民年金 第2号';
  const recipient = members.find((member) => isBringingUp(member, members));
  return members.map((member, i) => {
    const since = residences[i]?.becameResidentOn ?? member.birthDate;
    const items = {
      '9': isOnTheRoll(member, since) ? '登載' : undefined,
      '10': insurance(member, since, selfEmployed),
      '11': isOfPensionAge(member) ? pensionOf(member, pension, random) : undefined,
      '12': member === recipient ? '児童手当 受給' : undefined,
    };
    return JSON.stringify(items);
  });
}

function isOnTheRoll({ foreign, birthDate }: Member, since: CalendarDate): boolean {
  return foreign === null && ageOn(TODAY, birthDate) >= 20 && since <= ON_THE_ROLL_IF_RESIDENT_BY;
}

function insurance({ birthDate }: Member, since: CalendarDate, selfEmployed: boolean): string | undefined {
  if (ageOn(TODAY, birthDate) >= 75) {
    const from = latest(since, addYears(birthDate, 75), MEDICAL_CARE_FOR_THE_ELDERLY);
    return `後期高齢者医療 資格取得 ${japaneseDate(from)} 介護保険 第1号`;
  }
  const from = latest(since, NATIONAL_HEALTH_INSURANCE_FOR_ALL);
  const health = selfEmployed ? [`国民健康保険 資格取得 ${japaneseDate(from)}`] : [];
  const care = ageOn(TODAY, birthDate) >= 65 ? ['介護保険 第1号'] : [];
  return [...health, ...care].join(' ') || undefined;
}

function isOfPensionAge({ birthDate }: Member): boolean {
  const age = ageOn(TODAY, birthDate);
  return age >= 20 && age < 60;
}

/** A spouse of an employee can be insured through them. */
function pensionOf({ relationship }: Member, pension: string, random: Random): string {
  const dependent = /[妻夫]/.test(relationship) && pension.endsWith('第2号') && random.chance(0.4);
  return dependent ? '国民年金 第3号' : pension;
}

/** Child allowance goes to one parent until the March after a child's fifteenth birthday. */
function isBringingUp(member: Member, members: Member[]): boolean {
  const path = member.relationship === '子' ? '子の子' : '子';
  const isParent = ['世帯主', '子'].includes(member.relationship);
  return isParent && members.some((other) => other.relationship === path && other.birthDate >= '2001-04-02');
}
