/** Addresses of places. */

import { describe, expect, it } from 'vitest';

import { formatPassage, formatPlace, pageOfBlock, parsePassage, parsePlace, type Place } from '../../src/book/address';

const at = (pathname: string, search = '', hash = ''): { pathname: string; search: string; hash: string } => ({ pathname, search, hash });
const place = (values: Partial<Place>): Place => ({ page: 1, query: '', article: '', block: '', ...values });

describe('addresses', () => {
  it('come back as the place they were made of', () => {
    const places = [
      place({}),
      place({ page: 312, query: 'grüne wiese & mehr' }),
      place({ page: 12, block: 'p12-b3' }),
      place({ article: 'das-licht' }),
      place({ page: 7, article: 'ضوء-على-الصخرة', block: 'p7-b20', query: 'بحر' }),
    ];
    for (const home of ['/', '/fathom/12/']) {
      for (const each of places) {
        const { pathname, search, hash } = new URL(formatPlace(each, home), 'https://example.org');
        expect(parsePlace(at(pathname, search, hash), home)).toEqual(each);
      }
    }
  });

  it('that nobody understands are page 1', () => {
    for (const path of ['/', '/page/', '/page/x', '/page/-3', '/page/0', '/elsewhere/page/4/x', '/page/12345678', '/article/', '/article/%', '/article/a/b']) {
      expect(parsePlace(at(path), '/')).toEqual(place({}));
    }
    expect(parsePlace(at('/page/4', '', '#p4-b2"]x'), '/').block).toBe('');
  });

  it('keep what else stands in them', () => {
    expect(formatPlace({ page: 2, query: '' }, '/', '?lang=ar&q=old')).toBe('/page/2?lang=ar');
    expect(formatPlace({ article: 'fog', block: 'p5-b1' }, '/', '?lang=ar')).toBe('/article/fog?lang=ar#p5-b1');
  });

  it('know the page of a block', () => expect([pageOfBlock('p12-b3'), pageOfBlock(''), pageOfBlock('x')]).toEqual([12, 0, 0]));

  it('name words, in order or not at all', () => {
    const passage = { from: { page: 12, word: 5 }, to: { page: 13, word: 2 } };
    expect(parsePassage(formatPassage(passage))).toEqual(passage);
    for (const hash of ['', '#text-12', '#select=', '#select=12.5', '#select=12.9-12.3', '#select=0.1-3.4', '#select=a.b-c.d', '#select=2.1-3.4x']) {
      expect(parsePassage(hash)).toBeNull();
    }
  });
});
