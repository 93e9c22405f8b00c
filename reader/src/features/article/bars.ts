/** The bars of the article view: above, the way back and the tools; below, the neighbours and how much is left. */

import { articleOf } from '../../book/articles';
import { pageOfBlock } from '../../book/address';
import { neighbour } from '../../book/order';
import type { ReaderContext } from '../../store/context';
import type { ReaderState } from '../../store/state';
import { t, tn } from '../../strings';
import { button, rename } from '../../ui/button';
import { element } from '../../ui/dom';
import { pageLabel } from '../../ui/edition';
import { BACK } from './icons';
import { articleTools } from './tools';

interface Bar {
  readonly part: HTMLElement;
  readonly update: (state: ReaderState) => void;
}

/** The page that a place in an article stands on. */
export function pageOf(context: ReaderContext, state: ReaderState): number {
  return pageOfBlock(state.block) || articleOf(context.book.manifest, state.article)?.pages[0] || state.page;
}

/** The bar above. */
export function topBar(context: ReaderContext, leave: () => void): Bar {
  const page = element('span', { class: 'button-name' });
  const back = button({ icon: BACK, label: t('Back to the page'), keys: 'Escape', class: 'article-back', run: leave });
  back.append(page);
  const tools = articleTools(context);
  const title = element('p', { class: 'article-bar-title', dir: 'auto', 'aria-hidden': 'true' });
  return {
    part: element('header', { class: 'article-bar' }, back, title, tools.part),
    update: (state) => {
      const label = t('Page {label}', { label: pageLabel(context, pageOf(context, state)) });
      page.textContent = label;
      rename(back, BACK, `${label}: ${t('Back to the page')}`, 'Escape');
      title.textContent = articleOf(context.book.manifest, state.article)?.title ?? '';
      tools.update(state);
    },
  };
}

/** The bar below. `read` is told how far the text is read. */
export function footBar(context: ReaderContext): Bar & { readonly read: (share: number) => void } {
  const go = (step: 1 | -1) => (): void => turn(context, step);
  const previous = button({ icon: 'previous', label: t('Previous article'), run: go(-1) });
  const next = button({ icon: 'next', label: t('Next article'), run: go(1) });
  const left = element('p', { class: 'article-left' });
  let shown = '';
  return {
    part: element('footer', { class: 'article-foot' }, element('nav', { class: 'foot', dir: context.book.direction, 'aria-label': t('Previous and next article') }, previous, left, next)),
    update: (state) => {
      previous.disabled = !neighbour(context.book.manifest, state.article, -1);
      next.disabled = !neighbour(context.book.manifest, state.article, 1);
    },
    read: (share) => {
      const minutes = articleOf(context.book.manifest, context.store.state.article)?.minutes ?? 0;
      const rest = Math.ceil(minutes * (1 - share) - 0.05);
      const text = share >= 1 ? t('Read to the end') : rest > 0 ? tn('{count} minute left', '{count} minutes left', rest) : t('{count}%', { count: Math.round(share * 100) });
      if (text === shown) return;
      shown = text;
      left.textContent = text;
    },
  };
}

/** Go on to the article after (1) or back to the one before (-1). */
export function turn(context: ReaderContext, step: 1 | -1): void {
  const to = neighbour(context.book.manifest, context.store.state.article, step);
  if (to) context.store.dispatch({ type: 'article', article: to.slug });
}
