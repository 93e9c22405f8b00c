/** Draws a fold with the pages' own leaves: only transforms and opacity change, so that nothing is painted anew. */

import type { Leaf } from '../leaf';
import type { Rect, Side } from '../layout';
import { fold, mirror, type Fold, type Placement, type Point } from './geometry';

export interface Sheet {
  readonly element: HTMLElement;
  readonly leaf: Leaf;
  /** Where its page lies in the book. */
  readonly rect: Rect;
}

/** The leaf that turns: the page on top of it, the page on its back, the page below it if there is one. */
export interface Turned {
  readonly front: Sheet;
  readonly back: Sheet;
  readonly under: Sheet | null;
  readonly side: Side;
}

/** Something that moves during a turn, and how it looks at a fold. */
export interface Part {
  readonly element: HTMLElement;
  style(fold: Fold): Readonly<Record<string, string>>;
}

const SHADE = 0.28; // of the page's width: how far the widest shade beside the fold reaches

const NEXT_TO_CLEAR = 0.002; // less than a screen can show, more than nothing, which would not be drawn

/** Made while pages rest, so that a turn that begins changes transforms and opacity alone. */
export class Curl {
  readonly parts: readonly Part[];
  private readonly covers: HTMLElement[] = [];
  /**
   * How the leaf gives way to the page below it: that page spreads over the leaf from the fold on, where it is large enough
   * to cover it. Little is drawn when a turn begins, which is when somebody waits. Else the leaf is clipped along the fold.
   */
  private readonly spreads: boolean;

  constructor(
    private readonly turned: Turned,
    extra: readonly Part[],
  ) {
    const { front, back, under } = turned;
    this.spreads = under !== null && within(front.rect, under.rect);
    const parts = [...this.edge(back), this.flap(), this.backShade(), ...extra];
    if (this.spreads) parts.push(...this.edge(under!, true));
    else parts.push(...this.edge(front));
    this.parts = under ? [...parts, this.underShade(under)] : parts;
    // One order serves both ways to turn, so that none changes when a turn begins.
    front.element.style.zIndex = '2';
    back.element.style.zIndex = '4';
    if (under) under.element.style.zIndex = this.spreads ? '3' : '1';
    this.wait();
  }

  /** Bring the pages to come where they are seen; they follow the first fold. */
  begin(): void {
    const { back, under } = this.turned;
    back.leaf.frame.style.removeProperty('opacity');
    if (this.spreads) under!.leaf.frame.style.removeProperty('opacity');
    else if (under) under.leaf.frame.style.transform = 'none';
  }

  /**
   * Browsers draw beforehand only what lies in the window. So the pages to come wait there without being seen: over those
   * that are read, all but one column clipped away, and that column next to clear.
   */
  private wait(): void {
    const { back, under } = this.turned;
    for (const sheet of this.spreads ? [back, under!] : [back]) {
      const [frame, upright] = sheet.leaf.clipped({ x: 1, y: sheet.rect.height / 2, angle: 0 });
      Object.assign(sheet.leaf.frame.style, { transform: frame, opacity: String(NEXT_TO_CLEAR) });
      sheet.leaf.upright.style.transform = upright;
    }
  }

  /** The fold for a corner held at `held` (x from the spine outwards, y from the upper edge). */
  fold(held: Point, fromTop: boolean): Fold {
    const { width, height } = this.turned.front.rect;
    return fold(held, width, height, fromTop);
  }

  draw(folded: Fold): void {
    for (const { element, style } of this.parts) Object.assign(element.style, style(folded));
  }

  /** Take every trace of the turn from the elements. */
  clear(): void {
    this.covers.forEach((cover) => cover.remove());
    for (const sheet of [this.turned.front, this.turned.back, this.turned.under]) {
      sheet?.leaf.clear();
      sheet?.element.style.removeProperty('z-index');
    }
  }

  private get mirrored(): boolean {
    return this.turned.side === 'left';
  }

  private get width(): number {
    return this.turned.front.rect.width;
  }

  /** The fold in the coordinates of a page of this leaf. */
  private on(sheet: Sheet, folded: Fold, what: 'crease' | 'back'): Placement {
    const { x, y, angle } = (this.mirrored ? mirror(folded, this.width) : folded)[what];
    const { rect } = this.turned.front;
    return { x: x + rect.x - sheet.rect.x, y: y + rect.y - sheet.rect.y, angle };
  }

  /**
   * Front and back end at the fold, on the same side of it: one lies flat there, the other is folded over it. What lies
   * `beyond` the fold is the page below.
   */
  private edge(sheet: Sheet, beyond = false): Part[] {
    const { leaf } = sheet;
    const crease = (folded: Fold): Placement => {
      const { x, y, angle } = this.on(sheet, folded, 'crease');
      return { x, y, angle: beyond ? angle + Math.PI : angle };
    };
    return [leaf.frame, leaf.upright].map((element, place) => ({
      element,
      style: (folded) => ({ transform: leaf.clipped(crease(folded))[place]! }),
    }));
  }

  private flap(): Part {
    const { back } = this.turned;
    return { element: back.leaf.face, style: (folded) => ({ transform: placed(this.on(back, folded, 'back')) }) };
  }

  /** On what lies below: the shadow falls from the fold outwards. */
  private underShade(under: Sheet): Part {
    return {
      element: this.shade(under, 'turn-shade turn-shade-under'),
      style: (folded) => ({
        transform: `${placed(this.on(under, folded, 'crease'))} ${reach(folded)}`,
        opacity: (1 - 0.75 * folded.progress).toFixed(3),
      }),
    };
  }

  /** On the back: light on the bend, a line of shade beside it. In the back page's own coordinates. */
  private backShade(): Part {
    return {
      element: this.shade(this.turned.back, 'turn-shade turn-shade-back'),
      style: (folded) => {
        const { x, y, angle } = folded.crease;
        const at = this.mirrored ? { x, y, angle } : { x: this.width - x, y, angle: Math.PI - angle };
        return { transform: `${placed(at)} ${reach(folded)}`, opacity: (0.9 - 0.6 * folded.progress).toFixed(3) };
      },
    };
  }

  /** A strip of shade along the fold that ends where its page ends. */
  private shade(sheet: Sheet, name: string): HTMLElement {
    const cover = document.createElement('div');
    cover.className = 'turn-cover';
    const strip = document.createElement('div');
    strip.className = name;
    const { width, height } = this.turned.front.rect;
    const length = Math.ceil(2.4 * Math.hypot(width, height));
    strip.style.width = `${Math.ceil(width * SHADE)}px`;
    strip.style.height = `${length}px`;
    strip.style.marginTop = `${-length / 2}px`;
    cover.append(strip);
    sheet.leaf.face.append(cover);
    this.covers.push(cover);
    return strip;
  }
}

const within = (inner: Rect, outer: Rect): boolean =>
  inner.x >= outer.x - 0.5 &&
  inner.y >= outer.y - 0.5 &&
  inner.x + inner.width <= outer.x + outer.width + 0.5 &&
  inner.y + inner.height <= outer.y + outer.height + 0.5;

const placed = ({ x, y, angle }: Placement): string => `translate(${x.toFixed(2)}px,${y.toFixed(2)}px) rotate(${angle.toFixed(5)}rad)`;

/** The bend is widest in the middle of the turn. */
const reach = ({ progress }: Fold): string => `scaleX(${Math.sin(Math.PI * Math.min(0.92, 0.08 + progress)).toFixed(4)})`;
