/** A sheet over the pages or the article that takes presses while a tool is in the hand, with a bar that says which. */

import type { ReaderContext } from '../../../store/context';
import { direction, language, t } from '../../../strings';
import { element } from '../../../ui/dom';

export interface Catcher {
  readonly sheet: HTMLElement;
  readonly bar: HTMLElement;
  readonly over: AbortSignal;
  end(): void;
}

/** Lay the sheet; it goes with Escape, its button, another tool or another view. */
export function layCatcher(context: ReaderContext, name: string, hint: string, ended: () => void): Catcher {
  const over = new AbortController();
  const sheet = element('div', { class: `notes-catcher notes-catcher-${name}` });
  const done = element('button', { type: 'button', class: 'button button-solid catcher-done', onclick: () => end() }, t('Done'));
  const bar = element('div', { class: `catcher-bar catcher-bar-${name}`, role: 'region', 'aria-label': hint, dir: direction(), lang: language() }, element('p', { class: 'catcher-hint', role: 'status' }, hint), done);
  const inArticle = context.store.state.article !== '';
  const shell = context.element.querySelector<HTMLElement>('.reader-shell')!;
  const end = (): void => {
    if (over.signal.aborted) return;
    over.abort();
    sheet.remove();
    bar.remove();
    stop();
    ended();
  };
  const stop = context.store.subscribe((state, before) => {
    if (state.tool !== before.tool || (state.article !== '') !== inArticle) end();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    end();
  }, { signal: over.signal, capture: true });
  sheet.toggleAttribute('data-article', inArticle);
  shell.append(sheet, bar);
  return { sheet, bar, over: over.signal, end };
}
