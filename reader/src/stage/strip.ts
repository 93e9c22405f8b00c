/** Where pages lie in a strip, one below the other, and which part of it a window shows. Pure arithmetic in CSS pixels. */

export const GAP = 16;
export const SIDE = 12;
/** Pages of a strip that is not zoomed are no wider than lines are pleasant to read. */
const MAX_WIDTH = 980;

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A spot of the strip that must stay where it is: on which page, how far down it, how far across from its middle. */
export interface Spot {
  readonly page: number;
  readonly down: number;
  readonly across: number;
}

export class Strip {
  /** Width of every page. */
  readonly width: number;
  readonly whole: Size;
  private readonly tops: Float64Array;
  private readonly heights: Float64Array;

  constructor(pages: readonly Size[], window: Size, zoom: number) {
    this.width = Math.min(MAX_WIDTH, window.width - 2 * SIDE) * zoom;
    this.tops = new Float64Array(pages.length);
    this.heights = new Float64Array(pages.length);
    let top = GAP;
    pages.forEach((page, index) => {
      this.tops[index] = top;
      this.heights[index] = (this.width * page.height) / page.width;
      top += this.heights[index]! + GAP;
    });
    this.whole = { width: Math.max(window.width, this.width + 2 * SIDE), height: top };
  }

  /** The zoom at which pages are as wide as the window. */
  static widthZoom(window: Size): number {
    const room = window.width - 2 * SIDE;
    return room / Math.min(MAX_WIDTH, room);
  }

  /** Upper edge of a page by its 1-based number. */
  top(page: number): number {
    return this.tops[page - 1] ?? 0;
  }

  height(page: number): number {
    return this.heights[page - 1] ?? 0;
  }

  /** Left edge of all pages. */
  get left(): number {
    return (this.whole.width - this.width) / 2;
  }

  /** The page at a height of the strip; a gap belongs to the page above it. */
  pageAt(y: number): number {
    let low = 0;
    let high = this.tops.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.tops[middle]! <= y) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  spotAt(x: number, y: number): Spot {
    const page = this.pageAt(y);
    return { page, down: (y - this.top(page)) / (this.height(page) || 1), across: (x - this.whole.width / 2) / this.width };
  }

  placeOf(spot: Spot): { x: number; y: number } {
    return { x: this.whole.width / 2 + spot.across * this.width, y: this.top(spot.page) + spot.down * this.height(spot.page) };
  }
}
