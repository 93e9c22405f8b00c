/** Puts notes on pages and in articles, and moves them: by a press, by dragging, by keys. */

import { t } from '../../../strings';
import { locatorNear, locatorOf } from '../placing/locating';
import { spansOf } from '../placing/selected';
import type { ReaderContext } from '../../../store/context';
import type { Session } from '../session';
import type { Cards } from './card';
import { layCatcher } from './catcher';
import { catchTyping } from './early_typing';
import { articleText } from './painting';
import type { PageLayers } from './page_layers';

const STEP = 0.01; // of the page, with an arrow key
const LARGE_STEP = 0.05;
const DRAG_PX = 4;

type Point = readonly [number, number];

/** "Tap to add note": the next press says where; Enter puts it where one reads. */
export function addNote(session: Session, layers: PageLayers, cards: Cards): void {
  const { context } = session;
  const { store } = context;
  const catcher = layCatcher(context, 'note', t('Tap to add note. Enter puts it on the page.'), () => store.state.tool === 'note' && store.dispatch({ type: 'tool', tool: 'read' }));
  handOver(context);
  const put = async (page: number, at: Point): Promise<void> => {
    catcher.end();
    const typed = catchTyping(context);
    const id = await noteAt(session, page, at);
    requestAnimationFrame(() => cards.open(id, layers.buttonOf(id) ?? context.element.getBoundingClientRect(), typed.end()));
  };
  catcher.sheet.addEventListener('click', (event) => {
    if (articleText(context)) {
      catcher.end();
      void noteInArticle(session, event.clientX, event.clientY, cards);
      return;
    }
    const found = layers.under(event.clientX, event.clientY);
    if (found) void put(found.page, found.at);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.defaultPrevented || (event.target as Element).closest('button, a, input, textarea')) return;
    event.preventDefault();
    event.stopPropagation();
    const scroller = context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-scroll');
    if (scroller) {
      const box = scroller.getBoundingClientRect();
      catcher.end();
      void noteInArticle(session, box.left + box.width / 2, box.top + 60, cards);
    } else void put(context.stage.visiblePages()[0]!, [0.5, 0.3]);
  }, { signal: catcher.over, capture: true });
}

/** Enter is for the page now: not for the tool that was pressed before, which would be pressed again. */
function handOver(context: ReaderContext): void {
  const free = (): void => {
    if (!document.activeElement?.closest('button, a, input')) return;
    const article = context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-scroll');
    (article ?? context.element.querySelector<HTMLElement>('.reader-stage'))?.focus({ preventScroll: true });
  };
  requestAnimationFrame(free); // a menu that closes gives the focus back to its button first
}

async function noteAt(session: Session, page: number, at: Point): Promise<string> {
  const { setting } = session;
  const locator = await setting.page(page).then(
    (file) => locatorNear(file, setting.build, setting.pages, at),
    () => ({ build: setting.build, page, places: [], spans: [] }), // without a connection it has its place, if no words
  );
  return session.add({ kind: 'note', locator, at: [...at], text: '' });
}

/** A note on the words under a point of the article, else on those nearest to it. */
async function noteInArticle(session: Session, x: number, y: number, cards: Cards): Promise<void> {
  const { context, setting } = session;
  const range = rangeAt(x, y, articleText(context));
  const typed = catchTyping(context);
  const locator = range ? await spansOf(setting, range, context.element).then((spans) => locatorOf(setting, spans)).catch(() => null) : null;
  if (!locator) {
    typed.end();
    context.store.dispatch({ type: 'announce', text: t('There are no words here to which a note could belong.'), toast: true });
    return;
  }
  const box = locator.places[0]?.boxes[0] ?? [0.5, 0.3, 0.5, 0.3];
  const id = session.add({ kind: 'note', locator, at: [Math.max(0, box[0] - 0.02), box[1]], text: '' });
  const anchor = range!.getBoundingClientRect();
  requestAnimationFrame(() => cards.open(id, context.element.querySelector<HTMLElement>(`.article-notes [data-annotation="${CSS.escape(id)}"]`) ?? anchor, typed.end()));
}

/** The word under a point; the first of the nearest block where the point lies beside the text. */
function rangeAt(x: number, y: number, text: HTMLElement | null): Range | null {
  if (!text) return null;
  const range = document.createRange();
  const sheet = document.querySelector<HTMLElement>('.notes-catcher');
  if (sheet) sheet.hidden = true;
  const spot = caretAt(x, y);
  if (sheet) sheet.hidden = false;
  if (spot && text.contains(spot.node) && spot.node.nodeType === Node.TEXT_NODE && spot.node.parentElement?.closest('[data-block]')) {
    const words = (spot.node as Text).data;
    const from = words.slice(0, spot.offset).search(/\S+$/);
    range.setStart(spot.node, from < 0 ? spot.offset : from);
    const rest = /^\S*/.exec(words.slice(spot.offset))![0].length;
    range.setEnd(spot.node, Math.min(words.length, spot.offset + rest));
    if (range.toString().trim()) return range;
  }
  const blocks = [...text.querySelectorAll<HTMLElement>('[data-block]')].filter((part) => part.textContent?.trim());
  const away = (part: HTMLElement): number => {
    const box = part.getBoundingClientRect();
    return Math.max(0, box.top - y, y - box.bottom);
  };
  const near = blocks.sort((one, other) => away(one) - away(other))[0];
  const walker = near && document.createTreeWalker(near, NodeFilter.SHOW_TEXT);
  for (let node = walker?.nextNode() as Text | null; node; node = walker!.nextNode() as Text | null) {
    const word = /\S+/.exec(node.data);
    if (!word) continue;
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    return range;
  }
  return null;
}

function caretAt(x: number, y: number): { node: Node; offset: number } | null {
  if ('caretPositionFromPoint' in document) {
    const spot = document.caretPositionFromPoint(x, y);
    return spot && { node: spot.offsetNode, offset: spot.offset };
  }
  // Safari has the older name only.
  const range = (document as Document & { caretRangeFromPoint?: (x: number, y: number) => Range | null }).caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}

/** Move a note by arrow keys, or to where the page is pressed next. */
export function moveNote(session: Session, layers: PageLayers, id: string): void {
  const { context } = session;
  const pin = layers.buttonOf(id);
  const before = session.get(id);
  if (!pin || !before) {
    context.store.dispatch({ type: 'announce', text: t('Notes are moved on their page: go back to the page first.'), toast: true });
    return;
  }
  let at: Point = before.at ?? [0.5, 0.5];
  const catcher = layCatcher(context, 'move', t('Arrow keys move the note, Enter puts it down; or tap where it belongs.'), () => {
    pin.classList.remove('is-moving');
    layers.buttonOf(id)?.focus({ preventScroll: true });
  });
  const show = (): void => setAt(pin, at);
  pin.classList.add('is-moving');
  pin.focus({ preventScroll: true });
  catcher.sheet.addEventListener('click', (event) => {
    const found = layers.under(event.clientX, event.clientY);
    catcher.end();
    if (found) void putAt(session, id, found.page, found.at);
  });
  document.addEventListener('keydown', (event) => {
    const step = event.shiftKey ? LARGE_STEP : STEP;
    const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key];
    if (by) {
      at = [bound(at[0] + by[0]!), bound(at[1] + by[1]!)];
      show();
    } else if (event.key === 'Enter') {
      catcher.end();
      void putAt(session, id, before.locator.page, at);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, { signal: catcher.over, capture: true });
  catcher.over.addEventListener('abort', () => setAt(pin, session.get(id)?.at ?? at));
}

/** Let pins be dragged. */
export function mountDragging(session: Session, layers: PageLayers): void {
  const stage = session.context.element.querySelector<HTMLElement>('.reader-stage')!;
  stage.addEventListener('pointerdown', (event) => {
    const pin = (event.target as Element).closest<HTMLElement>('.note-pin[data-kind="note"]');
    const id = pin?.dataset.annotation;
    if (!pin || !id || event.button !== 0) return;
    const start = { x: event.clientX, y: event.clientY };
    let dragged = false;
    const over = new AbortController();
    pin.setPointerCapture(event.pointerId);
    pin.addEventListener('pointermove', (move) => {
      if (!dragged && Math.hypot(move.clientX - start.x, move.clientY - start.y) < DRAG_PX) return;
      dragged = true;
      pin.classList.add('is-moving');
      const box = pin.closest<HTMLElement>('.page')!.getBoundingClientRect();
      setAt(pin, [(move.clientX - box.left) / box.width, (move.clientY - box.top) / box.height]);
    }, { signal: over.signal });
    const up = (end: PointerEvent): void => {
      over.abort();
      pin.classList.remove('is-moving');
      if (!dragged) return;
      pin.addEventListener('click', (click) => click.stopImmediatePropagation(), { once: true, capture: true });
      const found = end.type === 'pointerup' ? layers.under(end.clientX, end.clientY) : null;
      if (found) void putAt(session, id, found.page, found.at);
      else setAt(pin, session.get(id)?.at ?? [0.5, 0.5]);
    };
    pin.addEventListener('pointerup', up, { signal: over.signal });
    pin.addEventListener('pointercancel', up, { signal: over.signal });
  });
}

async function putAt(session: Session, id: string, page: number, at: Point): Promise<void> {
  const { setting, context } = session;
  const before = session.get(id);
  if (!before || (before.locator.page === page && before.at?.[0] === at[0] && before.at[1] === at[1])) return;
  const locator = locatorNear(await setting.page(page), setting.build, setting.pages, at);
  session.update(id, { locator, at: [...at] });
  context.store.dispatch({ type: 'announce', text: t('The note was moved.') });
}

function setAt(pin: HTMLElement, [x, y]: Point): void {
  pin.style.left = `${bound(x) * 100}%`;
  pin.style.top = `${bound(y) * 100}%`;
}

const bound = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4;
