/** The bar at the bottom: where one is in the edition, and the ways to the next page. */

import type { ReaderContext } from '../store/context';
import type { Action } from '../store/state';
import { t } from '../strings';
import { button } from './button';
import { element } from './dom';
import { atEnd, atStart } from './edition';
import { pageBox } from './page_box';
import { pageSlider } from './slider';
import { bottomBar, type Update } from './toolbar';

/** Fill the footer's place. On small windows it becomes the bar of tools. */
export function mountFooter(context: ReaderContext): Update {
  const send = (type: 'first' | 'previous' | 'next' | 'last') => () => context.store.dispatch({ type } as Action);
  const first = button({ icon: 'first', label: t('First page'), keys: 'Home', run: send('first') });
  const previous = button({ icon: 'previous', label: t('Previous page'), keys: 'PageUp', run: send('previous') });
  const next = button({ icon: 'next', label: t('Next page'), keys: 'PageDown', run: send('next') });
  const last = button({ icon: 'last', label: t('Last page'), keys: 'End', run: send('last') });
  const slider = pageSlider(context);
  const box = pageBox(context, 'foot-box');
  const bar = bottomBar(context);
  context.slots.footer.replaceChildren(
    // The way through the edition runs as its binding does, whatever the language of the tools.
    element('nav', { class: 'foot', dir: context.book.manifest.direction, 'aria-label': t('Pages') }, first, previous, slider.part, box.part, next, last),
    bar.part,
  );
  return (state) => {
    slider.update(state);
    box.update(state);
    bar.update(state);
    first.disabled = previous.disabled = atStart(context, state);
    last.disabled = next.disabled = atEnd(context, state);
  };
}
