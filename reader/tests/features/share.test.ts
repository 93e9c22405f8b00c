/** What the share panel asks the house for. */

import { describe, expect, it } from 'vitest';

import { toldAddress } from '../../src/features/share/things';

describe('what can be shared from here', () => {
  it('asks for the page, with the selected words of the address', () => {
    expect(toldAddress('/f/1/share', { page: 12, article: '' }, '#select=12.5-12.20')).toBe('/f/1/share.json?page=12&select=12.5-12.20');
    expect(toldAddress('/f/1/share', { page: 12, article: '' }, '#p12-b3')).toBe('/f/1/share.json?page=12');
  });
  it('asks for the article that is read as text', () => {
    expect(toldAddress('/f/1/share', { page: 12, article: 'a & b' }, '#select=12.5-12.20')).toBe('/f/1/share.json?article=a+%26+b');
  });
});
