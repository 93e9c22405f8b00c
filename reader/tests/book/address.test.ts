/** Addresses of places. */

import { describe, expect, it } from 'vitest';

import { formatPassage, formatPlace, parsePassage, parsePlace } from '../../src/book/address';

const at = (pathname: string, search = ''): { pathname: string; search: string } => ({ pathname, search });

describe('addresses', () => {
  it('come back as the place they were made of', () => {
    for (const home of ['/', '/fathom/12/']) {
      for (const place of [{ page: 1, query: '' }, { page: 312, query: 'grüne wiese & mehr' }]) {
        const [pathname, search] = formatPlace(place, home).split('?');
        expect(parsePlace(at(pathname!, search ? `?${search}` : ''), home)).toEqual(place);
      }
    }
  });

  it('that nobody understands are page 1', () => {
    for (const path of ['/', '/page/', '/page/x', '/page/-3', '/page/0', '/elsewhere/page/4/x', '/page/12345678']) {
      expect(parsePlace(at(path), '/').page).toBe(1);
    }
  });

  it('keep what else stands in them', () => {
    expect(formatPlace({ page: 2, query: '' }, '/', '?lang=ar&q=old')).toBe('/page/2?lang=ar');
  });

  it('name words, in order or not at all', () => {
    const passage = { from: { page: 12, word: 5 }, to: { page: 13, word: 2 } };
    expect(parsePassage(formatPassage(passage))).toEqual(passage);
    for (const hash of ['', '#text-12', '#select=', '#select=12.5', '#select=12.9-12.3', '#select=0.1-3.4', '#select=a.b-c.d', '#select=2.1-3.4x']) {
      expect(parsePassage(hash)).toBeNull();
    }
  });
});
