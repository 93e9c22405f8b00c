/** A menu under a button: choices with keys, closed by Escape, a click elsewhere or a choice. */

import { element, uniqueId } from './dom';
import { icon, type IconName } from './icons';

export interface MenuItem {
  readonly label: string;
  readonly icon?: IconName;
  /** true or false for one of several choices, absent for a command. */
  readonly chosen?: boolean;
  readonly run: () => void;
}

/** Open what `items()` lists whenever the button is pressed. Answers the wrapper that holds both. */
export function menuFor(opener: HTMLButtonElement, label: string, items: () => readonly MenuItem[]): HTMLElement {
  const id = uniqueId('menu');
  const menu = element('div', { class: 'menu', role: 'menu', id, 'aria-label': label, hidden: true });
  const wrapper = element('div', { class: 'menu-wrapper' }, opener, menu);
  opener.setAttribute('aria-haspopup', 'menu');
  opener.setAttribute('aria-expanded', 'false');
  const outside = (event: Event): void => {
    if (!wrapper.contains(event.target as Node)) close(false);
  };
  const close = (focus: boolean): void => {
    if (menu.hidden) return;
    menu.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside, true);
    if (focus) opener.focus();
  };
  const open = (): void => {
    menu.replaceChildren(...items().map((item) => entry(item, () => close(true))));
    menu.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    place(menu, opener);
    document.addEventListener('pointerdown', outside, true);
    (menu.querySelector<HTMLElement>('[aria-checked="true"]') ?? (menu.firstElementChild as HTMLElement | null))?.focus();
  };
  opener.addEventListener('click', () => (menu.hidden ? open() : close(true)));
  wrapper.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !wrapper.contains(event.relatedTarget as Node)) close(false);
  });
  menu.addEventListener('keydown', (event) => onKey(event, menu, () => close(true)));
  return wrapper;
}

function entry(item: MenuItem, close: () => void): HTMLElement {
  const choice = item.chosen !== undefined;
  const run = (): void => {
    close();
    item.run();
  };
  return element(
    'button',
    { type: 'button', class: 'menu-item', role: choice ? 'menuitemradio' : 'menuitem', 'aria-checked': choice ? String(item.chosen) : null, tabindex: -1, onclick: run },
    item.icon ? icon(item.icon) : null,
    element('span', {}, item.label),
    item.chosen ? icon('check') : null,
  );
}

function onKey(event: KeyboardEvent, menu: HTMLElement, close: () => void): void {
  const all = [...menu.children] as HTMLElement[];
  const at = all.indexOf(document.activeElement as HTMLElement);
  const to: Record<string, number> = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 };
  if (event.key === 'Escape') close();
  else if (event.key in to) all[to[event.key]!]?.focus();
  else if (event.key !== 'Tab') {
    event.stopPropagation();
    return;
  }
  if (event.key !== 'Tab') event.preventDefault();
  event.stopPropagation();
}

/** Under the button if there is room, above it otherwise, and always inside the window. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  const anchor = opener.getBoundingClientRect();
  const width = menu.offsetWidth;
  const height = menu.offsetHeight;
  const fromEnd = anchor.left + width > innerWidth - 8;
  const left = fromEnd ? Math.max(8, anchor.right - width) : anchor.left;
  const below = anchor.bottom + 6;
  menu.style.left = `${left}px`;
  menu.style.top = `${below + height > innerHeight - 8 ? Math.max(8, anchor.top - 6 - height) : below}px`;
}
