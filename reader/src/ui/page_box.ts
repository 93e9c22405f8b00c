/** The box that says where one is, "12 / 48", and takes a page number or label to go to. */

import type { ReaderContext } from '../store/context';
import { t } from '../strings';
import { element, setAttribute, uniqueId } from './dom';
import { findPage, pageLabel } from './edition';
import type { Update } from './toolbar';

/** The box and what brings it up to date. `name` is its class: it may stand in more than one bar. */
export function pageBox(context: ReaderContext, name: string): { part: HTMLElement; update: Update } {
  const count = context.book.manifest.pages.length;
  const complaint = element('p', { class: 'box-complaint', id: uniqueId('box'), role: 'alert', hidden: true });
  const input = element('input', {
    class: 'box-input', type: 'text', autocomplete: 'off', spellcheck: 'false', enterkeyhint: 'go', 'aria-label': t('Go to page'),
    'aria-describedby': complaint.id, maxlength: 12, size: Math.max(3, String(count).length),
  });
  const complain = (text: string): void => {
    complaint.textContent = text;
    complaint.hidden = !text;
    setAttribute(input, 'aria-invalid', text ? 'true' : null);
  };
  const restore = (): void => {
    input.value = pageLabel(context, context.store.state.page);
    complain('');
  };
  const form = element(
    'form',
    {
      class: `page-box ${name}`,
      dir: 'ltr',
      onsubmit: (event: SubmitEvent) => {
        event.preventDefault();
        const page = findPage(context, input.value);
        if (page === null) {
          complain(input.value.trim() ? t('There is no page {label}. Pages run from {first} to {last}.', { label: input.value.trim(), first: pageLabel(context, 1), last: pageLabel(context, count) }) : t('Type a page number.'));
          input.select();
          return;
        }
        context.store.dispatch({ type: 'go', page });
        restore();
        input.select();
      },
    },
    input,
    element('span', { class: 'box-count', 'aria-hidden': 'true' }, `/ ${count}`),
    complaint,
  );
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', restore);
  input.addEventListener('input', () => complain(''));
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') restore();
    event.stopPropagation();
  });
  return {
    part: form,
    update: (state) => {
      if (document.activeElement !== input) input.value = pageLabel(context, state.page);
    },
  };
}
