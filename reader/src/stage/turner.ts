/** Changes from one spread to another: a curl where there is a leaf to turn, a slide on single pages, or a fade. */

import type { Rect, Side, SpreadLayout } from './layout';
import { Curl, type Part, type Sheet } from './turn/curl';
import { play, rehearse, run, type Running } from './turn/animate';
import { led, type Fold, type Point } from './turn/geometry';

const SLIDE_MS = 280;
const FADE_MS = 160;
const ALIKE = 0.02; // pages of sizes this near to each other are leaves of one book

export type Manner = 'curl' | 'slide' | 'fade';

export interface Change {
  readonly from: SpreadLayout;
  readonly to: SpreadLayout;
  /** The free edge that moves: 'right' when turning on in a book read from left to right. */
  readonly side: Side;
  /** How far pages slide, in CSS pixels: the width of what can be seen. */
  readonly room: number;
  /** The pages' own elements. */
  view(page: number): Omit<Sheet, 'rect'>;
  /** What holds the whole book, and its transform when the book is moved sideways, for covers that stand in the middle. */
  readonly surface: HTMLElement;
  shifted(pixels: number): string;
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
  return manner === 'curl' ? new ReadyLeaf(change).turn(fromTop, done) : new SlideTurning(change, manner, done);
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

/** A leaf made ready to be turned, while pages rest: its order, its shades, and the way it goes when nobody holds it. */
export class ReadyLeaf {
  readonly curl: Curl;
  readonly rect: Rect;
  private rehearsed: readonly Animation[] | null = null;

  constructor(readonly change: Change) {
    const { from, to, side, view } = change;
    const sheet = (layout: SpreadLayout, place: Side): Sheet | null => {
      const found = layout.pages.find((placed) => placed.side === place);
      if (!found) return null;
      const { element, leaf } = view(found.page);
      return { element, leaf, rect: found.rect };
    };
    const turned = { front: sheet(from, side)!, back: sheet(to, other(side))!, under: sheet(to, side), side };
    this.rect = turned.front.rect;
    this.curl = new Curl(turned, from.shift === to.shift ? [] : [this.sideways()]);
  }

  /** Prepare the turn that a key asks for. */
  rehearse(): void {
    this.rehearsed = this.whole(false);
  }

  /** The animations of a whole turn, from rest. */
  whole(fromTop: boolean): readonly Animation[] {
    const { width, height } = this.rect;
    const end = { x: -width, y: fromTop ? 0 : height };
    const path = (share: number): Fold => this.curl.fold(share < 1 ? led(share, width, height, fromTop) : end, fromTop);
    return (!fromTop && this.rehearsed) || rehearse(this.curl.parts, path, 1);
  }

  turn(fromTop: boolean, done: (complete: boolean) => void): Turning {
    this.curl.begin();
    return new CurlTurning(this, fromTop, done);
  }

  clear(): void {
    this.rehearsed?.forEach((animation) => animation.cancel());
    this.curl.clear();
  }

  /** A book that was closed and is opened, or the other way round, moves so that it stays in the middle. */
  private sideways(): Part {
    const { from, to, surface, shifted } = this.change;
    return {
      element: surface,
      style: ({ progress }) => ({ transform: shifted(from.shift + (to.shift - from.shift) * progress) }),
    };
  }
}

class CurlTurning implements Turning {
  progress = 0;
  private held: Point;
  private running: Running | null = null;

  constructor(
    private readonly ready: ReadyLeaf,
    private readonly fromTop: boolean,
    private readonly done: (complete: boolean) => void,
  ) {
    const { width, height } = ready.rect;
    this.held = { x: width, y: fromTop ? 0 : height };
  }

  hold(point: Point): void {
    const { curl, change } = this.ready;
    this.held = { x: change.side === 'right' ? point.x : -point.x, y: point.y };
    const folded = curl.fold(this.held, this.fromTop);
    this.progress = folded.progress;
    curl.draw(folded);
  }

  release(complete: boolean): void {
    const way = complete && this.progress === 0 ? this.ready.whole(this.fromTop) : this.way(complete);
    this.running = play(way, () => this.end(complete));
  }

  finish(): void {
    if (this.running) this.running.finish();
    else this.end(false);
  }

  /** Straight from where the corner is held to where it ends. */
  private way(complete: boolean): readonly Animation[] {
    const { curl, rect } = this.ready;
    const { fromTop, held: start } = this;
    const end = { x: complete ? -rect.width : rect.width, y: fromTop ? 0 : rect.height };
    const between = (share: number): Point => ({ x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share });
    const distance = Math.hypot(start.x - end.x, start.y - end.y) / (2 * rect.width);
    return rehearse(curl.parts, (share) => curl.fold(between(share), fromTop), distance);
  }

  private end(complete: boolean): void {
    this.ready.clear();
    this.done(complete);
  }
}

class SlideTurning implements Turning {
  private offset = 0;
  private running: Running | null = null;
  private completes = false;
  private over = false;

  constructor(
    private readonly change: Change,
    private readonly manner: 'slide' | 'fade',
    private readonly done: (complete: boolean) => void,
  ) {
    for (const { element } of this.sheets('to')) element.style.zIndex = '2';
    this.draw(0);
  }

  get progress(): number {
    return Math.abs(this.offset) / this.change.room;
  }

  /** `point.x` is how far the finger has moved; the pages follow it. */
  hold(point: Point): void {
    this.draw(point.x);
  }

  release(complete: boolean): void {
    this.completes = complete || this.manner === 'fade';
    if (this.manner === 'fade') return this.fade();
    const { room } = this.change;
    const goal = complete ? this.sign * room : 0;
    const time = Math.max(90, (SLIDE_MS * Math.abs(goal - this.offset)) / room);
    const slide = (which: 'from' | 'to', base: number): (readonly [HTMLElement, Keyframe[]])[] =>
      this.sheets(which).map(({ leaf }) => [leaf.frame, [across(base + this.offset), across(base + goal)]]);
    this.running = run([...slide('from', 0), ...slide('to', -this.sign * room)], time, () => this.end(complete));
  }

  finish(): void {
    if (this.running) this.running.finish();
    else this.end(this.completes);
  }

  private get sign(): 1 | -1 {
    return this.change.side === 'right' ? -1 : 1;
  }

  private fade(): void {
    this.change.surface.style.transform = this.change.shifted(this.change.to.shift);
    const frames = this.sheets('to').map(({ leaf }) => [leaf.frame, [{ opacity: 0.15 }, { opacity: 1 }]] as const);
    for (const { leaf } of this.sheets('to')) leaf.frame.style.transform = 'none';
    this.running = run(frames.map(([element, keys]) => [element, [...keys]]), FADE_MS, () => this.end(true));
  }

  private draw(offset: number): void {
    this.offset = offset;
    if (this.manner === 'fade') return;
    for (const { leaf } of this.sheets('from')) Object.assign(leaf.frame.style, across(offset));
    for (const { leaf } of this.sheets('to')) Object.assign(leaf.frame.style, across(offset - this.sign * this.change.room));
  }

  private sheets(which: 'from' | 'to'): Omit<Sheet, 'rect'>[] {
    return this.change[which].pages.map(({ page }) => this.change.view(page));
  }

  private end(complete: boolean): void {
    if (this.over) return;
    this.over = true;
    for (const { element, leaf } of [...this.sheets('from'), ...this.sheets('to')]) {
      leaf.clear();
      element.style.removeProperty('z-index');
    }
    this.done(complete);
  }
}

const across = (pixels: number): { transform: string } => ({ transform: `translateX(${pixels.toFixed(2)}px)` });
