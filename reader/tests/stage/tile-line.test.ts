/** The line in which sharp parts of pages wait: who is served, and what a picture holds up that never comes. */

import { afterEach, expect, test, vi } from 'vitest';

import { TileLine } from '../../src/stage/tile-line';

/** A picture that arrives when the test says so; one whose address was taken away may never tell its end. */
class Picture {
  static readonly asked: Picture[] = [];
  address = '';
  arrive: () => void = () => {};

  set src(address: string) {
    this.address = address;
    Picture.asked.push(this);
  }

  decode(): Promise<void> {
    return new Promise((resolve) => {
      this.arrive = () => {
        if (this.address) resolve();
      };
    });
  }

  removeAttribute(): void {
    this.address = '';
  }
}

const addresses = (): string[] => Picture.asked.map((picture) => picture.address);

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

afterEach(() => {
  vi.unstubAllGlobals();
  Picture.asked.length = 0;
});

test('three at once, then those that were asked for last', async () => {
  vi.stubGlobal('Image', Picture);
  const line = new TileLine();
  const wishes = ['a', 'b', 'c', 'd', 'e'].map((address) => line.ask(address));
  expect(addresses()).toEqual(['a', 'b', 'c']);
  Picture.asked[0]!.arrive();
  expect(await wishes[0]!.arrived).toBe(true);
  expect(addresses()).toEqual(['a', 'b', 'c', 'e']);
});

test('what nobody wants any more holds nobody up, though the browser never tells its end', async () => {
  vi.stubGlobal('Image', Picture);
  const line = new TileLine();
  const given = ['a', 'b', 'c'].map((address) => line.ask(address));
  for (const wish of given) wish.cancel();
  const wanted = line.ask('d');
  await soon();
  expect(await Promise.all(given.map((wish) => wish.arrived))).toEqual([false, false, false]);
  expect(addresses()).toEqual(['', '', '', 'd']);
  Picture.asked[3]!.arrive();
  expect(await wanted.arrived).toBe(true);
});
