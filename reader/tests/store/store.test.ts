/** The reducer and the store around it. */

import { describe, expect, it } from 'vitest';

import { makeBook } from '../../src/book/book';
import type { Action, Mark, ReaderState } from '../../src/store/state';
import { createStore, initialState, MAX_ZOOM, reduce } from '../../src/store/store';
import { manifestOf, portrait } from '../book/editions';

const book = makeBook(manifestOf(portrait(8)));
const after = (state: Partial<ReaderState>, ...actions: Action[]): ReaderState =>
  actions.reduce((now, action) => reduce(now, action, book), { ...initialState, ...state });

describe('turning', () => {
  it('goes by spreads in a spread view and by pages else', () => {
    expect(after({ view: 'spread', page: 1 }, { type: 'next' }).page).toBe(2);
    expect(after({ view: 'spread', page: 3 }, { type: 'next' }).page).toBe(4);
    expect(after({ view: 'spread', page: 5 }, { type: 'previous' }).page).toBe(2);
    expect(after({ view: 'single', page: 5 }, { type: 'previous' }).page).toBe(4);
    expect(after({ view: 'scroll', page: 5 }, { type: 'next' }).page).toBe(6);
  });

  it('stops at the covers', () => {
    expect(after({ page: 8, view: 'spread' }, { type: 'next' }).page).toBe(8);
    expect(after({ page: 1 }, { type: 'previous' }).page).toBe(1);
    expect(after({ page: 3 }, { type: 'last' }).page).toBe(8);
    expect(after({ page: 3 }, { type: 'go', page: 400 }).page).toBe(8);
  });
});

describe('zoom', () => {
  it('stays between the whole page and the most', () => {
    expect(after({}, { type: 'zoom', zoom: 0.2 }).zoom).toBe(1);
    expect(after({}, { type: 'zoom', zoom: 99 }).zoom).toBe(MAX_ZOOM);
  });

  it('is free once it is chosen, and fitted when it comes back', () => {
    const near = after({}, { type: 'zoom-in' });
    expect(near.fit).toBe('free');
    expect(reduce(near, { type: 'zoom-out' }, book)).toMatchObject({ zoom: 1, fit: 'page' });
    expect(after({}, { type: 'zoom', zoom: 3 }, { type: 'fit', fit: 'page' })).toMatchObject({ zoom: 1, fit: 'page' });
    expect(after({}, { type: 'fit', fit: 'width' }, { type: 'zoom-resolved', zoom: 1.7 })).toMatchObject({ zoom: 1.7, fit: 'width' });
  });
});

describe('articles', () => {
  it('are left for a page, with the panel that sets them', () => {
    const read = after({ page: 3, panel: 'text' }, { type: 'article', article: 'fog', block: 'p3-b2' }, { type: 'place', block: 'p4-b1' });
    expect(read).toMatchObject({ page: 3, article: 'fog', block: 'p4-b1', panel: 'text' });
    expect(reduce(read, { type: 'go', page: 4, block: 'p4-b1' }, book)).toMatchObject({ page: 4, article: '', block: 'p4-b1', panel: null });
    expect(reduce(read, { type: 'next' }, book)).toMatchObject({ article: '', block: '' });
  });

  it('keep the marks of the search and of the place apart', () => {
    const mark = (kind: Mark['kind']): Mark => ({ page: 1, boxes: [], kind });
    const both = after({}, { type: 'spot', marks: [mark('place')] }, { type: 'mark', marks: [mark('hit'), mark('current-hit')] });
    expect(both.marks.map(({ kind }) => kind)).toEqual(['hit', 'current-hit', 'place']);
    expect(reduce(both, { type: 'mark', marks: [] }, book).marks.map(({ kind }) => kind)).toEqual(['place']);
    expect(reduce(both, { type: 'spot', marks: [mark('spoken')] }, book).marks.map(({ kind }) => kind)).toEqual(['hit', 'current-hit', 'spoken']);
  });
});

describe('the store', () => {
  it('tells of changes only', () => {
    const store = createStore({ page: 4 }, book);
    const seen: number[] = [];
    const stop = store.subscribe((state) => seen.push(state.page));
    store.dispatch({ type: 'go', page: 4 });
    store.dispatch({ type: 'go', page: 6 });
    stop();
    store.dispatch({ type: 'go', page: 1 });
    expect(seen).toEqual([6]);
    expect(store.state.page).toBe(1);
  });

  it('tells of the same words announced twice', () => {
    const first = after({}, { type: 'announce', text: 'Copied' });
    expect(reduce(first, { type: 'announce', text: 'Copied' }, book).notice.serial).toBe(first.notice.serial + 1);
  });

  it('keeps the state as it was if nothing changes', () => {
    expect(reduce(initialState, { type: 'theme', theme: 'auto' }, book)).toBe(initialState);
  });
});
