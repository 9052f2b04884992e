/** Variants that people write for the plain character, and the plain character. */
const VARIANTS: Record<string, string> = {
  髙: '高',
  﨑: '崎',
  嵜: '崎',
  𠮷: '吉',
  邊: '辺',
  邉: '辺',
  齋: '斎',
  齊: '斉',
  濵: '浜',
  濱: '浜',
  桒: '桑',
  栁: '柳',
  德: '徳',
  曻: '昇',
};

/**
 * Whether two written names can be the same name: spaces, variation sequences, width and well-known variants aside.
 * For comparing only; a name is stored and printed as its record has it.
 */
export function sameName(one: string, other: string): boolean {
  return plainForm(one) === plainForm(other);
}

/** Whether somebody answers to a name; a foreign resident's common name goes with the name. */
export function goesBy({ name, commonName }: { name: string; commonName: string | null }, wanted: string): boolean {
  return sameName(name, wanted) || (commonName !== null && sameName(commonName, wanted));
}

/** The form in which names are compared and found. Never stored in the place of a name, and never shown. */
export function plainForm(name: string): string {
  const bare = name.normalize('NFKC').replace(/\s|\p{Variation_Selector}/gu, '');
  return [...bare]
    .map((character) => VARIANTS[character] ?? character)
    .join('')
    .toLowerCase();
}
