/** Keys of the article view: neighbours, text size, sentences. Keys typed into fields are left alone. */

import type { ReaderContext } from '../../store/context';
import { active } from './aloud/session';
import { turn } from './bars';
import { choose, step, USUAL } from './type';

/** Listen for keys while an article is open, and for those of reading aloud while it goes on. */
export function mountArticleKeys(context: ReaderContext): void {
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    if (target.closest?.('input, textarea, select, [contenteditable], [role="toolbar"], [role="menu"], .reader-panel')) return;
    const run = aloud(context, event) ?? reading(context, event, target);
    if (!run) return;
    event.preventDefault();
    run();
  });
}

function aloud(context: ReaderContext, event: KeyboardEvent): (() => void) | null {
  const session = active(context);
  if (!session) return null;
  // By their place too, where the alphabet has no comma or full stop on them.
  if (event.key === ',' || event.code === 'Comma') return () => session.step(-1);
  if (event.key === '.' || event.code === 'Period') return () => session.step(1);
  return null;
}

function reading(context: ReaderContext, event: KeyboardEvent, target: HTMLElement): (() => void) | null {
  if (!context.store.state.article) return null;
  const onward = context.book.direction === 'ltr' ? 'ArrowRight' : 'ArrowLeft';
  const backward = onward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  if ((event.key === onward || event.key === backward) && !event.shiftKey && !target.closest('.table-scroll')) {
    return () => turn(context, event.key === onward ? 1 : -1);
  }
  if (event.key === '+' || event.key === '=') return () => step(1);
  if (event.key === '-') return () => step(-1);
  if (event.key === '0') return () => choose({ size: USUAL.size });
  return null;
}
