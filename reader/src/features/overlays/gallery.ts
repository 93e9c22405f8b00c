/** Pictures one after the other: by buttons, arrow keys or a swipe; each with its caption, each told to screen readers. */

import type { OverlayEntry } from '../../contract/overlays';
import type { ReaderContext } from '../../store/context';
import { direction, t } from '../../strings';
import { button } from '../../ui/button';
import { element } from '../../ui/dom';
import { editionLanguage, figure } from './cards';
import type { Shown } from './dialog';

const SWIPE = 40; // CSS pixels

export function gallery(context: ReaderContext, one: OverlayEntry): Shown {
  const pictures = one.pictures ?? [];
  const edition = editionLanguage(context);
  const stage = element('div', { class: 'gallery-stage' });
  const count = element('p', { class: 'gallery-count', 'aria-live': 'polite', 'aria-atomic': 'true' });
  let at = 0;
  const show = (next: number): void => {
    at = (next + pictures.length) % pictures.length;
    stage.replaceChildren(figure(pictures[at]!, edition));
    count.textContent = t('{number} of {total}', { number: at + 1, total: pictures.length });
    // The neighbour is there before it is asked for.
    const following = pictures[(at + 1) % pictures.length]!;
    if (pictures.length > 1) new Image().src = following.src;
  };
  const back = (): void => show(at - 1);
  const on = (): void => show(at + 1);
  show(0);
  swipes(stage, (towards) => (towards === 'left' ? step(1) : step(-1)));
  const step = (right: 1 | -1): void => show(at + (direction() === 'rtl' ? -right : right));
  const bar = pictures.length > 1
    ? element('div', { class: 'gallery-bar' }, button({ icon: 'previous', label: t('Previous picture'), run: back }), count, button({ icon: 'next', label: t('Next picture'), run: on }))
    : null;
  return {
    content: element('div', { class: 'gallery' }, stage, bar),
    wide: true,
    keys: (event) => {
      const steps: Readonly<Record<string, () => void>> = { ArrowLeft: () => step(-1), ArrowRight: () => step(1), Home: () => show(0), End: () => show(pictures.length - 1) };
      const run = pictures.length > 1 ? steps[event.key] : undefined;
      if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      run();
    },
  };
}

function swipes(part: HTMLElement, run: (towards: 'left' | 'right') => void): void {
  let from: { x: number; y: number } | null = null;
  part.addEventListener('pointerdown', (event) => (from = event.pointerType === 'mouse' ? null : { x: event.clientX, y: event.clientY }));
  part.addEventListener('pointerup', (event) => {
    if (!from) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    from = null;
    if (Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) run(x < 0 ? 'left' : 'right');
  });
  part.addEventListener('pointercancel', () => (from = null));
}
