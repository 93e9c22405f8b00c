/** Articles of an edition, and the words of a block. */

import { describe, expect, it } from 'vitest';

import { articleOf, articlesOn } from '../../src/book/articles';
import { neighbour, textDirection } from '../../src/book/order';
import { boxesOf, searchWords, textOf } from '../../src/book/words';
import type { Manifest } from '../../src/contract/manifest';
import type { BlockEntry } from '../../src/contract/page';
import { articleFor, articleNamed } from '../../src/features/contents/named';
import { manifestOf, portrait } from './editions';

const article = (id: string, title: string, ...pages: number[]): unknown => ({ id, title, slug: id, pages, words: 1, path: '' });
const manifest = manifestOf(portrait(9), {
  articles: [article('a', 'The Light', 2, 3), article('b', 'Fog: a history', 3), article('c', 'Boats', 5), article('d', 'Nowhere')],
} as unknown as Partial<Manifest>);

describe('articles', () => {
  it('are found by slug and by page', () => {
    expect(articleOf(manifest, 'b')?.title).toBe('Fog: a history');
    expect([articleOf(manifest, ''), articleOf(manifest, 'x'), articleOf(manifest, 'd')]).toEqual([null, null, null]);
    expect(articlesOn(manifest, [3, 4]).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(articlesOn(manifest, [1])).toEqual([]);
  });
  it('have neighbours but at the ends', () => {
    expect([neighbour(manifest, 'b', 1)?.id, neighbour(manifest, 'b', -1)?.id, neighbour(manifest, 'a', -1), neighbour(manifest, 'x', 1)]).toEqual(['c', 'a', null, null]);
  });
  it('answer an entry of the contents by name, else by being alone on its page', () => {
    expect(articleFor(manifest, 'FOG – A HISTORY', 3)?.id).toBe('b');
    expect(articleFor(manifest, 'In this issue', 5)?.id).toBe('c');
    expect(articleFor(manifest, 'Fog', 7)).toBeNull();
    expect([articleNamed(manifest, 'In this issue', 5), articleNamed(manifest, 'Fog', 3)?.id, articleNamed(manifest, '', 3)]).toEqual([null, 'b', null]);
  });
  it('run as their script does, whatever the binding', () => {
    const runs = (language: string, direction: 'ltr' | 'rtl'): string => textDirection({ ...manifest, language, direction });
    expect([runs('ar-EG', 'rtl'), runs('ja', 'rtl'), runs('he', 'ltr'), runs('und', 'rtl'), runs('arn', 'ltr')]).toEqual(['rtl', 'ltr', 'rtl', 'rtl', 'ltr']);
  });
});

// •  An inno-        (a bullet, and a word that the line end divides)
//    vation in well- (a compound: its hyphen stays)
//    being
const block = {
  id: 'p1-b1',
  lines: [
    { box: [0, 0, 90, 10], words: [['•', 0, 0, 5, 10], ['An', 10, 0, 20, 10], ['inno-', 30, 0, 90, 10, 2]] },
    { box: [0, 20, 90, 30], words: [['vation', 0, 20, 40, 30], ['in', 45, 20, 50, 30], ['well-', 60, 20, 90, 30, 1]] },
    { box: [0, 40, 30, 50], words: [['being', 0, 40, 30, 50]] },
  ],
} as unknown as BlockEntry;

describe('words', () => {
  it('read as a sentence', () => expect(textOf(block)).toBe('• An innovation in well-being'));
  it('have one box for each line that a part of them stands on', () => {
    expect(boxesOf(block, 5, 15)).toEqual([[30, 0, 90, 10], [0, 20, 40, 30]]);
    expect(boxesOf(block, 0, Infinity).length).toBe(3);
    expect(boxesOf(block, 400, 500)).toEqual([]);
  });
  it('are counted without the bullet where the text has lost it', () => {
    expect(boxesOf(block, 0, 2, 'An innovation in well-being')).toEqual([[10, 0, 20, 10]]);
  });
  it('are those of the search text', () => {
    const found = searchWords([block]).map(({ from, to }) => textOf(block).slice(from, to));
    expect(found).toEqual(['•', 'An', 'innovation', 'in', 'well-being']);
  });
});
