/** The articles of an edition: which is meant, which stand on a page, which come before and after. No DOM. */

import type { ArticleEntry, Manifest } from '../contract/manifest';

/** The article of a slug; null if there is none or it stands on no page. */
export const articleOf = (manifest: Manifest, slug: string): ArticleEntry | null =>
  manifest.articles.find((article) => article.slug === slug && article.pages.length > 0) ?? null;

export const articlesOn = (manifest: Manifest, pages: readonly number[]): readonly ArticleEntry[] =>
  manifest.articles.filter((article) => article.pages.some((page) => pages.includes(page)));

/** The article before (-1) or after (1) one in the order of the edition. */
export function neighbour(manifest: Manifest, slug: string, step: 1 | -1): ArticleEntry | null {
  const at = manifest.articles.findIndex((article) => article.slug === slug);
  return at < 0 ? null : (manifest.articles[at + step] ?? null);
}

/** The article that an entry of the contents leads to: of its name, else the only one that begins on its page. */
export function articleFor(manifest: Manifest, title: string, page: number): ArticleEntry | null {
  const there = manifest.articles.filter((article) => article.pages[0] === page);
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return there.find((article) => plain(article.title) === plain(title)) ?? (there.length === 1 ? there[0]! : null);
}

// Scripts that run from the right, by the languages of the Unicode CLDR that are written in them.
const FROM_RIGHT = /^(ar|arc|azb|ckb|dv|fa|he|ks|lrc|mzn|nqo|pnb|ps|sd|syr|ug|ur|yi)(-|$)/i;

/** Which way the text runs: as its script does, which need not be the side that the edition is bound on. */
export const textDirection = (manifest: Manifest): 'ltr' | 'rtl' =>
  manifest.language === 'und' ? manifest.direction : FROM_RIGHT.test(manifest.language) ? 'rtl' : 'ltr';
