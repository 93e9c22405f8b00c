/** The large buttons at both sides of the stage. */

import type { ReaderContext } from '../store/context';
import { t } from '../strings';
import { button } from './button';
import { element } from './dom';
import { atEnd, atStart } from './edition';
import type { Update } from './toolbar';

/** Put the buttons over the stage's sides; they show under the mouse and on focus. */
export function mountEdges(context: ReaderContext): { part: HTMLElement; update: Update } {
  const previous = button({ icon: 'previous', label: t('Previous page'), class: 'edge edge-previous', run: () => context.store.dispatch({ type: 'previous' }) });
  const next = button({ icon: 'next', label: t('Next page'), class: 'edge edge-next', run: () => context.store.dispatch({ type: 'next' }) });
  const part = element('div', { class: 'edges', dir: context.book.manifest.direction }, previous, next);
  return {
    part,
    update: (state) => {
      part.hidden = state.view === 'scroll' || state.status !== 'ready';
      for (const [edge, end] of [[previous, atStart(context, state)], [next, atEnd(context, state)]] as const) {
        // A focused button stays, so that nobody is thrown back to the top of the document.
        edge.setAttribute('aria-disabled', String(end));
        edge.tabIndex = end && document.activeElement !== edge ? -1 : 0;
      }
    },
  };
}
