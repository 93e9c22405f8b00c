/** Changes from one spread to another: a curl where there is a leaf to turn, a slide on single pages, or a fade. */

import type { Rect, Side, SpreadLayout } from './layout';
import { Curl, move, type Leaf } from './turn/curl';
import { glide, run, type Running } from './turn/animate';
import { led, type Point } from './turn/geometry';

const SLIDE_MS = 280;
const FADE_MS = 160;
const ALIKE = 0.02; // pages of sizes this near to each other are leaves of one book

export type Manner = 'curl' | 'slide' | 'fade';

export interface Change {
  readonly from: SpreadLayout;
  readonly to: SpreadLayout;
  /** The free edge that moves: 'right' when turning on in a book read from left to right. */
  readonly side: Side;
  element(page: number): HTMLElement;
  /** Moves the whole book sideways, for covers that stand in the middle. */
  shift(pixels: number): void;
}

/** A change under way, drawn by hand or by itself. */
export interface Turning extends Running {
  /** 0 as it was, 1 turned. */
  readonly progress: number;
  /** Draw with the held corner here (book coordinates, relative to the spine and the upper edge). */
  hold(point: Point): void;
  /** Let go: on to the new spread, or back. */
  release(complete: boolean): void;
}

export function begin(change: Change, manner: Manner, fromTop: boolean, done: (complete: boolean) => void): Turning {
  place(change);
  if (manner === 'curl') return new CurlTurning(change, fromTop, done);
  return new SlideTurning(change, manner, done);
}

/** Whether both spreads have what a leaf needs on this side, with pages of one size. */
export function canCurl(from: SpreadLayout, to: SpreadLayout, side: Side): boolean {
  const front = from.pages.find((placed) => placed.side === side);
  const back = to.pages.find((placed) => placed.side === other(side));
  if (!front || !back) return false;
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= ALIKE * Math.max(a, b);
  return near(front.rect.width, back.rect.width) && near(front.rect.height, back.rect.height);
}

const other = (side: Side): Side => (side === 'left' ? 'right' : 'left');

function place({ from, to, element }: Change): void {
  for (const { page, rect } of [...from.pages, ...to.pages]) move(element(page), rect);
}

class CurlTurning implements Turning {
  private readonly curl: Curl;
  private readonly rect: Rect;
  progress = 0;
  private held: Point;
  private running: Running | null = null;

  constructor(
    private readonly change: Change,
    private readonly fromTop: boolean,
    private readonly done: (complete: boolean) => void,
  ) {
    const { from, to, side, element } = change;
    const front = from.pages.find((placed) => placed.side === side)!;
    const back = to.pages.find((placed) => placed.side === other(side))!;
    const under = to.pages.find((placed) => placed.side === side);
    const leaf: Leaf = {
      front: element(front.page),
      back: element(back.page),
      under: under ? element(under.page) : null,
      side,
      rect: front.rect,
    };
    this.rect = front.rect;
    this.curl = new Curl(leaf);
    this.held = { x: this.rect.width, y: fromTop ? 0 : this.rect.height };
  }

  hold(point: Point): void {
    const { side } = this.change;
    this.draw({ x: side === 'right' ? point.x : -point.x, y: point.y });
  }

  release(complete: boolean): void {
    const { width, height } = this.rect;
    const y = this.fromTop ? 0 : height;
    const start = this.held;
    const untouched = this.progress === 0;
    const to = { x: complete ? -width : width, y };
    const distance = Math.hypot(start.x - to.x, start.y - to.y) / (2 * width);
    const arc = (share: number): Point | null => (untouched ? led(share, width, height, this.fromTop) : null);
    this.running = glide(start, to, arc, distance, (held) => this.draw(held), () => this.end(complete));
  }

  finish(): void {
    if (this.running) this.running.finish();
    else this.end(false);
  }

  private draw(held: Point): void {
    this.held = held;
    const folded = this.curl.draw(held, this.fromTop);
    this.progress = folded.progress;
    const { from, to, shift } = this.change;
    shift(from.shift + (to.shift - from.shift) * folded.progress);
  }

  private end(complete: boolean): void {
    this.curl.clear();
    const { from, to, element, shift } = this.change;
    const stays = complete ? to : from;
    for (const { page, rect } of stays.pages) move(element(page), rect);
    shift(stays.shift);
    this.done(complete);
  }
}

class SlideTurning implements Turning {
  private offset = 0;
  private animations: Animation[] = [];
  private completes = false;
  private over = false;
  /** How far pages slide; read once, because a frame must not wait for layout. */
  private readonly width: number;

  constructor(
    private readonly change: Change,
    private readonly manner: 'slide' | 'fade',
    private readonly done: (complete: boolean) => void,
  ) {
    this.width = Math.max(change.from.width, change.to.width, document.documentElement.clientWidth);
    for (const part of this.parts('to')) {
      part.style.visibility = 'visible';
      part.style.zIndex = '2';
    }
    change.shift(change.from.shift);
    this.draw(0);
  }

  get progress(): number {
    return Math.abs(this.offset) / this.width;
  }

  /** `point.x` is how far the finger has moved; the pages follow it. */
  hold(point: Point): void {
    this.draw(point.x);
  }

  release(complete: boolean): void {
    const width = this.width;
    const sign = this.change.side === 'right' ? -1 : 1;
    this.completes = complete || this.manner === 'fade';
    if (this.manner === 'fade') {
      this.fade();
      return;
    }
    const goal = complete ? sign * width : 0;
    const rest = Math.abs(goal - this.offset) / width;
    const time = Math.max(90, SLIDE_MS * rest);
    const slide = (part: HTMLElement, base: number): Animation =>
      run(part, [{ transform: `translateX(${base + this.offset}px)` }, { transform: `translateX(${base + goal}px)` }], time);
    this.animations = [
      ...this.parts('from').map((part) => slide(part, 0)),
      ...this.parts('to').map((part) => slide(part, -sign * width)),
    ];
    this.animations[0]?.finished.then(
      () => this.end(complete),
      () => undefined,
    );
  }

  finish(): void {
    this.end(this.completes);
  }

  private fade(): void {
    this.animations = this.parts('to').map((part) => {
      part.style.transform = '';
      return run(part, [{ opacity: 0.15 }, { opacity: 1 }], FADE_MS);
    });
    this.change.shift(this.change.to.shift);
    this.animations[0]?.finished.then(
      () => this.end(true),
      () => undefined,
    );
  }

  private draw(offset: number): void {
    this.offset = offset;
    if (this.manner === 'fade') return;
    const sign = this.change.side === 'right' ? -1 : 1;
    for (const part of this.parts('from')) part.style.transform = `translateX(${offset}px)`;
    for (const part of this.parts('to')) part.style.transform = `translateX(${offset - sign * this.width}px)`;
  }

  private parts(which: 'from' | 'to'): HTMLElement[] {
    return this.change[which].pages.map(({ page }) => this.change.element(page));
  }

  private end(complete: boolean): void {
    if (this.over) return;
    this.over = true;
    this.animations.forEach((animation) => animation.cancel());
    for (const part of [...this.parts('from'), ...this.parts('to')]) {
      for (const name of ['transform', 'visibility', 'z-index', 'opacity']) part.style.removeProperty(name);
    }
    const stays = complete ? this.change.to : this.change.from;
    this.change.shift(stays.shift);
    this.done(complete);
  }
}

