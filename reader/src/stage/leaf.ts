/**
 * The paper of a page: the face that is seen, inside two frames that make it a leaf that can be turned. The outer one
 * clips along a straight edge wherever it is placed, the inner one takes that placement back, so that the face stays
 * where it is while the edge moves over it. All three change by transforms alone, and the compositor can do that by
 * itself, without painting anything anew. In a strip, where nothing is turned, the frames do nothing.
 */

import type { Rect } from './layout';
import type { Placement } from './turn/geometry';

/** How far beyond the page's edge the clipping edge rests; see `.leaf` in the style sheet. */
const MARGIN = 64;

export class Leaf {
  readonly frame = part('leaf');
  readonly upright = part('leaf-upright');
  readonly face = part('face');
  private rest = { x: 0, y: 0 };

  constructor() {
    this.frame.append(this.upright);
    this.upright.append(this.face);
  }

  /** The face has this size (CSS pixels). */
  place({ width, height }: Rect): void {
    this.rest = { x: width + MARGIN, y: height / 2 };
    const { style } = this.face;
    style.setProperty('--rest-left', `${-this.rest.x}px`);
    style.setProperty('--rest-top', `${-this.rest.y}px`);
    style.width = `${width}px`;
    style.height = `${height}px`;
  }

  /** Transforms of frame and inner frame that clip along a crease (coordinates of the page, from its top left). */
  clipped({ x, y, angle }: Placement): readonly [frame: string, upright: string] {
    const across = (x - this.rest.x).toFixed(2);
    const down = (y - this.rest.y).toFixed(2);
    const turn = angle.toFixed(5);
    return [
      `translate(${across}px,${down}px) rotate(${turn}rad)`,
      `rotate(${negative(turn)}rad) translate(${negative(across)}px,${negative(down)}px)`,
    ];
  }

  /** As it lies when nothing is turned. */
  clear(): void {
    for (const each of [this.frame, this.upright, this.face]) each.style.removeProperty('transform');
    this.frame.style.removeProperty('opacity');
  }
}

/** The same digits with the other sign, so that the two frames cancel out exactly. */
const negative = (number: string): string => (number.startsWith('-') ? number.slice(1) : `-${number}`);

function part(name: string): HTMLElement {
  const made = document.createElement('div');
  made.className = name;
  return made;
}
