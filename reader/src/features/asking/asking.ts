/** Offers the forms that belong to a page once readers see it: a note that can be closed, never in the way of reading. */

import './asking.css';

import type { OverlayEntry } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { direction, language, t } from '../../strings';
import { element, uniqueId } from '../../ui/dom';
import { rememberAsked, wasAsked } from '../../ui/preferences';

/** Show the note for the pages in sight; answers what to call when others are. */
export function mountAsking(context: ReaderContext, forms: readonly OverlayEntry[]): (pages: readonly number[]) => void {
  let shown: { id: string; part: HTMLElement } | null = null;
  const close = (): void => {
    const held = shown?.part.contains(document.activeElement);
    shown?.part.remove();
    shown = null;
    if (held) context.stage.focus();
  };
  context.element.addEventListener('masthead-asked', (event) => (event as CustomEvent<string>).detail === shown?.id && close());
  return (pages) => {
    const one = forms.find((form) => pages.includes(form.page) && !wasAsked(form.id));
    if (one?.id === shown?.id) return;
    close();
    if (!one) return;
    shown = { id: one.id, part: note(context, one, () => { rememberAsked(one.id); close(); }) };
    context.element.querySelector('.notices')?.append(shown.part);
  };
}

function note(context: ReaderContext, one: OverlayEntry, dismiss: () => void): HTMLElement {
  const { manifest } = context.book;
  const heading = element('p', { id: uniqueId('asked'), class: 'asked-title', dir: 'auto', lang: manifest.language === 'und' ? null : manifest.language }, one.title);
  const open = (): void => context.store.dispatch({ type: 'overlay', overlay: one.id });
  return element('section', { class: 'asked', 'aria-labelledby': heading.id, lang: language(), dir: direction() },
    heading,
    element('div', { class: 'asked-ways' },
      element('button', { type: 'button', class: 'button button-solid', 'aria-haspopup': 'dialog', onclick: open }, t('Fill it in')),
      element('button', { type: 'button', class: 'button button-outline', onclick: dismiss }, t('Not now'))));
}
