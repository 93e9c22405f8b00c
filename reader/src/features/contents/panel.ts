/** The contents panel: the edition's own contents, or its articles where it has none; the current entry is marked. */

import { pageOfBlock } from '../../book/address';
import { articleOf } from '../../book/articles';
import type { ReaderContext } from '../../store/context';
import type { ReaderState } from '../../store/state';
import { t } from '../../strings';
import { compact, element } from '../../ui/dom';
import { pageLabel } from '../../ui/edition';
import { button } from '../../ui/button';
import type { Panel } from '../../ui/panels';
import { articleFor, articleNamed } from './named';

interface Entry {
  readonly title: string;
  readonly page: number;
  readonly children: readonly Entry[];
}

/** Open the contents. */
export function open(context: ReaderContext): Panel {
  const entries = entriesOf(context);
  const links: { link: HTMLElement; page: number }[] = [];
  const content = entries.length
    ? element('nav', { class: 'contents', 'aria-label': t('Contents'), dir: context.book.manifest.direction }, list(context, entries, links))
    : element('p', { class: 'panel-hint' }, t('This edition brings no contents. The pages show it at a glance.'));
  let marked: HTMLElement | null = null;
  return {
    content,
    focus: () => marked ?? links[0]?.link ?? null,
    update: (state) => {
      const current = currentEntry(links, pageNow(context, state));
      if (current === marked) return;
      marked?.removeAttribute('aria-current');
      current?.setAttribute('aria-current', 'true');
      current?.scrollIntoView({ block: 'nearest' });
      marked = current;
    },
  };
}

/** The page that is read: in an article the one that its place stands on. */
function pageNow(context: ReaderContext, state: ReaderState): number {
  if (!state.article) return state.page;
  return pageOfBlock(state.block) || articleOf(context.book.manifest, state.article)?.pages[0] || state.page;
}

/** The last entry that begins at or before a page; the deepest one where several begin together. */
export function currentEntry<Link>(links: readonly { link: Link; page: number }[], page: number): Link | null {
  let best: { link: Link; page: number } | null = null;
  for (const entry of links) {
    if (entry.page > 0 && entry.page <= page && (!best || entry.page >= best.page)) best = entry;
  }
  return best?.link ?? null;
}

function entriesOf(context: ReaderContext): readonly Entry[] {
  const { contents, articles } = context.book.manifest;
  if (contents.length) return contents;
  return articles.filter((article) => article.title && article.pages.length).map((article) => ({ title: article.title, page: article.pages[0]!, children: [] }));
}

function list(context: ReaderContext, entries: readonly Entry[], links: { link: HTMLElement; page: number }[]): HTMLElement {
  return element('ol', {}, ...entries.map((entry) => {
    const words = [element('span', { class: 'contents-title', dir: 'auto' }, entry.title)];
    if (entry.page > 0) words.push(element('span', { class: 'contents-page' }, pageLabel(context, entry.page)));
    const { manifest } = context.book;
    const article = entry.page > 0 ? articleFor(manifest, entry.title, entry.page) : null;
    const named = entry.page > 0 && articleNamed(manifest, entry.title, entry.page);
    const read = (): void => {
      context.store.dispatch({ type: 'article', article: article!.slug });
      if (compact()) context.store.dispatch({ type: 'panel', panel: null });
    };
    // Who reads articles goes on to an article, who reads pages to a page.
    const go = (): void => {
      if (article && context.store.state.article) return read();
      context.store.dispatch({ type: 'go', page: entry.page });
      if (compact()) context.store.dispatch({ type: 'panel', panel: null });
    };
    const asText = named && button({ icon: 'article', label: t('Read as an article: {title}', { title: entry.title }), class: 'contents-read', run: read });
    const link = entry.page > 0
      ? element('button', { type: 'button', class: 'contents-entry', onclick: go }, ...words)
      : element('span', { class: 'contents-entry' }, ...words);
    if (entry.page > 0) links.push({ link, page: entry.page });
    return element('li', {}, element('div', { class: 'contents-row' }, link, asText), entry.children.length ? list(context, entry.children, links) : null);
  }));
}
