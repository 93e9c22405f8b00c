/** The list of editions that the archive panel shows. */

import { describe, expect, it } from 'vitest';

import { byYear, readPart } from '../../src/features/archive/listing';

const answer = {
  publication: { name: 'Fathom', home: '../', language: 'en' },
  editions: [
    { label: 'No. 12', date: '2026-11-01', home: 'no-12/', thumbnail: 'no-12/b/abc/pictures/240/1.webp' },
    { label: 'No. 11', date: '2026-08-01', home: '/fathom/no-11/', thumbnail: '/fathom/no-11/b/def/pictures/240/1.webp' },
    { label: 'No. 8', date: '2025-11-01', home: 'https://other.example/no-8/', thumbnail: 'https://other.example/8.webp' },
  ],
  next: '?part=2',
};

describe('the list of editions', () => {
  const part = readPart(answer, 'https://house.example/fathom/editions.json');

  it('is read from where it stands', () => {
    expect(part.editions.map((edition) => edition.path)).toEqual(['/fathom/no-12/', '/fathom/no-11/', '/no-8/']);
    expect(part.editions[0]!.thumbnail).toBe('https://house.example/fathom/no-12/b/abc/pictures/240/1.webp');
    expect(part.next).toBe('https://house.example/fathom/editions.json?part=2');
    expect(readPart({ ...answer, next: '' }, 'https://house.example/').next).toBe('');
  });

  it('stands by years in its own order', () => {
    expect(byYear(part.editions).map(([year, editions]) => [year, editions.length])).toEqual([['2026', 2], ['2025', 1]]);
  });
});
