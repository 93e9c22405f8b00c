/** Where pages lie: spreads, zoom, the strip, and the widths of pictures. */

import { describe, expect, it } from 'vitest';

import { makeBook } from '../../src/book/book';
import { layoutSpread, viewFor } from '../../src/stage/layout';
import { widthFor } from '../../src/stage/pictures';
import { Strip } from '../../src/stage/strip';
import { held, seenPart, startOf, zoomAround } from '../../src/stage/viewport';
import { manifestOf, portrait } from '../book/editions';

const ROOM = { width: 1200, height: 700 };

describe('spreads on the stage', () => {
  const book = makeBook(manifestOf(portrait(6)));

  it('stand in the middle and inside the room', () => {
    for (const index of [0, 1, 2, 3]) {
      const layout = layoutSpread(book, 'spread', index, ROOM);
      const left = layout.pages[0]!.rect.x + layout.shift;
      const last = layout.pages.at(-1)!.rect;
      expect(left + last.x + last.width + layout.shift).toBeCloseTo(0, 6);
      expect(layout.width).toBeLessThanOrEqual(ROOM.width + 1e-6);
      expect(layout.height).toBeLessThanOrEqual(ROOM.height + 1e-6);
    }
  });

  it('give a cover the size of the other pages, on the side where it is bound', () => {
    const cover = layoutSpread(book, 'spread', 0, ROOM).pages[0]!;
    expect(cover.side).toBe('right');
    expect(cover.rect.width).toBeCloseTo(layoutSpread(book, 'spread', 1, ROOM).pages[0]!.rect.width, 6);
    const arabic = makeBook(manifestOf(portrait(6), { direction: 'rtl' }));
    expect(layoutSpread(arabic, 'spread', 0, ROOM).pages[0]!.side).toBe('left');
    expect(layoutSpread(arabic, 'spread', 1, ROOM).pages.map(({ page, side }) => [page, side])).toEqual([[2, 'right'], [3, 'left']]);
  });

  it('are for wide windows', () => {
    expect(viewFor(1280, 700)).toBe('spread');
    expect(viewFor(390, 844)).toBe('single');
    expect(viewFor(900, 1200)).toBe('single');
  });
});

describe('zoom', () => {
  const content = { width: 1000, height: 600 };
  const stage = { width: 800, height: 500 };

  it('keeps the point under the hand', () => {
    const at = { x: 120, y: -70 };
    const before = { zoom: 1.5, x: 30, y: 12 };
    const after = zoomAround(before, 4, at);
    const spot = (view: typeof before): number[] => [(at.x - view.x) / view.zoom, (at.y - view.y) / view.zoom];
    spot(after).forEach((value, axis) => expect(value).toBeCloseTo(spot(before)[axis]!, 9));
  });

  it('leaves no gap at an edge and centres what fits', () => {
    expect(held({ zoom: 2, x: 9999, y: -9999 }, content, stage)).toEqual({ zoom: 2, x: 600, y: -350 });
    expect(held({ zoom: 0.5, x: 40, y: 40 }, content, stage)).toEqual({ zoom: 0.5, x: 0, y: 0 });
  });

  it('begins where reading begins', () => {
    expect(startOf(2, content, stage, 'ltr')).toEqual({ zoom: 2, x: 600, y: 350 });
    expect(startOf(2, content, stage, 'rtl')).toEqual({ zoom: 2, x: -600, y: 350 });
  });

  it('knows which part of a page is seen', () => {
    const page = { x: -500, y: -300, width: 1000, height: 600 };
    expect(seenPart(page, { zoom: 1, x: 0, y: 0 }, { width: 2000, height: 2000 })).toEqual({ x0: 0, y0: 0, x1: 1, y1: 1 });
    expect(seenPart(page, { zoom: 2, x: 0, y: 0 }, { width: 1000, height: 600 })).toEqual({ x0: 0.25, y0: 0.25, x1: 0.75, y1: 0.75 });
    expect(seenPart(page, { zoom: 1, x: 5000, y: 0 }, stage)).toBeNull();
  });
});

describe('a strip of pages', () => {
  const pages = [{ width: 600, height: 800 }, { width: 800, height: 600 }, { width: 600, height: 800 }];
  const window = { width: 424, height: 600 };

  it('finds the page at a height', () => {
    const strip = new Strip(pages, window, 1);
    for (const page of [1, 2, 3]) {
      expect(strip.pageAt(strip.top(page))).toBe(page);
      expect(strip.pageAt(strip.top(page) + strip.height(page) - 1)).toBe(page);
    }
    expect(strip.pageAt(-50)).toBe(1);
    expect(strip.pageAt(1e9)).toBe(3);
  });

  it('keeps a spot through a zoom', () => {
    const before = new Strip(pages, window, 1);
    const after = new Strip(pages, window, 3);
    const spot = before.spotAt(310, before.top(2) + 77);
    const place = after.placeOf(spot);
    expect(after.spotAt(place.x, place.y).page).toBe(2);
    expect(after.spotAt(place.x, place.y).down).toBeCloseTo(spot.down, 9);
    expect(after.spotAt(place.x, place.y).across).toBeCloseTo(spot.across, 9);
  });
});

describe('pictures', () => {
  const page = makeBook(manifestOf(portrait(1))).page(1);

  it('are as wide as the screen asks for, or the widest there is', () => {
    expect(widthFor(page, 300)).toBe(800);
    expect(widthFor(page, 900)).toBe(800);
    expect(widthFor(page, 1000)).toBe(1600);
    expect(widthFor(page, 9000)).toBe(1600);
    expect(widthFor({ ...page, sizes: [] }, 900)).toBe(0);
  });
});
