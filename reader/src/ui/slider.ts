/** The slider over the whole edition, with the page it would go to shown above the thumb. */

import type { ReaderContext } from '../store/context';
import { t } from '../strings';
import { element } from './dom';
import { pageLabel, pictureAddress } from './edition';
import type { Update } from './toolbar';

const PREVIEW_WIDTH = 240;

/** A range input, so that keys, touch and screen readers work as everywhere; pages turn when it is let go. */
export function pageSlider(context: ReaderContext): { part: HTMLElement; update: Update } {
  const count = context.book.manifest.pages.length;
  const input = element('input', { type: 'range', class: 'slider', min: 1, max: count, step: 1, 'aria-label': t('Page') });
  const picture = element('img', { alt: '', decoding: 'async' });
  const label = element('span', {});
  const preview = element('div', { class: 'slider-preview', 'aria-hidden': 'true', hidden: true }, picture, label);
  const part = element('div', { class: 'slider-box' }, input, preview);
  let timer = 0;

  const describe = (page: number): void => {
    input.setAttribute('aria-valuetext', t('Page {label}', { label: pageLabel(context, page) }));
    input.style.setProperty('--done', String(count > 1 ? (page - 1) / (count - 1) : 0));
  };
  const show = (page: number): void => {
    const entry = context.book.manifest.pages[page - 1];
    if (!entry) return;
    label.textContent = t('Page {label}', { label: pageLabel(context, page) });
    preview.style.setProperty('--at', String(count > 1 ? (page - 1) / (count - 1) : 0));
    picture.style.aspectRatio = `${entry.width} / ${entry.height}`;
    picture.style.backgroundColor = entry.colour ?? '';
    preview.hidden = false;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      const address = pictureAddress(context, page, PREVIEW_WIDTH);
      if (address) picture.src = address;
      picture.hidden = !address;
    }, 60);
  };
  const hide = (): void => {
    clearTimeout(timer);
    preview.hidden = true;
    picture.removeAttribute('src');
  };
  const under = (event: PointerEvent): number => {
    const box = input.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const along = getComputedStyle(input).direction === 'rtl' ? 1 - share : share;
    return Math.round(1 + Math.min(1, Math.max(0, along)) * (count - 1));
  };
  input.addEventListener('pointermove', (event) => show(event.buttons ? Number(input.value) : under(event)));
  input.addEventListener('pointerleave', hide);
  input.addEventListener('pointerup', hide);
  input.addEventListener('blur', hide);
  input.addEventListener('input', () => {
    describe(Number(input.value));
    show(Number(input.value));
  });
  input.addEventListener('change', () => {
    context.store.dispatch({ type: 'go', page: Number(input.value) });
    window.setTimeout(hide, 500);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'Tab') event.stopPropagation();
  });
  return {
    part,
    update: (state) => {
      if (!input.matches(':active')) input.value = String(state.page);
      describe(Number(input.value));
    },
  };
}
