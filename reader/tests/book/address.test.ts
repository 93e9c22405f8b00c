/** Addresses of places. */

import { describe, expect, it } from 'vitest';

import { formatPlace, parsePlace } from '../../src/book/address';

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
});
