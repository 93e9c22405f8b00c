/** Spreads, labels and addresses of an edition. */

import { describe, expect, it } from 'vitest';
import { formatPlace, parsePlace } from '../../src/book/address';
import { makeBook } from '../../src/book/book';
import type { Manifest, PageEntry } from '../../src/contract/manifest';
import { createStore } from '../../src/store/store';

const page = (number: number, width = 200, label = String(number)): PageEntry => ({
  number,
  label,
  width,
  height: 280,
  sizes: [],
  status: 'ready',
});
const bookOf = (pages: PageEntry[], direction: 'ltr' | 'rtl' = 'ltr') =>
  makeBook({ pages, direction, contents: [], failures: [] } as unknown as Manifest);

describe('spreads', () => {
  it('leaves the cover alone and pairs the rest', () => {
    expect(bookOf([1, 2, 3, 4, 5, 6].map((n) => page(n))).spreads('spread')).toEqual([[1], [2, 3], [4, 5], [6]]);
  });
  it('shows a wide page by itself and pairs anew after it', () => {
    const pages = [page(1), page(2), page(3, 400), page(4), page(5)];
    expect(bookOf(pages).spreads('spread')).toEqual([[1], [2], [3], [4, 5]]);
  });
  it('knows the spread of every page', () => {
    const book = bookOf([1, 2, 3, 4, 5].map((n) => page(n)));
    expect([1, 2, 3, 4, 5].map((n) => book.spreadIndex('spread', n))).toEqual([0, 1, 1, 2, 2]);
    expect(book.spreadIndex('spread', 99)).toBe(2);
  });
});

describe('labels', () => {
  const book = bookOf([page(1, 200, 'i'), page(2, 200, 'ii'), page(3, 200, '1'), page(4, 200, '2')]);
  it('finds printed labels before numbers', () => {
    expect(book.find('2')).toBe(4);
    expect(book.find(' II ')).toBe(2);
    expect(book.find('3')).toBe(3);
    expect(book.find('9')).toBeNull();
    expect(book.find('')).toBeNull();
  });
});

describe('addresses', () => {
  it('says where one is and understands it again', () => {
    const address = formatPlace({ page: 12, query: 'tide & time' }, '/issues/7/', '?lang=de');
    const [pathname, search] = address.split('?') as [string, string];
    expect(pathname).toBe('/issues/7/page/12');
    expect(parsePlace({ pathname, search: `?${search}` }, '/issues/7/')).toEqual({ page: 12, query: 'tide & time' });
    expect(search).toContain('lang=de');
  });
  it('takes what it does not understand for the first page', () => {
    for (const pathname of ['/', '/page/x', '/page/-3', '/elsewhere/page/4', '/page/']) {
      expect(parsePlace({ pathname, search: '' }, '/').page).toBe(1);
    }
  });
});

describe('the store', () => {
  const book = bookOf([1, 2, 3, 4, 5].map((n) => page(n)));
  it('turns by spreads and stays at the ends', () => {
    const store = createStore({ page: 1, view: 'spread' }, book);
    const pages = ['next', 'next', 'next', 'previous'].map((type) => {
      store.dispatch({ type: type as 'next' });
      return store.state.page;
    });
    expect(pages).toEqual([2, 4, 4, 2]);
  });
  it('keeps zoom within its limits', () => {
    const store = createStore({}, book);
    store.dispatch({ type: 'zoom', zoom: 99 });
    expect(store.state.zoom).toBe(8);
    store.dispatch({ type: 'zoom', zoom: 0.1 });
    expect(store.state.zoom).toBe(1);
    expect(store.state.fit).toBe('page');
  });
  it('says nothing when nothing changed', () => {
    const store = createStore({ page: 3 }, book);
    let calls = 0;
    store.subscribe(() => (calls += 1));
    store.dispatch({ type: 'go', page: 3 });
    expect(calls).toBe(0);
  });
});
