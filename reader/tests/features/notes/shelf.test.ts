/** What the device keeps, in a real database's interface, and for the visit where there is none. */

import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';

import { blank } from '../../../src/features/notes/agreeing/ledger';
import { openShelf, passingShelf, type Shelf } from '../../../src/features/notes/shelf';

const shelves: [string, () => Promise<Shelf>][] = [
  ['in the database', () => openShelf(`https://example.org/${Math.random()}/`)],
  ['for the visit', async () => passingShelf()],
];

describe.each(shelves)('%s', (_, open) => {
  it('keeps each owner’s apart', async () => {
    const shelf = await open();
    await shelf.put('', [blank('one-0001')]);
    await shelf.put('rita', [blank('one-0001'), { ...blank('two-0002'), revision: 4 }]);
    expect((await shelf.load('')).map(({ id }) => id)).toEqual(['one-0001']);
    await shelf.remove('rita', ['one-0001']);
    expect(await shelf.load('rita')).toEqual([{ ...blank('two-0002'), revision: 4 }]);
    expect(await shelf.load('')).toHaveLength(1);
  });

  it('remembers how far it has come', async () => {
    const shelf = await open();
    expect(await shelf.progress('rita')).toEqual({ sequence: 0, at: 0 });
    await shelf.remember('rita', { sequence: 7, at: 5 });
    expect(await shelf.progress('rita')).toMatchObject({ sequence: 7, at: 5 });
  });
});

it('keeps for the visit where the browser has no database', async () => {
  vi.stubGlobal('indexedDB', { open: () => { throw new DOMException('no', 'SecurityError'); } });
  const shelf = await openShelf('x');
  vi.unstubAllGlobals();
  expect(shelf.lasting).toBe(false);
});
