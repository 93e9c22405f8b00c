/** The paged stage: one spread at a time, turned, zoomed and panned. */

import type { Action, ReaderState } from '../store/state';
import { MAX_ZOOM, MIN_ZOOM } from '../store/store';
import { calm } from '../store/calm';
import { layoutSpread, type Side, type SpreadLayout } from './layout';
import { Prefetch } from './prefetch';
import type { PageView } from './page-view';
import { begin, canCurl, ReadyLeaf, type Change, type Manner, type Turning } from './turner';
import { coast, type Running } from './turn/animate';
import type { Point } from './turn/geometry';
import { CENTRED, held, seenPart, startOf, zoomAround, type View } from './viewport';
import { Views, type StageContext } from './views';

const SETTLE_MS = 140;

export class PagedStage {
  readonly element = document.createElement('div');
  private readonly surface = document.createElement('div');
  /** The book's shadow on the desk: one below all pages, so that none falls on its neighbour. */
  private readonly shadow = document.createElement('div');
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
  /** Leaves ready to be turned, by the spread that they lead to. */
  private readonly leaves = new Map<number, ReadyLeaf>();

  constructor(
    private readonly context: StageContext,
    private readonly mode: 'spread' | 'single',
    private readonly reducedMotion: () => boolean,
  ) {
    this.element.className = 'paged';
    this.surface.className = 'surface';
    this.shadow.className = 'book-shadow';
    this.surface.append(this.shadow);
    this.element.append(this.surface);
    this.views = new Views(context, this.surface);
    this.prefetch = new Prefetch(this.views, (page) => this.bring(page), (step) => this.makeReady(step));
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
    if (this.view.zoom !== 1) this.setView(CENTRED);
    const change = this.change(target, side);
    for (const { page } of change.to.pages) void this.bring(page);
    this.element.classList.add('is-turning');
    this.shadow.classList.toggle('is-lifted', manner !== 'curl' || change.to.width !== this.layout.width);
    const rested = calm.moves();
    const views = this.layout.pages.map(({ page }) => this.views.get(page));
    views.forEach((view) => view.clearWords(true));
    const done = (complete: boolean): void => {
      this.turning = null;
      this.element.classList.remove('is-turning');
      this.shadow.classList.remove('is-lifted');
      views.forEach((view) => view.clearWords(false));
      if (complete) this.index = target;
      this.settle();
      const page = this.context.book.spreads(this.mode)[target]![0];
      if (complete && byHand) this.context.store.dispatch({ type: 'go', page });
      if (complete) this.arrived();
      rested();
    };
    const ready = manner === 'curl' ? this.leaves.get(target) : undefined;
    this.turning = ready ? ready.turn(fromTop, done) : begin(change, manner, fromTop, done);
    return this.turning;
  }

  private change(target: number, side: Side): Change {
    const to = this.layoutOf(target);
    return {
      from: this.layout,
      to,
      side,
      room: Math.max(this.layout.width, to.width, this.size.width),
      surface: this.surface,
      view: (page) => this.views.get(page),
      shifted: (pixels) => this.transform(pixels),
    };
  }

  /** Prepare the turn to a neighbour whose pictures are there. */
  private async makeReady(step: number): Promise<void> {
    const from = this.index;
    await calm.slice();
    const target = from + step;
    if (from !== this.index || this.turning || this.leaves.has(target)) return;
    if (!this.context.book.spreads(this.mode)[target] || this.view.zoom !== 1) return;
    const side: Side = (step === 1) === (this.context.book.direction === 'ltr') ? 'right' : 'left';
    if (this.manner(target, side) !== 'curl') return;
    const leaf = new ReadyLeaf(this.change(target, side));
    this.leaves.set(target, leaf);
    await calm.slice();
    if (this.leaves.get(target) === leaf && !this.turning) leaf.rehearse();
  }

  /** A spread stands still: show it, forget far ones, bring neighbours, then words. */
  private settle(): void {
    const layout = this.layoutOf(this.index);
    this.layout = layout;
    this.leaves.forEach((leaf) => leaf.clear());
    this.leaves.clear();
    const spreads = this.context.book.spreads(this.mode);
    this.views.show(
      layout.pages.map(({ page }) => page),
      [...(spreads[this.index - 1] ?? []), ...(spreads[this.index + 1] ?? [])],
    );
    for (const { page } of layout.pages) this.place(page);
    Object.assign(this.shadow.style, {
      left: `${-layout.width / 2 - layout.shift}px`,
      top: `${-layout.height / 2}px`,
      width: `${layout.width}px`,
      height: `${layout.height}px`,
    });
    this.setView(held({ ...this.view, zoom: this.context.store.state.zoom }, layout, this.size));
    this.settleSoon();
  }

  /** Put a page where its spread has it. */
  private place(page: number): PageView {
    const layout = this.layoutOf(this.context.book.spreadIndex(this.mode, page));
    const { rect, side } = layout.pages.find((placed) => placed.page === page)!;
    const view = this.views.get(page);
    view.place(rect);
    view.leaf.face.dataset.side = side;
    return view;
  }

  /** Have a page ready in its place, its picture sharp. */
  private bring(page: number): Promise<void> {
    return this.place(page).sharpen(this.pixels(page));
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
    this.surface.style.transform = this.transform(this.layout.shift);
    this.element.classList.toggle('is-zoomed', view.zoom > 1.001);
  }

  /** How the book is moved and scaled; `shift` moves it sideways in its own measure. */
  private transform(shift: number): string {
    const { x, y, zoom } = this.view;
    return `translate(${x.toFixed(2)}px,${y.toFixed(2)}px) scale(${zoom}) translateX(${shift.toFixed(2)}px)`;
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
