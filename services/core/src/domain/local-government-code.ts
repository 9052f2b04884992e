const WEIGHTS = [6, 5, 4, 3, 2];

/** 全国地方公共団体コード: six digits, the last one a check digit. A string: leading zeros stay. */
export type LocalGovernmentCode = string;

export function isLocalGovernmentCode(text: string): text is LocalGovernmentCode {
  return /^[0-9]{6}$/.test(text) && Number(text[5]) === checkDigit(text);
}

export function isPrefectureCode(text: string): boolean {
  return isLocalGovernmentCode(text) && text.slice(2, 5) === '000';
}

function checkDigit(code: string): number {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(code[i]), 0);
  return (11 - (sum % 11)) % 10;
}
