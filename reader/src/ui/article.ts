/** The door to the article view: loads it when somebody reads an article as text, and not before. */

import type { ReaderContext } from '../store/context';
import { articlesOn } from '../book/articles';
import type { ReaderState } from '../store/state';
import { t } from '../strings';
import { visiblePages } from './edition';
import type { Update } from './toolbar';

const feature = (): Promise<typeof import('../features/article/article')> => import('../features/article/article');

/** Whether an article can be read from the pages that are shown. */
export const hasArticle = (context: ReaderContext, state: ReaderState): boolean =>
  articlesOn(context.book.manifest, visiblePages(context, state)).length > 0;

/** Read the article under the eye as text, or go back to its page. */
export function toggleArticle(context: ReaderContext): void {
  if (context.store.state.article) context.element.dispatchEvent(new CustomEvent('masthead-page'));
  else void load(context, () => feature().then(({ openUnderEye }) => openUnderEye(context)));
}

/** Read aloud from the place that is seen; pause or go on if that has begun; `end` it. */
export function toggleAloud(context: ReaderContext, end = false): void {
  void load(context, () => feature().then(({ toggle, stop }) => (end ? stop(context) : toggle(context))));
}

/** Follow the state's article; and the block that an address names on a page. */
export function mountArticle(context: ReaderContext): Update {
  let asked = '';
  let marked = '';
  let finger = false; // the click itself does not say so in every browser
  const head = (event: MouseEvent): void => {
    if (!finger || !(event.target as Element).closest('.word')) return;
    void load(context, () => feature().then(({ openHeadline }) => openHeadline(context, event)));
  };
  const stage = context.element.querySelector<HTMLElement>('.reader-stage');
  stage?.addEventListener('pointerdown', (event) => (finger = event.pointerType === 'touch'));
  stage?.addEventListener('click', head);
  return (state) => {
    if (state.article && !asked) {
      asked = state.article;
      void load(context, () => feature().then(({ mountView }) => mountView(context)), () => {
        asked = '';
        // What the server wrote of the article makes room for its page.
        delete context.element.dataset.article;
        context.element.querySelectorAll(':scope > [class^="frame-"]').forEach((part) => part.remove());
        context.store.dispatch({ type: 'go', page: context.store.state.page });
      });
    }
    if (!state.article && state.block && state.block !== marked) {
      void load(context, () => feature().then(({ showSpot }) => showSpot(context, state.block)));
    }
    marked = state.article ? '' : state.block;
  };
}

async function load(context: ReaderContext, task: () => Promise<void>, failed?: () => void): Promise<void> {
  try {
    await task();
  } catch {
    failed?.();
    context.store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
  }
}
