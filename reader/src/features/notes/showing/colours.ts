/** The four colours of highlights as buttons: each has its name, its own line under the words, and a letter to press. */

import { COLOURS, type Colour } from '../../../book/annotations';
import { t } from '../../../strings';
import { element } from '../../../ui/dom';
import { COLOUR_NAMES } from './words';

/** One button for each colour; `chosen` is the one in use. */
export function colourButtons(run: (colour: Colour) => void, chosen?: Colour): HTMLButtonElement[] {
  return COLOURS.map((colour, at) =>
    element('button', {
      type: 'button',
      class: 'button colour-button',
      'data-colour': colour,
      'aria-label': `${t('Highlight')}: ${t(COLOUR_NAMES[colour])}`,
      title: `${t(COLOUR_NAMES[colour])} (${at + 1})`,
      'aria-keyshortcuts': String(at + 1),
      'aria-pressed': chosen === undefined ? null : String(chosen === colour),
      onclick: () => run(colour),
    }, element('span', { class: 'colour-swatch', 'aria-hidden': 'true' }, 'A')));
}

/** The colour of a digit key; null for other keys. */
export const colourOfKey = (key: string): Colour | null => COLOURS[Number(key) - 1] ?? null;
