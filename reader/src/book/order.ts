/** The order of articles in an edition, and which way their text runs. No DOM. */

import type { ArticleEntry, Manifest } from '../contract/manifest';

/** The article before (-1) or after (1) one in the order of the edition. */
export function neighbour(manifest: Manifest, slug: string, step: 1 | -1): ArticleEntry | null {
  const at = manifest.articles.findIndex((article) => article.slug === slug);
  return at < 0 ? null : (manifest.articles[at + step] ?? null);
}

// Scripts that run from the right, by the languages of the Unicode CLDR that are written in them.
const FROM_RIGHT = /^(ar|arc|azb|ckb|dv|fa|he|ks|lrc|mzn|nqo|pnb|ps|sd|syr|ug|ur|yi)(-|$)/i;

/** Which way the text runs: as its script does, which need not be the side that the edition is bound on. */
export const textDirection = (manifest: Manifest): 'ltr' | 'rtl' =>
  manifest.language === 'und' ? manifest.direction : FROM_RIGHT.test(manifest.language) ? 'rtl' : 'ltr';
