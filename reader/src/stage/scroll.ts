/** The scrolling stage: all pages below each other; only those near the window exist as elements. */

import type { Action, ReaderState } from '../store/state';
import { MAX_ZOOM, MIN_ZOOM } from '../store/store';
import { GAP, Strip } from './strip';
import type { PageView } from './page-view';
import { Views, type StageContext } from './views';

const NEAR = 1.2; // windows above and below in which pages are brought
const FAST = 0.6; // windows a frame: pages that only fly by get their smallest picture
const FLYING_PIXELS = 200;
const REST_MS = 130;
const MOVES = new Set(['go', 'next', 'previous', 'first', 'last']);

interface Point {
  readonly x: number;
  readonly y: number;
}

export class ScrollStage {
  readonly element = document.createElement('div');
  private readonly holder = document.createElement('div');
  private readonly views: Views;
  private strip: Strip;
  private placed = new WeakMap<PageView, Strip>();
  private size = { width: 1, height: 1 };
  private zoom = 1;
  private visible: number[] = [];
  private frame = 0;
  private resting = 0;
  private before = 0;
  private following = false;
  private revealed = '';
  private readonly ends = new AbortController();

  constructor(private readonly context: StageContext) {
    this.element.className = 'scrolled';
    this.element.tabIndex = 0;
    this.holder.className = 'strip';
    this.element.append(this.holder);
    this.views = new Views(context, this.holder);
    this.strip = new Strip(context.book.manifest.pages, this.size, 1);
    const { signal } = this.ends;
    this.element.addEventListener('scroll', () => this.onScroll(), { passive: true, signal });
    // Two fingers are ours (they zoom), one is the browser's (it scrolls).
    this.element.addEventListener('touchstart', (event) => event.touches.length > 1 && event.preventDefault(), { passive: false, signal });
  }

  visiblePages(): readonly number[] {
    return this.visible;
  }

  start(state: ReaderState, first: { image: HTMLImageElement; nominal: number } | null): void {
    if (first) this.views.get(state.page).picture.adopt(first.image, first.nominal);
    this.zoom = state.zoom;
    this.measure();
    this.toPage(state.page);
    if (state.fit === 'width') this.fitWidth();
  }

  /** The stage has another size: what is at its upper edge stays there. */
  resize(size: { width: number; height: number }): void {
    const first = this.size.width === 1;
    this.size = size;
    if (first) this.measure();
    else this.keep({ x: -size.width / 2, y: -size.height / 2 }, () => this.measure());
    if (this.context.store.state.fit === 'width') this.fitWidth();
  }

  update(state: ReaderState, before: ReaderState, action: Action): void {
    if (state.zoom !== this.zoom) {
      const at = action.type === 'zoom' && action.at ? action.at : { x: 0, y: 0 };
      this.keep(at, () => {
        this.zoom = state.zoom;
        this.measure();
      });
    }
    if (state.fit === 'width' && action.type === 'fit') this.fitWidth();
    if (MOVES.has(action.type) && !this.following && !this.reveal(state)) this.toPage(state.page);
    if (state.marks !== before.marks) {
      this.views.setMarks(state.marks);
      const current = state.marks.find((mark) => mark.kind === 'current-hit' || mark.kind === 'place');
      const name = current ? `${current.page} ${current.boxes[0]}` : '';
      if (name !== this.revealed) this.reveal(state); // the same hit drawn again must not pull the strip back
      this.revealed = name;
    }
  }

  /** Zoom around a point (from the middle of the window), and move by the way that the fingers moved. */
  zoomBy(factor: number, at: Point, by: Point = { x: 0, y: 0 }): void {
    const zoom = Math.min(MAX_ZOOM, Math.max(MIN_ZOOM, this.zoom * factor));
    this.context.store.dispatch({ type: 'zoom', zoom, at });
    if (by.x || by.y) this.element.scrollBy(-by.x, -by.y);
  }

  renew(): void {
    this.views.renew();
  }

  private fitWidth(): void {
    this.context.store.dispatch({ type: 'zoom-resolved', zoom: Strip.widthZoom(this.size) });
  }

  private measure(): void {
    this.strip = new Strip(this.context.book.manifest.pages, this.size, this.zoom);
    this.holder.style.height = `${this.strip.whole.height}px`;
    this.holder.style.width = `${this.strip.whole.width}px`;
  }

  /** Do what changes the strip so that the spot under `at` (from the middle of the window) stays under it. */
  private keep(at: Point, change: () => void): void {
    const x = at.x + this.size.width / 2;
    const y = at.y + this.size.height / 2;
    const spot = this.strip.spotAt(this.element.scrollLeft + x, this.element.scrollTop + y);
    change();
    const place = this.strip.placeOf(spot);
    this.element.scrollTo(place.x - x, place.y - y);
    this.draw();
  }

  private toPage(page: number): void {
    this.element.scrollTop = this.strip.top(page) - GAP;
    this.draw();
  }

  /** Bring the current search hit of the page into the window; false if there is none. */
  private reveal(state: ReaderState): boolean {
    const mark = state.marks.find((each) => (each.kind === 'current-hit' || each.kind === 'place') && each.page === state.page);
    const box = mark?.boxes[0];
    if (!mark || !box) return false;
    const page = this.context.book.page(mark.page);
    const scale = this.strip.width / page.width;
    const y = this.strip.top(mark.page) + box[1] * scale;
    const x = this.strip.left + box[0] * scale;
    const { scrollTop, scrollLeft } = this.element;
    const { width, height } = this.size;
    const isSeen = y > scrollTop + 0.1 * height && y < scrollTop + 0.8 * height && x > scrollLeft && x < scrollLeft + 0.9 * width;
    if (!isSeen) this.element.scrollTo(x - width / 2, y - height * 0.4);
    this.draw();
    return true;
  }

  private onScroll(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const top = this.element.scrollTop;
    const { height } = this.size;
    const flies = Math.abs(top - this.before) > FAST * height && this.views.has(this.strip.pageAt(this.before));
    this.before = top;
    const to = this.strip.pageAt(top + height * (1 + NEAR));
    const wanted: number[] = [];
    this.visible = [];
    for (let page = this.strip.pageAt(top - height * NEAR); page <= to; page += 1) {
      wanted.push(page);
      if (this.strip.top(page) < top + height && this.strip.top(page) + this.strip.height(page) > top) this.visible.push(page);
      const view = this.views.get(page);
      this.place(view);
      if (flies) void view.sharpen(FLYING_PIXELS);
    }
    this.views.keep(new Set(wanted));
    this.views.show(wanted);
    clearTimeout(this.resting);
    if (!flies) for (const page of wanted) void this.views.get(page).sharpen(this.pixels());
    this.resting = window.setTimeout(() => this.settle(wanted), REST_MS);
    this.follow(this.strip.pageAt(top + height * 0.4));
  }

  private place(view: PageView): void {
    if (this.placed.get(view) === this.strip) return;
    this.placed.set(view, this.strip);
    const { left: x, width } = this.strip;
    view.place({ x, y: this.strip.top(view.number), width, height: this.strip.height(view.number) });
  }

  /** The strip rests: sharp pictures, sharp parts of what is zoomed, words. */
  private settle(wanted: readonly number[]): void {
    for (const page of this.visible) {
      const view = this.views.get(page);
      void view.sharpen(this.pixels());
      view.showTiles(this.pixels(), this.seen(page));
      void view.showText();
    }
    for (const page of wanted) if (!this.visible.includes(page)) void this.views.get(page).sharpen(this.pixels());
  }

  private pixels(): number {
    return this.strip.width * devicePixelRatio;
  }

  /** The part of a page that is in the window, 0 to 1 in both directions. */
  private seen(page: number): { x0: number; y0: number; x1: number; y1: number } {
    const { scrollTop, scrollLeft } = this.element;
    const part = (value: number, whole: number): number => Math.min(1, Math.max(0, value / whole));
    const left = scrollLeft - this.strip.left;
    const top = scrollTop - this.strip.top(page);
    const height = this.strip.height(page);
    return {
      x0: part(left, this.strip.width),
      x1: part(left + this.size.width, this.strip.width),
      y0: part(top, height),
      y1: part(top + this.size.height, height),
    };
  }

  /** The address follows what is read. */
  private follow(page: number): void {
    const { store } = this.context;
    if (page === store.state.page) return;
    this.following = true;
    store.dispatch({ type: 'go', page, replace: true });
    this.following = false;
  }

  close(): void {
    this.ends.abort();
    cancelAnimationFrame(this.frame);
    clearTimeout(this.resting);
    this.views.close();
    this.element.remove();
  }
}
