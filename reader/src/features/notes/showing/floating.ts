/** Small bars and cards beside what they speak of, inside the window; and the short word after something was done. */

import type { ReaderContext } from '../../../store/context';
import { direction, language, t } from '../../../strings';
import { element } from '../../../ui/dom';
import { showModal } from '../../../ui/modal';

const GAP = 10;
const NOTICE_MS = 8000;

export interface Floating {
  readonly part: HTMLElement;
  /** Stand beside a box of the window, below it if there is room. */
  place(box: DOMRect | { left: number; top: number; width: number; height: number; right: number; bottom: number }): void;
  close(): void;
}

/** Put a part over the reader. It goes with Escape, and when its `close` is called; then `closed` is told. */
export function float(context: ReaderContext, part: HTMLElement, closed: () => void = () => undefined): Floating {
  part.classList.add('floating');
  part.dir = direction();
  part.lang = language();
  host(context).append(part);
  let open = true;
  const floating: Floating = {
    part,
    place(box) {
      const within = host(context).getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = part;
      const fits = box.bottom + GAP + height <= within.bottom - 8;
      const top = fits ? box.bottom + GAP : Math.max(within.top + 8, box.top - GAP - height);
      const left = Math.min(within.right - width - 8, Math.max(within.left + 8, box.left + box.width / 2 - width / 2));
      part.style.left = `${left - within.left}px`;
      part.style.top = `${Math.min(top, within.bottom - height - 8) - within.top}px`;
    },
    close() {
      if (!open) return;
      open = false;
      part.remove();
      closed();
    },
  };
  part.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    floating.close();
  });
  return floating;
}

/** Where such parts stand: over pages and articles, under menus. */
function host(context: ReaderContext): HTMLElement {
  const shell = context.element.querySelector<HTMLElement>('.reader-shell')!;
  let made = shell.querySelector<HTMLElement>(':scope > .notes-floor');
  if (!made) {
    made = element('div', { class: 'notes-floor', role: 'region', 'aria-label': t('Notes') });
    shell.append(made);
  }
  return made;
}

/** Say that something was done, with a way back. */
export function offerUndo(context: ReaderContext, words: string, undo: () => void): void {
  context.element.querySelectorAll('.undo-notice').forEach((part) => part.remove());
  const back = element('button', { type: 'button', class: 'text-button', onclick: () => {
    notice.close();
    undo();
    context.stage.focus();
  } }, t('Undo'));
  const part = element('div', { class: 'undo-notice', role: 'status' }, element('span', {}, words), back);
  const notice = float(context, part);
  let timer = window.setTimeout(() => notice.close(), NOTICE_MS);
  // Whoever is on their way to it has all the time they need.
  part.addEventListener('focusin', () => clearTimeout(timer));
  part.addEventListener('pointerenter', () => clearTimeout(timer));
  part.addEventListener('focusout', () => (timer = window.setTimeout(() => notice.close(), NOTICE_MS)));
}

/** Ask before something is deleted. The focus begins on the safe answer and goes back where it was. */
export function ask(context: ReaderContext, question: string, detail: string, yes: string, done: () => void): void {
  const before = document.activeElement as HTMLElement | null;
  const dialog = element('dialog', { class: 'asking', 'aria-labelledby': 'asking-question', dir: direction(), lang: language() },
    element('p', { class: 'asking-question', id: 'asking-question' }, question),
    detail ? element('p', { class: 'asking-detail', dir: 'auto' }, detail) : null,
    element('div', { class: 'panel-actions' },
      element('button', { type: 'button', class: 'button button-outline', autofocus: true, onclick: () => leave() }, t('Cancel')),
      element('button', { type: 'button', class: 'button button-solid', onclick: () => {
        leave();
        done();
      } }, yes)));
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  host(context).append(dialog);
  const leave = showModal(dialog, () => {
    if (before?.isConnected) before.focus({ preventScroll: true });
  });
}
