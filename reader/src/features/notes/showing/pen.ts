/** Draws on the pages by hand: pen, eraser, undo, redo, clear. Lines are kept as vectors in parts of the page. */

import type { Kept } from '../../../book/annotations';
import type { Stroke } from '../../../contract/annotation';
import { direction, t } from '../../../strings';
import { button } from '../../../ui/button';
import { element, setAttribute } from '../../../ui/dom';
import { rove } from '../../../ui/roving';
import { locatorNear } from '../placing/locating';
import type { Session } from '../session';
import { ask, offerUndo } from './floating';
import { layCatcher, type Catcher } from './catcher';
import { BIN, ERASER, REDO, UNDO } from './icons';
import { strokesAt, thinned } from './ink';
import { strokeOf, type PageLayers } from './page_layers';
import { INK_NAMES } from './words';

const WIDTHS = { fine: 0.0025, bold: 0.008 } as const;
const INKS: readonly Stroke['colour'][] = ['black', 'red', 'blue', 'green'];
const REACH = 0.012; // of the page: what the eraser takes
const FULL = 60_000; // characters of one drawing: beyond them another one begins, as the server takes them
const SVG = 'http://www.w3.org/2000/svg';

interface Hand {
  tool: 'pen' | 'eraser';
  ink: Stroke['colour'];
  width: keyof typeof WIDTHS;
}
const hand: Hand = { tool: 'pen', ink: 'red', width: 'fine' };

/** Take the pen until somebody is done. */
export function draw(session: Session, layers: PageLayers): void {
  const { context } = session;
  const catcher = layCatcher(context, 'draw', t('Draw on the page'), () => {
    if (context.store.state.tool === 'draw') context.store.dispatch({ type: 'tool', tool: 'read' });
    context.stage.focus();
  });
  catcher.bar.querySelector('.catcher-hint')!.after(tools(session, catcher));
  mountPointer(session, layers, catcher);
  catcher.bar.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
}

function tools(session: Session, catcher: Catcher): HTMLElement {
  const { context } = session;
  const press = (change: Partial<Hand>) => (): void => {
    Object.assign(hand, change);
    show();
  };
  const pen = button({ icon: 'draw', label: t('Pen'), run: press({ tool: 'pen' }) });
  const eraser = button({ icon: ERASER, label: t('Eraser'), run: press({ tool: 'eraser' }) });
  const inks = INKS.map((ink) => element('button', { type: 'button', class: 'button ink-button', 'data-ink': ink, 'aria-label': t(INK_NAMES[ink]), title: t(INK_NAMES[ink]), onclick: press({ ink, tool: 'pen' }) }, element('span', { class: 'ink-swatch' })));
  const widths = (['fine', 'bold'] as const).map((width) => element('button', { type: 'button', class: 'button width-button', 'data-width': width, 'aria-label': width === 'fine' ? t('Fine line') : t('Bold line'), title: width === 'fine' ? t('Fine line') : t('Bold line'), onclick: press({ width, tool: 'pen' }) }, element('span', { class: 'width-swatch' })));
  const undo = button({ icon: UNDO, label: t('Undo'), keys: 'Control+Z', run: () => session.undo() });
  const redo = button({ icon: REDO, label: t('Redo'), keys: 'Control+Y', run: () => session.redo() });
  const clear = button({ icon: BIN, label: t('Clear the page'), run: () => {
    const gone = drawingsOn(session, context.stage.visiblePages());
    if (gone.length) ask(context, t('Clear everything drawn on this page?'), '', t('Clear'), () => offerUndo(context, t('Drawing deleted.'), session.remove(gone.map(({ id }) => id))));
  } });
  const row = element('div', { class: 'draw-tools', role: 'toolbar', 'aria-label': t('Drawing tools') }, pen, eraser, ...inks, ...widths, undo, redo, clear);
  rove(row, () => [...row.querySelectorAll<HTMLElement>('.button')], direction);
  const show = (): void => {
    setAttribute(pen, 'aria-pressed', String(hand.tool === 'pen'));
    setAttribute(eraser, 'aria-pressed', String(hand.tool === 'eraser'));
    for (const each of inks) setAttribute(each, 'aria-pressed', String(each.dataset.ink === hand.ink));
    for (const each of widths) setAttribute(each, 'aria-pressed', String(each.dataset.width === hand.width));
    undo.disabled = !session.canUndo;
    redo.disabled = !session.canRedo;
    clear.disabled = drawingsOn(session, context.stage.visiblePages()).length === 0;
    catcher.sheet.dataset.tool = hand.tool;
  };
  const stops = [session.subscribe(show), context.store.subscribe((state, before) => state.page !== before.page && show())];
  catcher.over.addEventListener('abort', () => stops.forEach((stop) => stop()));
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || (event.target as Element).closest('input, textarea')) return;
    const key = event.key.toLowerCase();
    if (key === 'z' && !event.shiftKey) session.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) session.redo();
    else return;
    event.preventDefault();
  }, { signal: catcher.over });
  show();
  return row;
}

const drawingsOn = (session: Session, pages: readonly number[]): readonly Kept[] =>
  session.context.store.state.annotations.filter(({ content }) => content.kind === 'drawing' && pages.includes(content.locator.page));

/** Follow the pointer: one line at a time, by whichever pointer came first. */
function mountPointer(session: Session, layers: PageLayers, { sheet, over }: Catcher): void {
  let line: Line | null = null;
  let pointer = -1;
  sheet.addEventListener('pointerdown', (event) => {
    if (pointer >= 0 || event.button !== 0) return;
    const found = layers.under(event.clientX, event.clientY);
    if (!found) return;
    event.preventDefault();
    pointer = event.pointerId;
    sheet.setPointerCapture(pointer);
    line = new Line(session, found.page, found.part);
    line.take(event);
  });
  sheet.addEventListener('pointermove', (event) => {
    if (event.pointerId !== pointer || !line) return;
    for (const each of event.getCoalescedEvents?.() ?? [event]) line.take(each);
  });
  const up = (event: PointerEvent): void => {
    if (event.pointerId !== pointer) return;
    pointer = -1;
    if (event.type === 'pointerup') void line?.end();
    else line?.cancel();
    line = null;
  };
  sheet.addEventListener('pointerup', up);
  sheet.addEventListener('pointercancel', up);
  over.addEventListener('abort', () => line?.cancel());
}

/** One line while it is drawn, or one sweep of the eraser. */
class Line {
  private readonly points: number[] = [];
  private readonly box: DOMRect;
  private readonly svg = document.createElementNS(SVG, 'svg');
  private readonly erased = new Set<string>();
  private readonly doing = hand.tool;

  constructor(
    private readonly session: Session,
    private readonly page: number,
    private readonly part: HTMLElement,
  ) {
    this.box = part.getBoundingClientRect();
    this.svg.setAttribute('class', 'page-drawing is-growing');
    this.svg.setAttribute('viewBox', `0 0 1000 ${((1000 * this.box.height) / this.box.width).toFixed(2)}`);
    this.svg.setAttribute('preserveAspectRatio', 'none');
    part.querySelector('.face')!.append(this.svg);
  }

  take(event: PointerEvent): void {
    const x = (event.clientX - this.box.left) / this.box.width;
    const y = (event.clientY - this.box.top) / this.box.height;
    if (this.doing === 'eraser') return this.erase(x, y);
    this.points.push(x, y, event.pointerType === 'pen' ? event.pressure : 0.5);
    this.svg.replaceChildren(strokeOf(this.stroke('growing', this.points), this.box.height / this.box.width));
  }

  async end(): Promise<void> {
    this.svg.remove();
    const { session, page } = this;
    if (this.doing === 'eraser') return this.rub();
    const stroke = this.stroke(crypto.getRandomValues(new Uint32Array(2)).join('-'), thinned(this.points));
    const open = drawingsOn(session, [page]).find(({ content }) => JSON.stringify(content.strokes).length < FULL);
    if (open) {
      session.update(open.id, { strokes: [...(open.content.strokes ?? []), stroke] });
      return;
    }
    const { setting } = session;
    const locator = locatorNear(await setting.page(page), setting.build, setting.pages, [stroke.points[0]!, stroke.points[1]!]);
    session.add({ kind: 'drawing', locator, strokes: [stroke] });
  }

  cancel(): void {
    this.svg.remove();
    for (const path of this.part.querySelectorAll('.page-stroke.is-erased')) path.classList.remove('is-erased');
  }

  private stroke(id: string, points: number[]): Stroke {
    const pressures = points.filter((_, at) => at % 3 === 2);
    const pressure = pressures.reduce((sum, each) => sum + each, 0) / Math.max(1, pressures.length);
    return { id, colour: hand.ink, width: Math.round(WIDTHS[hand.width] * (0.5 + pressure) * 1e5) / 1e5, points };
  }

  private erase(x: number, y: number): void {
    for (const { content } of drawingsOn(this.session, [this.page])) {
      for (const { id } of strokesAt(content.strokes ?? [], x, y, REACH)) {
        this.erased.add(id);
        this.part.querySelector(`[data-stroke="${CSS.escape(id)}"]`)?.classList.add('is-erased');
      }
    }
  }

  private rub(): void {
    for (const { id, content } of drawingsOn(this.session, [this.page])) {
      const left = (content.strokes ?? []).filter((stroke) => !this.erased.has(stroke.id));
      if (left.length === content.strokes?.length) continue;
      if (left.length) this.session.update(id, { strokes: left });
      else this.session.remove([id]);
    }
  }
}
