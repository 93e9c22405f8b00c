/** The bar at selected words: highlight them in one of four colours, write to them, make them more or fewer. */

import { COLOURS, type Colour } from '../../../book/annotations';
import type { Span } from '../../../contract/annotation';
import { direction, t } from '../../../strings';
import { button } from '../../../ui/button';
import { share } from '../../../ui/commands';
import { element } from '../../../ui/dom';
import { rove } from '../../../ui/roving';
import { locatorOf, pageOf } from '../placing/locating';
import { spansOf } from '../placing/selected';
import { resized, stopsOf, whole } from '../placing/stepping';
import type { Session } from '../session';
import { colourButtons, colourOfKey } from './colours';
import { float, type Floating } from './floating';
import { LONGER, PARAGRAPH, SHORTER } from './icons';

const REST_MS = 220; // a selection that still grows is left alone

export interface SelectionBar {
  /** Highlight what is selected now; false if nothing is. */
  highlight(colour: Colour): Promise<boolean>;
  hasSelection(): boolean;
}

/** Follow the selection of the document. `write` opens the note of a new highlight; `draw` shows spans as if selected. */
export function mountSelectionBar(session: Session, write: (id: string) => void, draw: (spans: readonly Span[]) => void): SelectionBar {
  const { context } = session;
  let bar: Floating | null = null;
  let spans: Span[] = []; // beyond the browser's own selection once they were made more or fewer
  let timer = 0;
  let pressed = false;

  const close = (): void => {
    bar?.close();
    bar = null;
    spans = [];
    draw([]);
  };
  const current = async (): Promise<Span[]> => {
    if (spans.length) return spans;
    const range = selected(context.element);
    return range ? spansOf(session.setting, range, context.element) : [];
  };
  const make = async (colour: Colour): Promise<string | null> => {
    const locator = await locatorOf(session.setting, await current());
    if (!locator) return null;
    const id = session.add({ kind: 'highlight', locator, colour });
    document.getSelection()?.removeAllRanges();
    close();
    context.store.dispatch({ type: 'announce', text: t('Highlighted: {words}', { words: locator.quote!.exact.slice(0, 80) }) });
    return id;
  };
  const change = async (how: 'longer' | 'shorter' | 'paragraph'): Promise<void> => {
    const before = await current();
    const page = pageOf(before.at(-1)?.block ?? '');
    if (!page) return;
    const stops = stopsOf(await session.setting.page(page));
    const here = before.filter(({ block }) => pageOf(block) === page);
    const after = how === 'paragraph' ? whole(stops, here) : resized(stops, here, how === 'longer' ? 1 : -1);
    const next = [...before.filter(({ block }) => pageOf(block) !== page), ...after];
    document.getSelection()?.removeAllRanges();
    spans = next;
    draw(spans);
    const locator = await locatorOf(session.setting, spans);
    context.store.dispatch({ type: 'announce', text: t('Selected: {words}', { words: (locator?.quote?.exact ?? '').slice(-80) }) });
  };
  const show = (): void => {
    const range = selected(context.element);
    if (!range || context.store.state.tool !== 'read') {
      if (!spans.length) close();
      return;
    }
    spans = [];
    draw([]);
    if (!bar) bar = open();
    bar.place(boxOf(range));
  };
  const open = (): Floating => {
    const row = element('div', { class: 'selection-bar', role: 'toolbar', 'aria-label': t('Selected words') },
      ...colourButtons((colour) => void make(colour)),
      button({ icon: 'note', label: t('Highlight and write a note'), run: () => void make(COLOURS[0]!).then((id) => id && write(id)) }),
      button({ icon: SHORTER, label: t('One word fewer'), run: () => void change('shorter') }),
      button({ icon: LONGER, label: t('One word more'), run: () => void change('longer') }),
      button({ icon: PARAGRAPH, label: t('The whole paragraph'), run: () => void change('paragraph') }),
      share(context) && !context.store.state.article
        ? button({ icon: 'share', label: t('Share'), run: () => context.store.dispatch({ type: 'panel', panel: 'share' }) })
        : '');
    rove(row, () => [...row.querySelectorAll<HTMLElement>('.button')], direction);
    // A press must not take the selection away before it is read.
    row.addEventListener('pointerdown', (event) => event.preventDefault());
    row.addEventListener('keydown', (event) => {
      const colour = colourOfKey(event.key);
      if (!colour) return;
      event.preventDefault();
      event.stopPropagation();
      void make(colour);
    });
    return float(context, row, () => {
      bar = null;
      spans = [];
      draw([]);
    });
  };
  document.addEventListener('pointerdown', (event) => {
    pressed = true;
    if (spans.length && !bar?.part.contains(event.target as Node)) close();
  });
  for (const name of ['pointerup', 'pointercancel'] as const) {
    document.addEventListener(name, () => {
      pressed = false;
      if (selected(context.element)) timer = window.setTimeout(show, 10);
    });
  }
  document.addEventListener('selectionchange', () => {
    clearTimeout(timer);
    timer = window.setTimeout(() => !pressed && show(), REST_MS);
  });
  context.store.subscribe((state, before) => {
    if (state.page !== before.page || state.article !== before.article || state.zoom !== before.zoom) close();
  });
  show(); // it may be why this was loaded
  return { highlight: async (colour) => (await make(colour)) !== null, hasSelection: () => spans.length > 0 || selected(context.element) !== null };
}

/** The selected words of the edition; null where none are, or something else is selected. */
function selected(root: HTMLElement): Range | null {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const within = range.commonAncestorContainer instanceof Element ? range.commonAncestorContainer : range.commonAncestorContainer.parentElement;
  if (!within || !root.contains(within) || !range.toString().trim()) return null;
  return within.closest('.reader-stage, .article-text') && !within.closest('input, textarea, .page-notes') ? range : null;
}

/** The box of the last line that is selected: that is where the hand is. */
function boxOf(range: Range): DOMRect {
  const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  return boxes.at(-1) ?? range.getBoundingClientRect();
}
