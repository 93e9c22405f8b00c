/** Keys that turn, zoom and pan; listened to only while focus is on the reader or nowhere in particular. */

import type { Action } from '../store/state';
import type { ReaderContext } from '../store/context';
import type { Stage } from './stage';

const PAN = 80; // CSS pixels a key press

export function mountKeys(context: Pick<ReaderContext, 'element' | 'store' | 'book'>, stage: Stage): () => void {
  const { element, store, book } = context;
  const onKey = (event: KeyboardEvent): void => {
    if (store.state.article || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target as HTMLElement;
    const ours = target === document.body || target === document.documentElement || element.contains(target);
    if (!ours || target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], .reader-panel')) return;
    if (store.state.view === 'scroll' && /^(Arrow|Page|Home|End| )/.test(event.key) && scrolls(event.key)) return;
    if (pans(event.key)) {
      event.preventDefault();
      return;
    }
    // Arrows inside the toolbar move between its buttons; a space on a button presses it.
    if (target.closest('[role="toolbar"], .reader-footer') && /^(Arrow| |Home|End)/.test(event.key)) return;
    if (event.key === ' ' && target.closest('button, a')) return;
    const action = meaningOf(event);
    if (!action) return;
    event.preventDefault();
    store.dispatch(action);
  };

  const scrolls = (key: string): boolean => {
    const scroller = element.querySelector<HTMLElement>('.scrolled');
    if (!scroller || key === 'ArrowLeft' || key === 'ArrowRight') return false;
    if (!scroller.contains(document.activeElement)) scroller.focus({ preventScroll: true });
    return true;
  };

  const pans = (key: string): boolean => {
    if (store.state.zoom <= 1.001) return false;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [PAN, 0],
      ArrowRight: [-PAN, 0],
      ArrowUp: [0, PAN],
      ArrowDown: [0, -PAN],
    };
    const by = moves[key];
    return by !== undefined && stage.pan(...(by as [number, number]));
  };

  const meaningOf = (event: KeyboardEvent): Action | null => {
    const on = book.direction === 'ltr';
    switch (event.key) {
      case 'ArrowRight':
        return { type: on ? 'next' : 'previous' };
      case 'ArrowLeft':
        return { type: on ? 'previous' : 'next' };
      case 'PageDown':
      case 'ArrowDown':
        return { type: 'next' };
      case 'PageUp':
      case 'ArrowUp':
        return { type: 'previous' };
      case ' ':
        return { type: event.shiftKey ? 'previous' : 'next' };
      case 'Home':
        return { type: 'first' };
      case 'End':
        return { type: 'last' };
      case '+':
      case '=':
        return { type: 'zoom-in' };
      case '-':
        return { type: 'zoom-out' };
      case '0':
        return { type: 'fit', fit: 'page' };
      default:
        return null;
    }
  };

  document.addEventListener('keydown', onKey);
  return () => document.removeEventListener('keydown', onKey);
}
