/** Which article an entry of the contents means. */

import type { ArticleEntry, Manifest } from '../../contract/manifest';

/** The article that begins on the entry's page and bears its name, or one that goes on from it. */
export function articleNamed(manifest: Manifest, title: string, page: number): ArticleEntry | null {
  const wanted = plain(title);
  const there = beginning(manifest, page);
  return there.find((article) => plain(article.title) === wanted) ?? there.find((article) => wanted && plain(article.title).startsWith(`${wanted} `)) ?? null;
}

/** The article of that name, else the only one that begins on the entry's page. */
export function articleFor(manifest: Manifest, title: string, page: number): ArticleEntry | null {
  const there = beginning(manifest, page);
  return articleNamed(manifest, title, page) ?? (there.length === 1 ? there[0]! : null);
}

const beginning = (manifest: Manifest, page: number): ArticleEntry[] => manifest.articles.filter((article) => article.pages[0] === page);

const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
