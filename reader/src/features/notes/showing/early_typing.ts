/** Takes what is typed before the card of a new note is there, so that no letter is lost or taken for a key of the reader. */

import type { ReaderContext } from '../../../store/context';
import { t } from '../../../strings';
import { element } from '../../../ui/dom';

/** What was typed early; `finished` where it already ended with the keys that close a card. */
export interface Typed {
  readonly text: string;
  readonly finished: boolean;
}

/** Begin to take. `end` answers once; the focus in a field also brings the keyboard of a phone up while a press may still do so. */
export function catchTyping(context: ReaderContext): { end(): Typed } {
  let finished = false;
  const field = element('textarea', { class: 'visually-hidden', 'aria-label': t('Your note') });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) finished = true;
    if (finished) event.preventDefault();
    event.stopPropagation();
  });
  context.element.querySelector('.reader-shell')!.append(field);
  field.focus({ preventScroll: true });
  return {
    end() {
      const text = field.value;
      field.remove();
      return { text, finished };
    },
  };
}
