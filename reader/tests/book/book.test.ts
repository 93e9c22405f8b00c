/** Spreads, and finding pages by what is printed on them. */

import { describe, expect, it } from 'vitest';

import { makeBook } from '../../src/book/book';
import { manifestOf, portrait } from './editions';

describe('spreads', () => {
  it('show the cover alone, then pairs, and a last page alone', () => {
    expect(makeBook(manifestOf(portrait(6))).spreads('spread')).toEqual([[1], [2, 3], [4, 5], [6]]);
  });

  it('give a wide page a spread of its own and pair anew after it', () => {
    const sizes = portrait(6).map((size, index) => (index === 2 ? ([1200, 800] as const) : size));
    expect(makeBook(manifestOf(sizes)).spreads('spread')).toEqual([[1], [2], [3], [4, 5], [6]]);
  });

  it('hold every page exactly once, in order, and can be found by page', () => {
    for (const count of [1, 2, 3, 17, 2000]) {
      const book = makeBook(manifestOf(portrait(count)));
      for (const view of ['spread', 'single'] as const) {
        expect(book.spreads(view).flat()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
        book.spreads(view).forEach((spread, at) => spread.forEach((page) => expect(book.spreadIndex(view, page)).toBe(at)));
      }
    }
  });
});

describe('pages', () => {
  const book = makeBook(manifestOf(portrait(5), {}, ['i', 'ii', '1', '2', '3']));

  it('are found by printed label first, then by number', () => {
    expect(book.find('ii')).toBe(2);
    expect(book.find(' II ')).toBe(2);
    expect(book.find('1')).toBe(3);
    expect(book.find('5')).toBe(5);
  });

  it('are not found where there are none', () => {
    for (const text of ['', '0', '6', 'cover', '-1', '1.5']) expect(book.find(text)).toBeNull();
  });

  it('outside the edition are the nearest inside', () => {
    expect(book.page(0).number).toBe(1);
    expect(book.page(99).number).toBe(5);
    expect(book.page(NaN).number).toBe(1);
  });
});
