/** The same in Japanese and in English. */
export interface Wording {
  ja: string;
  en: string;
}

/** Japanese, with the English in brackets. */
export function withEnglish({ ja, en }: Wording): string {
  return `${ja} (${en})`;
}

/** On one line, for where there is no room for two. */
export function bothOf({ ja, en }: Wording): string {
  return ja === en ? ja : `${ja} / ${en}`;
}
