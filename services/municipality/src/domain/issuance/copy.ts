import { type CalendarDate, japaneseDate } from '#core/domain/calendar-date.js';
import type { LocalGovernmentCode } from '#core/domain/local-government-code.js';
import type { CopyRecord } from './copy-record.js';

/** A municipality, as a copy names it. */
export interface NamedMunicipality {
  code: LocalGovernmentCode;
  name: string;
}

/** 住民票の写し, made for a resident of another municipality. */
export interface Copy {
  records: CopyRecord[];
  issuing: NamedMunicipality;
  home: NamedMunicipality;
  issuedOn: CalendarDate;
  /** By the ordinance of the issuing municipality, in yen. */
  feeYen: number;
  /** That it was made from data notified by the home mayor (Order 15-4). */
  statement: string;
}

/** Makes the copy out of home's answer and nothing else. */
export function makeCopy(parts: Omit<Copy, 'statement'>): Copy {
  const { home, issuing, issuedOn } = parts;
  const statement =
    `この写しは、${mayorOf(home)}から通知された事項に基づいて作成したものである。\n` +
    `${japaneseDate(issuedOn)}　${mayorOf(issuing)}`;
  return { ...parts, statement };
}

/** 文京区長, 国立市長, 矢祭町長 */
function mayorOf({ name }: NamedMunicipality): string {
  return `${name}長`;
}
