/** Searching: folding, clauses, hits, spelling, marks, and the time it takes. */

import { describe, expect, it } from 'vitest';
import { fold, terms } from '../../src/features/search/folding';
import { search, snippet } from '../../src/features/search/matching';
import { marksOf, wordBoxes } from '../../src/features/search/marking';
import { parse } from '../../src/features/search/query';
import { distance, suggestion } from '../../src/features/search/spelling';
import { TextIndex } from '../../src/features/search/text_index';

const index = (...pages: string[]): TextIndex => {
  const made = new TextIndex();
  pages.forEach((text, at) => made.add(at + 1, text));
  return made;
};
const found = (made: TextIndex, query: string): [number, number][] => search(made, query).map((hit) => [hit.page, hit.spans[0]![0]]);

describe('folding', () => {
  it('ignores case, accents, ligatures, soft hyphens and special letters', () => {
    expect(fold('ÉLAN')).toBe('elan');
    expect(fold('ﬁnance')).toBe('finance');
    expect(fold('Straße')).toBe('strasse');
    expect(fold('inno\u00advation')).toBe('innovation');
    expect(fold('الكِتَاب')).toBe(fold('الكتاب'));
  });
  it('divides compounds and drops punctuation', () => expect(terms('“person-centred,”')).toEqual(['person', 'centred']));
});

describe('query', () => {
  it('reads words and phrases; only the word being typed is open', () => {
    expect(parse('green "blue sky" wat')).toEqual([
      { terms: ['green'], open: false }, { terms: ['blue', 'sky'], open: false }, { terms: ['wat'], open: true },
    ]);
    expect(parse('water ')).toEqual([{ terms: ['water'], open: false }]);
    expect(parse('„Der Fluss')).toEqual([{ terms: ['der', 'fluss'], open: true }]);
  });
});

describe('matching', () => {
  it('wants every word on the page and completes the last', () => {
    const made = index('The river runs', 'A river is water', 'Watering rivers');
    expect(found(made, 'river wat')).toEqual([[2, 1]]);
    expect(found(made, 'river')).toEqual([[1, 1], [2, 1], [3, 1]]);
    expect(found(made, 'river ')).toEqual([[1, 1], [2, 1]]);
  });
  it('finds phrases, compounds and unspaced scripts', () => {
    const made = index('blue sky over the person-centred sky blue', '電子書籍の未来');
    expect(found(made, '"sky blue"')).toEqual([[1, 5]]);
    expect(found(made, 'centred')).toEqual([[1, 4]]);
    expect(found(made, 'person-centred')).toEqual([[1, 4]]);
    expect(found(made, '書籍')).toEqual([[2, 0]]);
  });
  it('finds words with a hyphen without it, once', () => {
    const made = index('an auto-injector, not autoinjectors', 'the auto injector of page 3-4');
    expect(found(made, 'autoinjector')).toEqual([[1, 1]]);
    expect(search(made, 'autoinj')[0]!.spans).toEqual([[1, 1], [3, 3]]);
    expect(search(made, 'auto')[0]!.spans).toEqual([[1, 1], [3, 3]]);
    expect(found(made, '"autoinjector" an ')).toEqual([[1, 0]]);
    expect(found(made, 'autoinjector the')).toEqual([]);
  });
  it('shows neighbours as one hit with all words marked', () => {
    const hits = search(index('one two three four'), 'two four');
    expect(hits).toHaveLength(1);
    expect(snippet('one two three four', hits[0]!).filter((piece) => piece.marked).map((piece) => piece.text)).toEqual(['two', 'four']);
  });
});

describe('spelling', () => {
  it('counts steps up to a limit', () => {
    expect(distance('quantum', 'quantm', 2)).toBe(1);
    expect(distance('form', 'from', 2)).toBe(1);
    expect(distance('cat', 'elephant', 2)).toBe(3);
  });
  it('proposes words of the edition and keeps those that are right', async () => {
    const made = index('quantum mechanics of the river');
    expect(await suggestion(made, 'quantm mecanics')).toBe('quantum mechanics');
    expect(await suggestion(made, 'xyzzyplugh')).toBe('');
  });
});

describe('marking', () => {
  const page = { blocks: [{ lines: [{ words: [['a', 0, 0, 1, 1], ['inno-', 2, 0, 3, 1, 2]] }, { words: [['vation', 0, 2, 1, 3], ['x', 2, 2, 3, 3, 1], ['y', 3, 2, 4, 3]] }] }] };
  it('joins the parts of a divided word', () => expect(wordBoxes(page)).toEqual([[[0, 0, 1, 1]], [[2, 0, 3, 1], [0, 2, 1, 3]], [[2, 2, 3, 3], [3, 2, 4, 3]]]));
  it('marks every part of the hit, and the current one as such', () => {
    const hit = { page: 4, spans: [[1, 1]] as const };
    expect(marksOf(4, page, [hit], hit)).toEqual([{ page: 4, kind: 'current-hit', boxes: [[2, 0, 3, 1], [0, 2, 1, 3]] }]);
  });
});
