/** The stage: holds the pages in the manner chosen, and joins gestures and keys to actions. */

import type { StageHandle } from '../store/context';
import type { Action, ReaderState } from '../store/state';
import { mountBeginning } from './beginning';
import { mountCopying } from './copying';
import { mountGestures, type Meaning } from './gestures';
import { viewFor } from './layout';
import { PagedStage } from './paged';
import { ScrollStage } from './scroll';
import type { Turning } from './turner';
import type { StageContext } from './views';

const EDGE = 0.09; // of the stage's width: a tap or a mouse drag that begins here turns
const BESIDE = 24; // pixels between a link that has the focus and the edge of the stage
const SWIPE = 0.35; // pixels a millisecond

export interface FirstPicture {
  readonly image: HTMLImageElement;
  readonly nominal: number;
}

export class Stage implements StageHandle {
  private mode: PagedStage | ScrollStage;
  private readonly motion = matchMedia('(prefers-reduced-motion: reduce)');
  private readonly ends: (() => void)[] = [];

  constructor(
    private readonly context: StageContext,
    private readonly host: HTMLElement,
    first: FirstPicture | null,
  ) {
    const { store } = context;
    this.resolveView();
    this.mode = this.make(store.state);
    this.mount(first);
    const observer = new ResizeObserver(() => this.resized());
    observer.observe(host);
    this.ends.push(
      () => observer.disconnect(),
      store.subscribe((state, before, action) => this.changed(state, before, action)),
      mountGestures(host, this.meaning()),
      mountBeginning(host),
      mountCopying(host),
    );
    host.addEventListener('click', (event) => this.onClick(event));
    host.addEventListener('focusin', (event) => this.intoSight(event.target as Element));
  }

  focus(): void {
    this.host.focus({ preventScroll: true });
  }

  visiblePages(): readonly number[] {
    return this.mode.visiblePages();
  }

  /** What is known of the pages has changed: more of them are made. */
  renew(): void {
    this.mode.renew();
  }

  close(): void {
    this.ends.forEach((end) => end());
    this.mode.close();
  }

  /** Move what is seen by keys while zoomed; false if nothing moved. */
  pan(x: number, y: number): boolean {
    return this.mode instanceof PagedStage && this.mode.panBy({ x, y });
  }

  /** A link that the focus comes to while the page is larger than the window moves into it. */
  private intoSight(part: Element): void {
    if (this.context.store.state.zoom <= 1.001 || !part.closest('.page')) return;
    const [own, room] = [part, this.host].map((each) => each.getBoundingClientRect()) as [DOMRect, DOMRect];
    const way = (near: number, far: number, from: number, to: number): number => (near < from ? from - near + BESIDE : far > to ? to - far - BESIDE : 0);
    const [x, y] = [way(own.left, own.right, room.left, room.right), way(own.top, own.bottom, room.top, room.bottom)];
    if (x || y) this.pan(x, y);
  }

  private make(state: ReaderState): PagedStage | ScrollStage {
    return state.view === 'scroll'
      ? new ScrollStage(this.context)
      : new PagedStage(this.context, state.view, () => this.motion.matches);
  }

  private mount(first: FirstPicture | null): void {
    this.host.dataset.view = this.context.store.state.view;
    this.host.prepend(this.mode.element);
    this.mode.resize(this.size(), this.margin());
    this.mode.start(this.context.store.state, first);
  }

  private changed(state: ReaderState, before: ReaderState, action: Action): void {
    if (action.type === 'choose-view' && state.viewChoice === 'auto') this.resolveView();
    if (this.context.store.state.view !== this.host.dataset.view) {
      this.mode.close();
      this.mode = this.make(this.context.store.state);
      this.mount(null);
      return;
    }
    this.mode.update(state, before, action);
  }

  private resized(): void {
    this.resolveView();
    this.mode.resize(this.size(), this.margin());
  }

  private resolveView(): void {
    const { store } = this.context;
    if (store.state.viewChoice !== 'auto') return;
    const { width, height } = this.size();
    store.dispatch({ type: 'view-resolved', view: viewFor(width, height) });
  }

  private size(): { width: number; height: number } {
    return { width: this.host.clientWidth || innerWidth, height: this.host.clientHeight || innerHeight };
  }

  private margin(): number {
    const wanted = getComputedStyle(this.host).getPropertyValue('--stage-margin');
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
    return wanted.trim().endsWith('rem') ? parseFloat(wanted) * rem : 12;
  }

  /** Links to pages stay inside the reader; what lies on a page opens over it. */
  private onClick(event: MouseEvent): void {
    const overlay = (event.target as Element).closest<HTMLElement>('[data-overlay]');
    if (overlay) {
      // A form is a link too: it opens in a window of its own for who wants that.
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      return void this.context.store.dispatch({ type: 'overlay', overlay: overlay.dataset.overlay! });
    }
    const link = (event.target as Element).closest<HTMLAnchorElement>('a.page-link[data-page]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.context.store.dispatch({ type: 'go', page: Number(link.dataset.page) });
  }

  private meaning(): Meaning {
    let turning: Turning | null = null;
    let side: 'left' | 'right' = 'right';
    let start = { x: 0, y: 0 };
    let fromTop = false;
    let touched = false;
    const paged = (): PagedStage | null => (this.mode instanceof PagedStage ? this.mode : null);
    const single = (): boolean => this.context.store.state.view === 'single';
    return {
      dragKind: (event) => {
        const mode = paged();
        if (!mode) return null;
        mode.rest();
        if (mode.zoom > 1.001) return event.pointerType === 'mouse' && onWord(event) ? null : 'pan';
        if (event.pointerType !== 'mouse') return 'turn';
        return this.atEdge(event) && !onWord(event) ? 'turn' : null;
      },
      dragStart: (kind, at, event) => {
        start = at;
        touched = event.pointerType !== 'mouse';
        fromTop = at.y < 0;
        side = at.x >= 0 ? 'right' : 'left';
        if (kind === 'turn' && !touched) turning = paged()?.grab(side, fromTop) ?? null;
      },
      dragMove: (kind, at, by) => {
        const mode = paged();
        if (kind === 'pan' || !mode) return void mode?.panBy(by);
        // A finger turns the page that it moves, wherever it lies; the mouse the one that it took.
        const wanted = at.x < start.x ? 'right' : 'left';
        if (touched && (!turning || wanted !== side)) {
          turning?.release(false);
          side = wanted;
          turning = mode.grab(side, fromTop);
        }
        turning?.hold(single() ? { x: at.x - start.x, y: 0 } : mode.cornerFor(side, fromTop, start, at));
      },
      dragEnd: (kind, at, velocity) => {
        if (kind === 'pan') return void paged()?.fling(velocity);
        const sign = side === 'right' ? -1 : 1;
        const flung = velocity.x * sign > SWIPE;
        const far = (at.x - start.x) * sign > 0 && (turning?.progress ?? 0) > (single() ? 0.3 : 0.5);
        turning?.release(flung || (far && velocity.x * sign > -SWIPE));
        turning = null;
      },
      pinch: (factor, at, by) => this.mode.zoomBy(factor, at, by),
      pinchEnd: () => undefined,
      wheelZoom: (factor, at) => this.mode.zoomBy(factor, at),
      wheelPan: (by) => (paged()?.zoom ?? 1) > 1.001 && paged()!.panBy(by),
      doubleTap: (at, event) => {
        if ((event as PointerEvent).pointerType === 'mouse' && onWord(event)) return;
        const { store } = this.context;
        store.dispatch({ type: 'zoom', zoom: store.state.zoom > 1.001 ? 1 : 2.2, at });
      },
      tap: (at, event) => this.onTap(at, event),
    };
  }

  /** A tap at the outer edge of a phone's screen turns. */
  private onTap(at: { x: number; y: number }, event: PointerEvent): void {
    const { store, book } = this.context;
    if (!(this.mode instanceof PagedStage) || this.mode.zoom > 1.001 || event.pointerType === 'mouse') return;
    if ((event.target as Element).closest('a, button')) return;
    const half = this.size().width / 2;
    if (Math.abs(at.x) < half * (1 - 2 * EDGE * 1.6)) return;
    store.dispatch({ type: at.x > 0 === (book.direction === 'ltr') ? 'next' : 'previous' });
  }

  /** Whether a mouse drag begins on the outer part of the spread, where a hand takes a page. */
  private atEdge(event: PointerEvent): boolean {
    const pages = [...this.host.querySelectorAll<HTMLElement>('.page:not(.is-away)')].map((page) => page.getBoundingClientRect());
    if (!pages.length) return false;
    const left = Math.min(...pages.map((box) => box.left));
    const right = Math.max(...pages.map((box) => box.right));
    const reach = Math.max(40, (right - left) * EDGE);
    return (event.clientX > right - reach && event.clientX < right + 60) || (event.clientX < left + reach && event.clientX > left - 60);
  }
}

const onWord = (event: Event): boolean => (event.target as Element).closest('.word, .text-line') !== null;
