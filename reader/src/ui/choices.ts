/** One of several, as tiles that are radio buttons: for settings. */

import { element, uniqueId } from './dom';
import { icon, type IconName } from './icons';

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly icon?: IconName;
  readonly lang?: string;
  /** A class of the tile, for one that shows what it does. */
  readonly class?: string;
}

/** A group of tiles; `choose` hears of each choice. */
export function choices(legend: string, options: readonly Option[], chosen: string, choose: (value: string) => void): HTMLElement {
  const name = uniqueId('choice');
  return element('fieldset', { class: 'choices choices-tiles' }, element('legend', {}, legend), element('div', { class: 'tiles' }, ...options.map((option) =>
    element('label', { class: `tile ${option.class ?? ''}`.trim(), lang: option.lang },
      element('input', { type: 'radio', name, value: option.value, checked: option.value === chosen, onchange: () => choose(option.value) }),
      option.icon ? icon(option.icon) : null, element('span', {}, option.label)))));
}

/** Show another choice in a group. */
export function showChoice(group: HTMLElement, value: string): void {
  const input = group.querySelector<HTMLInputElement>(`input[value="${value}"]`);
  if (input) input.checked = true;
}
