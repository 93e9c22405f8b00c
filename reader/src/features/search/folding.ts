/** Makes words comparable: case, accents, ligatures and the letters that Unicode does not take apart. */

const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', þ: 'th', ł: 'l', ħ: 'h', ı: 'i', ŋ: 'n',
  ة: 'ه', ى: 'ي', ٱ: 'ا', ک: 'ك', ی: 'ي',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
// Marks, the soft hyphen, zero-width characters and the Arabic stretching line carry no meaning for a search.
const SILENT = /[\p{M}\u00ad\u0640\u200b-\u200f\u2060\ufeff]/gu;
const PLAIN = /^[a-z0-9]*$/;
const TERM = /[\p{L}\p{N}]+/gu;

/** A word as the search sees it: 'Ærø' is 'aero', 'ﬁnance' is 'finance', 'Straße' is 'strasse'. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower.normalize('NFKD').replace(SILENT, '').toLowerCase().replace(LETTER, (letter) => LETTERS[letter] ?? letter);
}

/** The terms of a text: runs of letters and digits, folded. 'Person-centred' has two. */
export function terms(text: string): string[] {
  return fold(text).match(TERM) ?? [];
}

/** Scripts written without spaces: their terms are looked for inside words as well. */
export function isUnspaced(term: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u.test(term);
}
