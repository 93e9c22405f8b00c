/** The paged stage: one spread at a time, turned, zoomed and panned. */

import type { Action, ReaderState } from '../store/state';
import { MAX_ZOOM, MIN_ZOOM } from '../store/store';
import { layoutSpread, type Side, type SpreadLayout } from './layout';
import { Prefetch } from './prefetch';
import { begin, canCurl, type Manner, type Turning } from './turner';
import { move } from './turn/curl';
import { coast, type Running } from './turn/animate';
import type { Point } from './turn/geometry';
import { CENTRED, held, seenPart, startOf, zoomAround, type View } from './viewport';
import { Views, type StageContext } from './views';

const SETTLE_MS = 140;

export class PagedStage {
  readonly element = document.createElement('div');
  private readonly surface = document.createElement('div');
  private readonly views: Views;
  private readonly prefetch: Prefetch;
  private room = { width: 1, height: 1 };
  private size = { width: 1, height: 1 };
  private index = 0;
  private layout!: SpreadLayout;
  private view: View = CENTRED;
  private turning: Turning | null = null;
  private coasting: Running | null = null;
  private settling = 0;
  private shifted = 0;

  constructor(
    private readonly context: StageContext,
    private readonly mode: 'spread' | 'single',
    private readonly reducedMotion: () => boolean,
  ) {
    this.element.className = 'paged';
    this.surface.className = 'surface';
    this.element.append(this.surface);
    this.views = new Views(context, this.surface);
    this.prefetch = new Prefetch(this.views, (page) => this.pixels(page));
  }

  get zoom(): number {
    return this.view.zoom;
  }

  visiblePages(): readonly number[] {
    return this.context.book.spreads(this.mode)[this.index] ?? [];
  }

  /** First paint: the page that the address names; takes over a picture that is already there. */
  start(state: ReaderState, first: { image: HTMLImageElement; nominal: number } | null): void {
    this.index = this.context.book.spreadIndex(this.mode, state.page);
    if (first) this.views.get(state.page).picture.adopt(first.image, first.nominal);
    this.settle();
  }

  /** The stage has another size: everything is placed anew on the same spot. */
  resize(size: { width: number; height: number }, margin: number): void {
    this.size = size;
    this.room = { width: Math.max(40, size.width - 2 * margin), height: Math.max(40, size.height - 2 * margin) };
    this.turning?.finish();
    this.settle();
    if (this.context.store.state.fit === 'width') this.fitWidth();
  }

  update(state: ReaderState, before: ReaderState, action: Action): void {
    if (state.marks !== before.marks) {
      this.views.setMarks(state.marks);
      if (!this.turning) this.revealCurrentMark(state);
    }
    const index = this.context.book.spreadIndex(this.mode, state.page);
    if (index !== this.index || (this.turning && action.type === 'go')) this.turnTo(index);
    if (state.fit === 'width' && (before.fit !== 'width' || action.type === 'fit')) this.fitWidth();
    else if (state.zoom !== this.view.zoom) {
      this.applyZoom(state.zoom, action.type === 'zoom' ? action.at : undefined);
    }
  }

  // ------------------------------------------------------------------ turning

  /** Begin a turn by hand; null where there is nothing to turn to. `side` is the edge that is held. */
  grab(side: Side, fromTop: boolean): Turning | null {
    this.turning?.finish();
    const step = (side === 'right') === (this.context.book.direction === 'ltr') ? 1 : -1;
    const target = this.index + step;
    if (!this.context.book.spreads(this.mode)[target]) return null;
    const manner: Manner = this.mode === 'spread' ? this.manner(target, side) : 'slide';
    return manner === 'fade' ? null : this.beginTurn(target, side, manner, fromTop, true);
  }

  /**
   * Where the held corner goes when a hand that took the page at `start` is now at `at` (from the stage's middle): it
   * begins in its own place and lies on the other side when the hand is there. Relative to spine and upper edge.
   */
  cornerFor(side: Side, fromTop: boolean, start: Point, at: Point): Point {
    const sign = side === 'right' ? 1 : -1;
    const leaf = this.layout.pages.find((placed) => placed.side === side)?.rect ?? { width: 1, height: 1 };
    const way = Math.max(0.6 * leaf.width, sign * (start.x - this.layout.shift) + leaf.width);
    const moved = sign * (start.x - at.x) * ((2 * leaf.width) / way);
    return { x: sign * (leaf.width - moved), y: (fromTop ? 0 : leaf.height) + at.y - start.y };
  }

  private turnTo(index: number): void {
    this.turning?.finish();
    this.rest();
    if (index === this.index) return;
    if (this.view.zoom > 1.001) return this.jumpTo(index);
    const forward = index > this.index;
    const side: Side = forward === (this.context.book.direction === 'ltr') ? 'right' : 'left';
    this.beginTurn(index, side, this.manner(index, side), false, false).release(true);
  }

  /** Another spread under the same glass: it begins where reading begins. */
  private jumpTo(index: number): void {
    this.index = index;
    this.layout = this.layoutOf(index);
    this.view = startOf(this.view.zoom, this.layout, this.size, this.context.book.direction);
    this.settle();
    this.arrived();
  }

  /** A spread stands: fit it anew if it is fitted, show the search hit on it. */
  private arrived(): void {
    const { state } = this.context.store;
    if (state.fit === 'width') this.fitWidth();
    this.revealCurrentMark(state);
  }

  private manner(index: number, side: Side): Manner {
    if (this.reducedMotion()) return 'fade';
    if (this.mode === 'single') return Math.abs(index - this.index) > 1 ? 'fade' : 'slide';
    return canCurl(this.layout, this.layoutOf(index), side) ? 'curl' : 'fade';
  }

  private beginTurn(target: number, side: Side, manner: Manner, fromTop: boolean, byHand: boolean): Turning {
    const to = this.layoutOf(target);
    if (this.view.zoom !== 1) this.setView(CENTRED);
    for (const { page, side: place } of to.pages) this.views.get(page).element.dataset.side = place;
    for (const { page } of to.pages) void this.views.get(page).sharpen(this.pixels(page));
    this.element.classList.add('is-turning');
    const change = {
      from: this.layout,
      to,
      side,
      element: (page: number) => this.views.get(page).element,
      shift: (pixels: number) => this.shift(pixels),
    };
    const turning = begin(change, manner, fromTop, (complete) => {
      this.turning = null;
      this.element.classList.remove('is-turning');
      if (complete) this.index = target;
      this.settle();
      const page = this.context.book.spreads(this.mode)[target]![0];
      if (complete && byHand) this.context.store.dispatch({ type: 'go', page });
      if (complete) this.arrived();
    });
    this.turning = turning;
    return turning;
  }

  /** A spread stands still: show it, forget far ones, bring neighbours, then words. */
  private settle(): void {
    this.layout = this.layoutOf(this.index);
    const pages = this.layout.pages;
    this.views.show(pages.map(({ page }) => page));
    for (const { page, rect } of pages) {
      const view = this.views.get(page);
      move(view.element, rect);
      view.element.dataset.side = this.layout.pages.find((placed) => placed.page === page)!.side;
    }
    this.shift(this.layout.shift);
    this.setView(held({ ...this.view, zoom: this.context.store.state.zoom }, this.layout, this.size));
    this.settleSoon();
  }

  private settleSoon(): void {
    clearTimeout(this.settling);
    this.settling = window.setTimeout(() => {
      if (!this.turning) this.sharpenVisible();
    }, SETTLE_MS);
    const spreads = this.context.book.spreads(this.mode);
    this.prefetch.around(spreads, this.index, () => this.turning !== null);
  }

  // ------------------------------------------------------------------ zoom and pan

  private applyZoom(zoom: number, at = { x: 0, y: 0 }): void {
    this.rest();
    this.setView(held(zoomAround(this.view, zoom, at), this.layout, this.size));
    this.settleSoon();
  }

  /** Zoom around a point while a gesture lasts, then tell the store. */
  zoomBy(factor: number, at: { x: number; y: number }, by = { x: 0, y: 0 }): void {
    const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, this.view.zoom * factor));
    const next = zoomAround(this.view, zoom, at);
    this.setView(held({ ...next, x: next.x + by.x, y: next.y + by.y }, this.layout, this.size));
    this.context.store.dispatch({ type: 'zoom', zoom, at });
    this.view = { ...this.view, zoom: this.context.store.state.zoom };
    this.settleSoon();
  }

  /** Let what is seen run on after a flick of the hand. */
  fling(velocity: Point): void {
    this.rest();
    if (!this.reducedMotion()) this.coasting = coast(velocity, (by) => this.panBy(by));
  }

  /** A hand lies on the page: whatever runs on stops. */
  rest(): void {
    this.coasting?.finish();
    this.coasting = null;
  }

  /** Move what is seen; false if it could not move. */
  panBy(by: { x: number; y: number }): boolean {
    const next = held({ ...this.view, x: this.view.x + by.x, y: this.view.y + by.y }, this.layout, this.size);
    const moved = next.x !== this.view.x || next.y !== this.view.y;
    this.setView(next);
    if (moved) this.settleSoon();
    return moved;
  }

  private fitWidth(): void {
    const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, this.room.width / this.layout.width));
    this.context.store.dispatch({ type: 'zoom-resolved', zoom });
    this.setView(startOf(zoom, this.layout, this.size, this.context.book.direction));
    this.settleSoon();
  }

  private setView(view: View): void {
    this.view = view;
    this.draw();
    this.element.classList.toggle('is-zoomed', view.zoom > 1.001);
  }

  private shift(pixels: number): void {
    this.shifted = pixels;
    this.draw();
  }

  private draw(): void {
    const { x, y, zoom } = this.view;
    this.surface.style.transform = `translate(${x.toFixed(2)}px,${y.toFixed(2)}px) scale(${zoom}) translateX(${this.shifted.toFixed(2)}px)`;
  }

  private sharpenVisible(): void {
    for (const { page, rect } of this.layout.pages) {
      const view = this.views.get(page);
      void view.sharpen(this.pixels(page));
      const seen = seenPart({ ...rect, x: rect.x + this.layout.shift }, this.view, this.size);
      if (seen) view.showTiles(this.pixels(page), seen);
    }
  }

  private pixels(page: number): number {
    const layout = this.layoutOf(this.context.book.spreadIndex(this.mode, page));
    const rect = layout.pages.find((placed) => placed.page === page)!.rect;
    const zoom = this.visiblePages().includes(page) ? this.view.zoom : 1;
    return rect.width * zoom * window.devicePixelRatio;
  }

  private layoutOf(index: number): SpreadLayout {
    return layoutSpread(this.context.book, this.mode, index, this.room);
  }

  /** Bring the current search hit into view when zoomed. */
  private revealCurrentMark(state: ReaderState): void {
    const mark = state.marks.find((each) => each.kind === 'current-hit' || each.kind === 'place');
    const placed = mark && this.layout.pages.find(({ page }) => page === mark.page);
    const box = mark?.boxes[0];
    if (!placed || !box || this.view.zoom <= 1) return;
    const scale = placed.rect.width / this.context.book.page(mark.page).width;
    const x = placed.rect.x + this.layout.shift + ((box[0] + box[2]) / 2) * scale;
    const y = placed.rect.y + ((box[1] + box[3]) / 2) * scale;
    this.setView(held({ ...this.view, x: -x * this.view.zoom, y: -y * this.view.zoom }, this.layout, this.size));
    this.settleSoon();
  }

  renew(): void {
    this.views.renew();
  }

  close(): void {
    this.turning?.finish();
    this.rest();
    clearTimeout(this.settling);
    this.prefetch.stop();
    this.views.close();
    this.element.remove();
  }
}
