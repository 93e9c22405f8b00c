/** The guide of the first visit: four short cards beside what they speak of. It can be left at any moment. */

import type { ReaderContext } from '../../store/context';
import { direction, language, t } from '../../strings';
import { button } from '../../ui/button';
import { element, uniqueId } from '../../ui/dom';
import { rememberGuide } from '../../ui/preferences';

interface Card {
  readonly title: string;
  readonly text: string;
  /** What the card points at: the first of these that can be seen. */
  readonly at: string;
}

const cards = (): readonly Card[] => [
  { title: t('Turn the page'), text: t('Swipe, take a corner, press the arrow keys, or use the buttons at the sides.'), at: '.edge-next, .reader-stage' },
  { title: t('Look closer'), text: t('Double-click or pinch. The words stay sharp and can be selected and copied.'), at: '.reader-stage' },
  { title: t('Find anything'), text: t('Search every word, open the contents, or see all pages at once.'), at: '.tools-find, .bottom-bar' },
  { title: t('Make it yours'), text: t('Light or dark, one page or two, your language: all under Settings. Press ? for the keys.'), at: '[data-panel="settings"], .bottom-bar .more, .more' },
];

/** Show the guide. It does not hold the focus: everything else goes on working. */
export function showGuide(context: ReaderContext): void {
  context.element.querySelector('.guide')?.remove();
  rememberGuide();
  const all = cards();
  let at = 0;
  const title = element('h2', { class: 'guide-title', id: uniqueId('guide') });
  const text = element('p', { class: 'guide-text' });
  const dots = element('p', { class: 'guide-count' });
  const end = (): void => {
    part.remove();
    document.removeEventListener('keydown', onKey);
    stop();
  };
  const next = element('button', { type: 'button', class: 'button button-solid', onclick: () => (++at < all.length ? draw() : end()) });
  const part = element('section', { class: 'guide', 'aria-labelledby': title.id, lang: language(), dir: direction() },
    button({ icon: 'close', label: t('Skip the guide'), class: 'guide-close', run: end }),
    element('div', { 'aria-live': 'polite' }, title, text), element('div', { class: 'guide-foot' }, dots, next));
  const draw = (): void => {
    const card = all[at]!;
    title.textContent = card.title;
    text.textContent = card.text;
    dots.textContent = t('{at} of {found}', { at: at + 1, found: all.length });
    next.textContent = at + 1 < all.length ? t('Next') : t('Start reading');
    place(context.element, part, card.at);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') end();
  };
  const stop = context.store.subscribe(() => {
    if (context.store.state.panel) end();
  });
  document.addEventListener('keydown', onKey);
  context.element.append(part);
  draw();
}

/** Beside the thing it speaks of: below what is at the top, above what is at the bottom, else in the middle. */
function place(root: HTMLElement, part: HTMLElement, selector: string): void {
  const visible = selector.split(', ').flatMap((one) => [...root.querySelectorAll<HTMLElement>(one)]).find((one) => one.offsetParent !== null && one.getClientRects().length);
  const box = visible?.getBoundingClientRect();
  const area = root.getBoundingClientRect();
  const middle = box ? box.left + box.width / 2 : area.left + area.width / 2;
  const left = Math.min(Math.max(area.left + 12, middle - part.offsetWidth / 2), area.right - part.offsetWidth - 12);
  const high = box && box.bottom < area.top + area.height / 3;
  const low = box && box.top > area.top + (area.height * 2) / 3;
  const top = high ? box.bottom + 12 : low ? box.top - part.offsetHeight - 12 : area.top + (area.height - part.offsetHeight) / 2;
  part.style.left = `${left - area.left}px`;
  part.style.top = `${top - area.top}px`;
}
