/** Draws a fold with the pages' own elements: only transforms, clips and opacity change from frame to frame. */

import type { Rect, Side } from '../layout';
import { fold, type Fold, type Point } from './geometry';

export interface Leaf {
  /** The page on top of the leaf, the page on its back, the page below it. Missing ones are blank paper or desk. */
  readonly front: HTMLElement | null;
  readonly back: HTMLElement | null;
  readonly under: HTMLElement | null;
  readonly side: Side;
  /** The leaf's rectangle in book coordinates. */
  readonly rect: Rect;
}

/** A leaf in the middle of being turned. */
export class Curl {
  private readonly backShade = shade('turn-shade turn-shade-back');
  private readonly underShade = shade('turn-shade turn-shade-under');

  constructor(private readonly leaf: Leaf) {
    const { front, back, under, rect } = leaf;
    for (const [part, layer] of [[under, '1'], [front, '2'], [back, '3']] as const) {
      if (!part) continue;
      part.style.zIndex = layer;
      part.style.visibility = 'visible';
    }
    if (back) {
      move(back, rect);
      back.style.transformOrigin = '0 0';
      back.append(this.backShade);
    }
    under?.append(this.underShade);
  }

  /** Show the leaf with its held corner at `held` (leaf coordinates: x from the spine outwards). */
  draw(held: Point, fromTop: boolean): Fold {
    const { front, back, rect, side } = this.leaf;
    const folded = fold(held, rect.width, rect.height, fromTop);
    const mirrored = side === 'left';
    if (front) front.style.clipPath = polygon(folded.flat, mirrored ? rect.width : null);
    if (back) {
      back.style.clipPath = polygon(folded.back, mirrored ? rect.width : null);
      back.style.transform = `matrix(${matrix(folded.matrix, mirrored, rect.width).map((part) => part.toFixed(5)).join(',')})`;
    }
    this.drawShades(folded, mirrored);
    return folded;
  }

  /** Take every trace of the turn from the elements. */
  clear(): void {
    this.backShade.remove();
    this.underShade.remove();
    for (const part of [this.leaf.front, this.leaf.back, this.leaf.under]) {
      if (!part) continue;
      for (const name of ['clip-path', 'transform', 'transform-origin', 'z-index', 'visibility']) part.style.removeProperty(name);
    }
  }

  private drawShades(folded: Fold, mirrored: boolean): void {
    const { width, height } = this.leaf.rect;
    const long = 2.4 * Math.hypot(width, height);
    const reach = Math.max(24, width * 0.28 * Math.sin(Math.PI * Math.min(1, 0.08 + folded.progress)));
    const across = mirrored ? Math.PI - folded.angle : folded.angle;
    const x = mirrored ? width - folded.middle.x : folded.middle.x;
    // On what lies below: the shadow falls from the fold outwards.
    this.underShade.style.transform = `translate(${x.toFixed(2)}px,${folded.middle.y.toFixed(2)}px) rotate(${across.toFixed(4)}rad) scale(${(reach / 100).toFixed(4)},${(long / 100).toFixed(4)})`;
    this.underShade.style.opacity = (1 - 0.75 * folded.progress).toFixed(3);
    // On the back: light on the bend, a line of shade beside it. In the back page's own coordinates.
    const backX = mirrored ? folded.middle.x : width - folded.middle.x;
    const backAngle = mirrored ? folded.angle : Math.PI - folded.angle;
    this.backShade.style.transform = `translate(${backX.toFixed(2)}px,${folded.middle.y.toFixed(2)}px) rotate(${backAngle.toFixed(4)}rad) scale(${(reach / 100).toFixed(4)},${(long / 100).toFixed(4)})`;
    this.backShade.style.opacity = (0.9 - 0.6 * folded.progress).toFixed(3);
  }
}

/** Put an element on a rectangle of the book. */
export function move(part: HTMLElement, rect: Rect): void {
  part.style.left = `${rect.x}px`;
  part.style.top = `${rect.y}px`;
  part.style.width = `${rect.width}px`;
  part.style.height = `${rect.height}px`;
}

function polygon(points: readonly Point[], mirror: number | null): string {
  if (points.length < 3) return 'polygon(0 0, 0 0, 0 0)';
  return `polygon(${points
    .map(({ x, y }) => `${(mirror === null ? x : mirror - x).toFixed(2)}px ${y.toFixed(2)}px`)
    .join(',')})`;
}

/** The same placement for a leaf whose spine is on its right: mirrored before and after. */
function matrix(m: Fold['matrix'], mirrored: boolean, width: number): readonly number[] {
  if (!mirrored) return m;
  const [a, b, c, d, e, f] = m;
  return [a, -b, -c, d, width - a * width - e, b * width + f];
}

function shade(name: string): HTMLElement {
  const part = document.createElement('div');
  part.className = name;
  return part;
}
