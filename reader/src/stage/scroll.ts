/** The scrolling stage: all pages below each other; only those near the window exist as elements. */

import type { Action, ReaderState } from '../store/state';
import { MAX_ZOOM } from '../store/store';
import { Views, type StageContext } from './views';

const GAP = 16;
const SIDE = 12;
const MAX_WIDTH = 980;
const NEAR = 1.2; // windows above and below in which pages are brought

export class ScrollStage {
  readonly element = document.createElement('div');
  private readonly strip = document.createElement('div');
  private readonly views: Views;
  private tops: number[] = [];
  private width = 1;
  private size = { width: 1, height: 1 };
  private visible: number[] = [];
  private frame = 0;
  private following = false;
  private ends = new AbortController();

  constructor(private readonly context: StageContext) {
    this.element.className = 'scrolled';
    this.element.tabIndex = 0;
    this.strip.className = 'strip';
    this.element.append(this.strip);
    this.views = new Views(context, this.strip);
    this.element.addEventListener('scroll', () => this.onScroll(), { passive: true, signal: this.ends.signal });
  }

  visiblePages(): readonly number[] {
    return this.visible;
  }

  start(state: ReaderState, first: { image: HTMLImageElement; nominal: number } | null): void {
    if (first) this.views.get(state.page).picture.adopt(first.image, first.nominal);
    this.toPage(state.page);
  }

  resize(size: { width: number; height: number }): void {
    this.size = size;
    this.measure();
    this.toPage(this.context.store.state.page);
  }

  update(state: ReaderState, before: ReaderState, action: Action): void {
    if (state.marks !== before.marks) this.views.setMarks(state.marks);
    if (state.zoom !== before.zoom) {
      this.measure();
      this.toPage(state.page);
    }
    const asked = action.type === 'go' || action.type === 'next' || action.type === 'previous' || action.type === 'first' || action.type === 'last';
    if (asked && !this.following) this.toPage(state.page);
  }

  zoomBy(factor: number): void {
    const { store } = this.context;
    store.dispatch({ type: 'zoom', zoom: Math.min(MAX_ZOOM, Math.max(1, store.state.zoom * factor)) });
  }

  private measure(): void {
    const { book, store } = this.context;
    this.width = Math.min(MAX_WIDTH, this.size.width - 2 * SIDE) * store.state.zoom;
    let top = GAP;
    this.tops = book.manifest.pages.map((page) => {
      const here = top;
      top += (this.width * page.height) / page.width + GAP;
      return here;
    });
    this.strip.style.height = `${top}px`;
    this.strip.style.width = `${Math.max(this.size.width, this.width + 2 * SIDE)}px`;
  }

  private toPage(page: number): void {
    this.element.scrollTop = (this.tops[page - 1] ?? 0) - GAP;
    this.draw();
  }

  private onScroll(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const { book, store } = this.context;
    const top = this.element.scrollTop;
    const height = this.size.height;
    const from = this.pageAt(top - height * NEAR);
    const to = this.pageAt(top + height * (1 + NEAR));
    this.visible = [];
    const wanted: number[] = [];
    for (let number = from; number <= to; number += 1) {
      const page = book.page(number);
      const view = this.views.get(number);
      const style = view.element.style;
      const pageTop = this.tops[number - 1]!;
      const pageHeight = (this.width * page.height) / page.width;
      style.left = `calc(50% - ${this.width / 2}px)`;
      style.top = `${pageTop}px`;
      style.width = `${this.width}px`;
      style.height = `${pageHeight}px`;
      wanted.push(number);
      if (pageTop < top + height && pageTop + pageHeight > top) this.visible.push(number);
      void view.sharpen(this.width * devicePixelRatio);
    }
    this.views.keep(new Set(wanted));
    this.views.show(wanted);
    for (const number of this.visible) void this.views.get(number).showText();
    const current = this.pageAt(top + height * 0.4);
    if (current !== store.state.page) {
      this.following = true;
      store.dispatch({ type: 'go', page: current, replace: true });
      this.following = false;
    }
  }

  /** The page at a height of the strip (binary search). */
  private pageAt(y: number): number {
    let low = 0;
    let high = this.tops.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  close(): void {
    this.ends.abort();
    cancelAnimationFrame(this.frame);
    this.views.close();
    this.element.remove();
  }
}
