/** Sentences: placeholders, plurals, fallback to English. */

import { afterEach, describe, expect, it } from 'vitest';
import { direction, t, tn, useStrings } from '../../src/strings';

afterEach(() => useStrings({ language: 'en', direction: 'ltr', messages: {} }));

describe('sentences', () => {
  it('are English where nothing is translated', () => {
    expect(t('Page {label}', { label: 'iv' })).toBe('Page iv');
    expect(tn('{count} page', '{count} pages', 1)).toBe('1 page');
    expect(tn('{count} page', '{count} pages', 1200)).toBe('1,200 pages');
  });
  it('take the form of the number, six in Arabic', () => {
    useStrings({ language: 'ar', direction: 'rtl', messages: { '{count} page': { zero: '0', one: '1', two: '2', few: 'f {count}', many: 'm {count}', other: 'o {count}' } } });
    expect([0, 1, 2, 3, 11, 100].map((count) => tn('{count} page', '{count} pages', count))).toEqual(['0', '1', '2', 'f 3', 'm 11', 'o 100']);
    expect(direction()).toBe('rtl');
  });
  it('keep a value with braces as it is', () => expect(t('Page {label}', { label: '{total}' })).toBe('Page {total}'));
});
