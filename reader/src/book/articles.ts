/** The articles of an edition: which is meant, which stand on a page. No DOM. */

import type { ArticleEntry, Manifest } from '../contract/manifest';

/** The article of a slug; null if there is none or it stands on no page. */
export const articleOf = (manifest: Manifest, slug: string): ArticleEntry | null =>
  manifest.articles.find((article) => article.slug === slug && article.pages.length > 0) ?? null;

export const articlesOn = (manifest: Manifest, pages: readonly number[]): readonly ArticleEntry[] =>
  manifest.articles.filter((article) => article.pages.some((page) => pages.includes(page)));
