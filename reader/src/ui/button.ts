/** Buttons of the interface: an icon, a name that is always there for those who cannot see it, and a key to press instead. */

import { element, setAttribute, type Child } from './dom';
import { icon, type Drawing } from './icons';

export interface ButtonOptions {
  readonly icon: Drawing;
  readonly label: string;
  readonly run: (event: MouseEvent) => void;
  /** The key that does the same, as aria-keyshortcuts writes it. */
  readonly keys?: string;
  readonly class?: string;
  /** Show the name beside or under the icon. */
  readonly named?: boolean;
}

/** A button with an icon. Its tooltip says its name and key. */
export function button(options: ButtonOptions): HTMLButtonElement {
  const children: Child[] = [icon(options.icon)];
  if (options.named) children.push(element('span', { class: 'button-name' }, options.label));
  return element(
    'button',
    {
      type: 'button',
      class: `button ${options.class ?? ''}`.trim(),
      'aria-label': options.named ? null : options.label,
      title: options.named ? null : tooltip(options.label, options.keys),
      'aria-keyshortcuts': options.keys,
      onclick: options.run,
    },
    ...children,
  );
}

/** Give a button another icon and name, as when a switch turns. */
export function rename(target: HTMLButtonElement, name: Drawing, label: string, keys?: string): void {
  if (target.getAttribute('aria-label') === label) return;
  target.firstElementChild?.replaceWith(icon(name));
  setAttribute(target, 'aria-label', label);
  setAttribute(target, 'title', tooltip(label, keys));
}

const tooltip = (label: string, keys: string | undefined): string => (keys ? `${label} (${keys.replaceAll('+', ' + ')})` : label);
