/** The pages panel: all pages as small pictures, by spreads; only rows near the window are in the document. */

import type { ReaderContext } from '../../store/context';
import { pagesOf } from '../../book/annotations';
import { isWide } from '../../book/book';
import { t, tn } from '../../strings';
import { compact, element } from '../../ui/dom';
import { pageLabel, visiblePages } from '../../ui/edition';
import { icon } from '../../ui/icons';
import type { Panel } from '../../ui/panels';
import { thumbnail } from '../../ui/thumbnail';

const WIDTH = 240;
const BEYOND = 3;

/** Open the grid of pages at the current one. */
export function open(context: ReaderContext): Panel {
  const count = context.book.manifest.pages.length;
  const rows = context.book.spreads('spread');
  const rowAt = (page: number): number => context.book.spreadIndex('spread', page);
  const grid = element('ul', { class: 'page-grid', dir: context.book.manifest.direction, 'aria-label': t('Pages') });
  const content = element('div', { class: 'pages' }, grid);
  const drawn = new Map<number, HTMLElement>();
  let height = 0;
  let focused = context.store.state.page;

  const draw = (): void => {
    if (!height) height = measured(context, grid, rows);
    grid.style.blockSize = `${rows.length * height}px`;
    const scroller = content.parentElement ?? content;
    const first = Math.max(0, Math.floor((scroller.scrollTop - grid.offsetTop) / height) - BEYOND);
    const end = Math.min(rows.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / height) + BEYOND);
    const held = rowAt(focused);
    for (const [at, row] of drawn) {
      if ((at < first || at >= end) && at !== held) {
        row.remove();
        drawn.delete(at);
      }
    }
    for (let at = first; at < end; at++) put(at);
    mark();
  };
  const put = (at: number): void => {
    if (drawn.has(at) || !rows[at]) return;
    const row = rowOf(context, rows[at]);
    row.style.insetBlockStart = `${at * height}px`;
    drawn.set(at, row);
    const next = [...drawn.keys()].filter((other) => other > at).sort((a, b) => a - b)[0];
    grid.insertBefore(row, next === undefined ? null : drawn.get(next)!);
  };
  const mark = (): void => {
    const visible = visiblePages(context, context.store.state);
    const signs = signsOf(context);
    for (const cell of grid.querySelectorAll<HTMLElement>('.page-cell')) {
      const page = Number(cell.dataset.page);
      sign(context, cell, page, signs.get(page));
      cell.tabIndex = page === focused ? 0 : -1;
      if (visible.includes(page)) cell.setAttribute('aria-current', 'page');
      else cell.removeAttribute('aria-current');
    }
  };
  const reveal = (page: number): void => {
    const scroller = content.parentElement ?? content;
    const top = rowAt(page) * height;
    if (top < scroller.scrollTop || top + height > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = Math.max(0, top - (scroller.clientHeight - height) / 2);
    }
    draw();
  };
  const cell = (page: number): HTMLElement | null => grid.querySelector<HTMLElement>(`[data-page="${page}"]`);
  grid.addEventListener('keydown', (event) => {
    const to = target(event.key, focused, count, context.book.manifest.direction);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    focused = to;
    reveal(to);
    cell(to)?.focus({ preventScroll: true });
  });
  grid.addEventListener('focusin', (event) => {
    focused = Number((event.target as HTMLElement).dataset.page ?? focused);
  });
  const onScroll = (): void => draw();
  let followed = 0;
  let marked = context.store.state.annotations;
  return {
    content,
    focus: () => {
      content.parentElement?.addEventListener('scroll', onScroll, { passive: true });
      draw();
      reveal(focused);
      return cell(focused);
    },
    update: (state) => {
      if (state.annotations !== marked) mark();
      marked = state.annotations;
      if (state.page === followed || !content.isConnected) return;
      followed = state.page;
      if (!grid.contains(document.activeElement)) focused = state.page;
      content.parentElement?.addEventListener('scroll', onScroll, { passive: true });
      draw();
      reveal(state.page);
    },
    close: () => content.parentElement?.removeEventListener('scroll', onScroll),
  };
}

interface Signs {
  bookmarks: number;
  highlights: number;
  notes: number;
}

/** What the reader added, by page. */
function signsOf(context: ReaderContext): Map<number, Signs> {
  const signs = new Map<number, Signs>();
  for (const { content } of context.store.state.annotations) {
    for (const page of pagesOf(content)) {
      const found = signs.get(page) ?? { bookmarks: 0, highlights: 0, notes: 0 };
      signs.set(page, found);
      if (content.kind === 'bookmark') found.bookmarks += 1;
      else if (content.kind === 'note') found.notes += 1;
      else found.highlights += 1;
    }
  }
  return signs;
}

/** Show on a page's small picture what was added to it, and say it. */
function sign(context: ReaderContext, cell: HTMLElement, page: number, signs: Signs | undefined): void {
  const key = signs ? `${signs.bookmarks} ${signs.highlights} ${signs.notes}` : '';
  if ((cell.dataset.signs ?? '') === key) return;
  cell.dataset.signs = key;
  cell.querySelector('.page-cell-signs')?.remove();
  const said = signs
    ? [
        signs.bookmarks ? t('bookmarked') : '',
        signs.highlights ? tn('{count} highlight', '{count} highlights', signs.highlights) : '',
        signs.notes ? tn('{count} note', '{count} notes', signs.notes) : '',
      ].filter(Boolean)
    : [];
  cell.setAttribute('aria-label', [t('Page {label}', { label: pageLabel(context, page) }), ...said].join(', '));
  if (!signs) return;
  cell.append(element('span', { class: 'page-cell-signs', 'aria-hidden': 'true' },
    signs.bookmarks ? icon('bookmark') : null, signs.highlights ? icon('annotate') : null, signs.notes ? icon('note') : null));
}

/** The page a key leads to from another, null for keys that are not ours. */
export function target(key: string, from: number, count: number, direction: 'ltr' | 'rtl'): number | null {
  const forward = direction === 'rtl' ? -1 : 1;
  const steps: Record<string, number> = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: 2, ArrowUp: -2, PageDown: 8, PageUp: -8, Home: -count, End: count };
  const step = steps[key];
  return step === undefined ? null : Math.min(count, Math.max(1, from + step));
}

/** The height of a row, from one that is laid out with the edition's tallest usual page. */
function measured(context: ReaderContext, grid: HTMLElement, rows: readonly (readonly number[])[]): number {
  const sample = rows.slice(0, 12).map((row) => rowOf(context, row));
  grid.append(...sample);
  const height = Math.max(...sample.map((row) => row.offsetHeight));
  sample.forEach((row) => row.remove());
  return Math.max(60, height);
}

function rowOf(context: ReaderContext, pages: readonly number[]): HTMLElement {
  return element('li', { class: pages.length === 1 && !isWide(context.book.page(pages[0]!)) ? (pages[0]! === 1 ? 'page-row page-row-cover' : 'page-row') : pages.length === 1 ? 'page-row page-row-wide' : 'page-row' }, ...pages.map((page) => {
    const go = (): void => {
      context.store.dispatch({ type: 'go', page });
      if (compact()) context.store.dispatch({ type: 'panel', panel: null });
    };
    const label = pageLabel(context, page);
    return element('button', { type: 'button', class: 'page-cell', 'data-page': page, tabindex: -1, 'aria-label': t('Page {label}', { label }), onclick: go },
      thumbnail(context, page, WIDTH), element('span', { class: 'page-cell-label', 'aria-hidden': 'true' }, label));
  }));
}
