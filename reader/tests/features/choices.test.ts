/** Page ranges, the keys of the page grid, the current entry of the contents. */

import { describe, expect, it } from 'vitest';
import { currentEntry } from '../../src/features/contents/panel';
import { target } from '../../src/features/pages/panel';
import { readRanges } from '../../src/features/print/ranges';

const LABELS: Record<string, number> = { iv: 4, 'a-1': 9 };
const find = (typed: string): number | null => LABELS[typed] ?? (/^\d+$/.test(typed) && Number(typed) >= 1 && Number(typed) <= 12 ? Number(typed) : null);

describe('ranges', () => {
  it.each([
    ['1-4, 8', [1, 2, 3, 4, 8]],
    ['8,3 – 2', [2, 3, 8]],
    ['iv-6', [4, 5, 6]],
    ['A-1'.toLowerCase(), [9]],
    ['3، 5', [3, 5]],
    ['', []],
  ])('reads %s', (typed, pages) => expect(readRanges(typed, find).pages).toEqual(pages));
  it('names what it cannot read', () => expect(readRanges('2, 99', find).wrong).toBe('99'));
});

describe('grid keys', () => {
  it('follow the binding and stop at the ends', () => {
    expect(target('ArrowRight', 3, 10, 'ltr')).toBe(4);
    expect(target('ArrowRight', 3, 10, 'rtl')).toBe(2);
    expect(target('End', 3, 10, 'ltr')).toBe(10);
    expect(target('PageUp', 3, 10, 'ltr')).toBe(1);
    expect(target('x', 3, 10, 'ltr')).toBeNull();
  });
});

describe('contents', () => {
  it('marks the last entry that begins at or before the page', () => {
    const entries = [{ link: 'a', page: 1 }, { link: 'b', page: 5 }, { link: 'b1', page: 5 }, { link: 'c', page: 9 }, { link: 'nowhere', page: 0 }];
    expect(currentEntry(entries, 6)).toBe('b1');
    expect(currentEntry(entries, 1)).toBe('a');
    expect(currentEntry([{ link: 'c', page: 3 }], 2)).toBeNull();
  });
});
