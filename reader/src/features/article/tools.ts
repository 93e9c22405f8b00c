/** The tools of the article view: all in a row where there is room, else the rarer ones in a menu at its end. */

import type { ReaderContext } from '../../store/context';
import type { PanelName, ReaderState } from '../../store/state';
import { direction, t } from '../../strings';
import { toggleAloud } from '../../ui/article';
import { button, rename } from '../../ui/button';
import { cart } from '../../ui/cart';
import { comments, offers, PANELS, share, togglePanel } from '../../ui/commands';
import { element, setAttribute } from '../../ui/dom';
import { menuFor, type MenuItem } from '../../ui/menu';
import { actOnNotes, isBookmarked, noteItems } from '../../ui/notes';
import { rove } from '../../ui/roving';
import { cartTool, showPressed } from '../../ui/toolbar';
import { ALOUD } from './icons';

/** The row; in a narrow window those of class `is-spare` give way to the menu (article_view.css). */
export function articleTools(context: ReaderContext): { readonly part: HTMLElement; readonly update: (state: ReaderState) => void } {
  const spare: PanelName[] = ['contents', 'search', ...(share(context) ? (['share'] as const) : []), ...(comments(context) ? (['comments'] as const) : [])];
  const panels = new Map([...spare, 'text' as const].map((name) => [name, panelTool(context, name, name !== 'text')]));
  const mark = button({ icon: 'bookmark', label: t('Bookmark this page'), keys: 'B', class: 'is-spare', run: () => actOnNotes(context, 'bookmark') });
  const notes = menuFor(button({ icon: 'annotate', label: t('Highlight and write'), run: () => undefined }), t('Highlight and write'), () => noteItems(context, true));
  const aloud = offers(context, 'aloud') ? button({ icon: ALOUD, label: t('Read aloud'), keys: 'L', run: () => toggleAloud(context) }) : null;
  const basket = cart(context) ? cartTool(context) : null;
  const item = (name: PanelName): MenuItem => ({ label: t(PANELS[name].name), icon: PANELS[name].icon, run: () => context.store.dispatch({ type: 'panel', panel: name }) });
  const more = menuFor(button({ icon: 'more', label: t('More'), run: () => undefined }), t('More'), () => spare.map(item));
  more.classList.add('article-more');
  const part = element('div', { class: 'tools', role: 'toolbar', 'aria-label': t('Tools') }, panels.get('contents'), panels.get('search'), mark, notes, aloud, panels.get('text'), panels.get('share'), panels.get('comments'), basket?.part, more);
  const settle = rove(part, () => [...part.querySelectorAll<HTMLElement>('.button')], direction);
  addEventListener('resize', settle);
  return {
    part,
    update: (state) => {
      const isOn = isBookmarked(state);
      rename(mark, isOn ? 'bookmarked' : 'bookmark', isOn ? t('Remove the bookmark') : t('Bookmark this page'), 'B');
      setAttribute(mark, 'aria-pressed', String(isOn));
      basket?.update(state);
      if (!part.querySelector('.button[tabindex="0"]')) settle(); // it was made while nothing of it was shown
      for (const tool of panels.values()) showPressed(tool, state.panel);
    },
  };
}

function panelTool(context: ReaderContext, name: PanelName, isSpare: boolean): HTMLButtonElement {
  const { icon, name: label, keys } = PANELS[name];
  const made = button({ icon, label: t(label), keys, class: isSpare ? 'is-spare' : '', run: () => togglePanel(context, name) });
  made.dataset.panel = name;
  setAttribute(made, 'aria-expanded', 'false');
  // A press must not take away the words that are selected: they may be what is shared.
  if (name === 'share') made.addEventListener('pointerdown', (event) => event.preventDefault());
  return made;
}
