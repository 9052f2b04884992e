const WEIGHTS = [6, 5, 4, 3, 2];
/** The first two digits: 01 Hokkaido to 47 Okinawa. */
const PREFECTURES = 47;

/** 全国地方公共団体コード: six digits, the last one a check digit. A string: leading zeros stay. */
export type LocalGovernmentCode = string;

export function isLocalGovernmentCode(text: string): text is LocalGovernmentCode {
  const prefecture = Number(text.slice(0, 2));
  const isWellFormed = /^[0-9]{6}$/.test(text) && 1 <= prefecture && prefecture <= PREFECTURES;
  return isWellFormed && Number(text[5]) === checkDigit(text);
}

export function isPrefectureCode(text: string): boolean {
  return isLocalGovernmentCode(text) && text.slice(2, 5) === '000';
}

/** Whether two codes are of one prefecture. */
export function areOfOnePrefecture(one: LocalGovernmentCode, other: LocalGovernmentCode): boolean {
  return one.slice(0, 2) === other.slice(0, 2);
}

function checkDigit(code: string): number {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return (11 - (sum % 11)) % 10;
}
