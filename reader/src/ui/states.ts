/** What stands on the stage when there is no edition to show: gone, or not to be had right now. */

import type { ReaderContext } from '../store/context';
import type { ReaderState } from '../store/state';
import { t } from '../strings';
import { button } from './button';
import { element } from './dom';
import { icon } from './icons';
import type { Update } from './toolbar';

/** A screen for the states without pages; empty while there are some. */
export function mountStates(context: Pick<ReaderContext, 'element'>): { part: HTMLElement; update: Update } {
  const part = element('div', { class: 'state', hidden: true });
  let shown: ReaderState['status'] | null = null;
  return {
    part,
    update: (state) => {
      if (state.status === shown) return;
      shown = state.status;
      const bad = shown === 'gone' || shown === 'failed';
      part.hidden = !bad;
      context.element.toggleAttribute('data-stateful', bad);
      part.replaceChildren(...(bad ? [screen(shown === 'gone')] : []));
    },
  };
}

function screen(gone: boolean): HTMLElement {
  const title = gone ? t('This edition is no longer here') : t('The edition could not be opened');
  const words = gone
    ? t('The publisher has withdrawn or moved it. Perhaps a newer edition has taken its place.')
    : t('Either the connection was lost or the server is resting. Nothing on your side is broken.');
  return element(
    'div',
    { class: 'state-card', role: 'alert' },
    icon(gone ? 'gone' : 'offline'),
    element('h1', {}, title),
    element('p', {}, words),
    gone ? null : button({ icon: 'retry', label: t('Try again'), named: true, class: 'button-solid', run: () => location.reload() }),
  );
}
