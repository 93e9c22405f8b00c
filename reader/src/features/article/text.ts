/** The text of an article as elements: taken over from the server's page or fetched, with real addresses in it. */

import { formatPlace } from '../../book/address';
import { textDirection } from '../../book/order';
import type { ArticleEntry } from '../../contract/manifest';
import type { ReaderContext } from '../../store/context';
import { direction, language, t, tn } from '../../strings';
import { element } from '../../ui/dom';

const KEPT = 3; // articles whose elements are kept

const texts = new WeakMap<ReaderContext, Map<string, Promise<HTMLElement>>>();

/** The article's element; the same one each time, so that places and marks in it stay. */
export function articleText(context: ReaderContext, entry: ArticleEntry): Promise<HTMLElement> {
  const kept = texts.get(context) ?? new Map<string, Promise<HTMLElement>>();
  texts.set(context, kept);
  let text = kept.get(entry.id);
  if (!text) {
    text = make(context, entry);
    text.catch(() => kept.delete(entry.id));
  }
  kept.delete(entry.id);
  kept.set(entry.id, text);
  const oldest = kept.keys().next().value;
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return text;
}

async function make(context: ReaderContext, entry: ArticleEntry): Promise<HTMLElement> {
  const written = context.element.querySelector<HTMLElement>(`.frame-article .article-text[data-article="${CSS.escape(entry.id)}"]`);
  if (written) return written;
  const { manifest } = context.book;
  const part = element('article', { class: 'article-text', 'data-article': entry.id, dir: textDirection(manifest) });
  if (manifest.language !== 'und') part.lang = manifest.language;
  // The article's title is the first heading of what is read.
  part.innerHTML = (await context.client.article(entry)).replace(/<(\/?)h([2-6])\b/g, (_, end: string, level: string) => `<${end}h${Number(level) - 1}`);
  if (!part.querySelector('h1')) part.prepend(element('h1', {}, entry.title));
  give(context, part);
  return part;
}

/** Links and pictures get the addresses that the fragment only names. */
function give(context: ReaderContext, part: HTMLElement): void {
  const { home, client, book } = context;
  for (const link of part.querySelectorAll('a[href]')) {
    const [, kind, name] = /^(page|article):([\w-]+)$/.exec(link.getAttribute('href') ?? '') ?? [];
    if (kind === 'page') link.setAttribute('href', formatPlace({ page: Number(name) }, home, location.search));
    const article = kind === 'article' ? book.manifest.articles.find((each) => each.id === name)?.slug : undefined;
    if (article) link.setAttribute('href', formatPlace({ article }, home));
  }
  for (const page of part.querySelectorAll<HTMLElement>('.page-mark')) {
    // For eyes only: in the middle of a sentence a screen reader would stumble over every number.
    page.dataset.label = page.getAttribute('aria-label') ?? '';
    page.removeAttribute('aria-label');
    page.removeAttribute('role');
  }
  for (const image of part.querySelectorAll<HTMLImageElement>('img[src^="figure:"]')) {
    image.loading = 'lazy';
    image.decoding = 'async';
    image.src = client.figure(image.getAttribute('src')!.slice('figure:'.length));
  }
}

/** The line above the title: section, pages, reading time; in the language of the tools. */
export function placeLine(context: ReaderContext, entry: ArticleEntry, hasKicker: boolean): HTMLElement {
  const section = hasKicker ? '' : entry.section; // a kicker names the section where the title stands
  return element('p', { class: 'article-place', lang: language(), dir: direction() },
    section ? element('strong', { dir: 'auto' }, section) : null, section ? ' ' : null, element('span', {}, whereOf(context, entry.pages)),
    entry.minutes ? ' ' : null, entry.minutes ? element('span', {}, tn('{count} minute', '{count} minutes', entry.minutes)) : null);
}

/** "Pages 8–11, 24", by the numbers printed on them. */
function whereOf(context: ReaderContext, pages: readonly number[]): string {
  const label = (page: number): string => context.book.label(page) || String(page);
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  if (pages.length === 1) return t('Page {label}', { label: label(pages[0]!) });
  if (runs.length === 1) return t('Pages {first}–{last}', { first: label(runs[0]![0]), last: label(runs[0]![1]) });
  return t('Pages {labels}', { labels: runs.map(([from, to]) => (from === to ? label(from) : `${label(from)}–${label(to)}`)).join(', ') });
}
