/** Where pages lie: rectangles in book coordinates (CSS pixels, the spine at x = 0, the middle of the height at y = 0). */

import { isWide, type Book, type Spread } from '../book/book';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
export type Side = 'left' | 'right';

export interface Placed {
  readonly page: number;
  readonly side: Side | 'middle';
  readonly rect: Rect;
}

/** The pages of a spread placed, and how far the book must move so that they stand in the middle. */
export interface SpreadLayout {
  readonly pages: readonly Placed[];
  readonly shift: number;
  readonly width: number;
  readonly height: number;
}

/** A window this wide and this much wider than high shows two pages. */
const SPREAD_MIN_WIDTH = 820;
const SPREAD_MIN_ASPECT = 1.05;

export function viewFor(width: number, height: number): 'spread' | 'single' {
  return width >= SPREAD_MIN_WIDTH && width > SPREAD_MIN_ASPECT * height ? 'spread' : 'single';
}

export function layoutSpread(book: Book, view: 'spread' | 'single', index: number, room: { width: number; height: number }): SpreadLayout {
  const spread = book.spreads(view)[index]!;
  const pages = spread.map((number) => book.page(number));
  const height = Math.max(...pages.map((page) => page.height));
  const alone = pages.length === 1;
  const isBook = view === 'spread' && !(alone && isWide(pages[0]!));
  const across = alone && isBook ? 2 * pages[0]!.width : pages.reduce((sum, page) => sum + page.width, 0);
  const scale = Math.min(room.width / across, room.height / height);
  const placed = spread.map((number, place): Placed => {
    const page = book.page(number);
    const size = { width: page.width * scale, height: page.height * scale };
    const side = sideOf(book, view, spread, index, place);
    const x = side === 'middle' ? -size.width / 2 : side === 'left' ? -size.width : 0;
    return { page: number, side, rect: { x, y: -size.height / 2, ...size } };
  });
  const left = Math.min(...placed.map(({ rect }) => rect.x));
  const right = Math.max(...placed.map(({ rect }) => rect.x + rect.width));
  return { pages: placed, shift: -(left + right) / 2, width: right - left, height: height * scale };
}

function sideOf(book: Book, view: 'spread' | 'single', spread: Spread, index: number, place: number): Side | 'middle' {
  if (view === 'single') return 'middle';
  const leftToRight = book.direction === 'ltr';
  if (spread.length === 2) return (place === 0) === leftToRight ? 'left' : 'right';
  if (isWide(book.page(spread[0]))) return 'middle';
  return (index === 0) === leftToRight ? 'right' : 'left';
}
