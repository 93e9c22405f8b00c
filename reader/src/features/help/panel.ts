/** The help sheet: what hand and keys can do, and the guide once more. */

import type { ReaderContext } from '../../store/context';
import { t } from '../../strings';
import { button } from '../../ui/button';
import { cart } from '../../ui/cart';
import { element } from '../../ui/dom';
import type { Panel } from '../../ui/panels';
import { KEYS } from './keys';
import { showGuide } from './guide';

/** In an edition bound on the right the arrows lead the other way. */
const MIRRORED: Readonly<Record<string, string>> = { '→': '←', '←': '→' };

/** Open the help sheet. */
export function open(context: ReaderContext): Panel {
  const tables = KEYS.map((group) =>
    element('table', { class: 'keys' }, element('caption', {}, t(group.name)),
      element('tbody', {}, ...group.rows.filter(([, does]) => does !== 'Cart' || cart(context)).map(([keys, does]) =>
        element('tr', {}, element('th', { scope: 'row' }, t(does)),
          element('td', {}, ...keys.map((key) => element('kbd', { dir: 'ltr' }, context.book.direction === 'rtl' ? (MIRRORED[key] ?? key) : key))))))));
  return {
    content: element('div', { class: 'help' },
      element('h3', { class: 'panel-section' }, t('With mouse or finger')),
      element('ul', { class: 'help-list' },
        ...[
          t('Take a corner of the page and turn it, or swipe.'),
          t('Double-click or double-tap to look closer; pinch or turn the wheel with Ctrl held for any size.'),
          t('Drag a page that is larger than the window. Select words as in any text.'),
          t('Tap a headline to read its article as text.'),
        ].map((line) => element('li', {}, line))),
      element('h3', { class: 'panel-section' }, t('With keys')),
      ...tables,
      element('div', { class: 'panel-actions' },
        button({ icon: 'help', label: t('Show the guide again'), named: true, class: 'button-outline', run: () => {
          context.store.dispatch({ type: 'panel', panel: null });
          showGuide(context);
        } }))),
  };
}
