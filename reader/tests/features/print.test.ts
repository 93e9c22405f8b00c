/** Pages that are chosen for the printer or a file: how they are typed, and those with bookmarks. */

import { describe, expect, it } from 'vitest';
import { bookmarkedPages } from '../../src/book/annotations';
import { readRanges, writeRanges } from '../../src/features/print/ranges';

describe('pages that somebody chose', () => {
  const find = (typed: string): number | null => (/^\d+$/.test(typed) && Number(typed) <= 28 ? Number(typed) : null);

  it('are written as the server reads them', () => {
    expect(writeRanges([1, 2, 3, 8])).toBe('1-3,8');
    expect(writeRanges([5])).toBe('5');
    expect(writeRanges([])).toBe('');
  });

  it('come back as they were typed', () => {
    for (const typed of ['1-3, 8', '28', '2,4,6-7']) {
      const pages = readRanges(typed, find).pages!;
      expect(readRanges(writeRanges(pages), find).pages).toEqual(pages);
    }
    expect(readRanges('1-4, 99', find).wrong).toBe('99');
  });

  it('are those with a bookmark, each once, without what lost its place', () => {
    const kept = (page: number, kind = 'bookmark', unplaced?: string): never =>
      ({ content: { kind, locator: { page, places: [], ...(unplaced ? { unplaced } : {}) } } }) as never;
    expect(bookmarkedPages([kept(9), kept(2), kept(9), kept(4, 'note'), kept(7, 'bookmark', 'gone')])).toEqual([2, 9]);
  });
});
