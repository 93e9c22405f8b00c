/** From words to locators and back: snapping, stepping, finding again in another build. */

import { describe, expect, it } from 'vitest';

import type { Annotation } from '../../../src/contract/annotation';
import { moved, placed } from '../../../src/features/notes/placing/finding';
import { locatorNear, locatorOf, snapped } from '../../../src/features/notes/placing/locating';
import { lineStep, resized, spansBetween, stopsOf, whole } from '../../../src/features/notes/placing/stepping';
import { issueOf } from './issue';

const OLD = [[['The cover']], [['The keeper of the light wrote his jour-', 'nal every evening.'], ['Nobody read it.']], [['The end of the light.']]];
const NEW = [[['The cover']], [['Lamps for sale']], [['Once more. The keeper of the light wrote', 'his journal every evening.']], [['The end of the light.']]];
const old = issueOf('old', OLD);
const moments = { created: '2026-01-01T00:00:00Z', changed: '2026-01-01T00:00:00Z' };

describe('the locator of selected words', () => {
  it('snaps to whole words, also over a line break', async () => {
    const file = await old.page(2);
    expect(snapped(file, [{ block: 'p2-b1', from: 6, to: 9 }])).toEqual([{ block: 'p2-b1', from: 4, to: 10 }]);
    const [journal] = snapped(file, [{ block: 'p2-b1', from: 35, to: 36 }]);
    expect('The keeper of the light wrote his journal every evening.'.slice(journal!.from, journal!.to)).toBe('journal');
  });

  it('says what stands there and around, and where', async () => {
    const locator = (await locatorOf(old, [{ block: 'p2-b1', from: 34, to: 56 }, { block: 'p2-b2', from: 0, to: 6 }]))!;
    expect(locator.quote).toMatchObject({ exact: 'journal every evening. Nobody', suffix: ' read it.' });
    expect(locator.quote!.prefix).toBe('he keeper of the light wrote his '.slice(-32));
    expect(locator.places).toHaveLength(1);
    expect(locator.places[0]!.boxes).toHaveLength(3);
    expect(locator.page).toBe(2);
    expect(locator.article).toBe('a1');
    for (const value of locator.places[0]!.boxes.flat()) expect(value).toBeGreaterThanOrEqual(0);
  });

  it('may go over pages', async () => {
    const locator = (await locatorOf(old, [{ block: 'p2-b2', from: 0, to: 15 }, { block: 'p3-b1', from: 0, to: 7 }]))!;
    expect(locator.places.map(({ page }) => page)).toEqual([2, 3]);
    expect(locator.quote!.exact).toBe('Nobody read it. The end');
  });

  it('is none where no word is meant', async () => {
    expect(await locatorOf(old, [])).toBeNull();
    expect(await locatorOf(old, [{ block: 'p9-b1', from: 0, to: 4 }])).toBeNull();
  });

  it('of a point is the line that stands nearest', async () => {
    const file = await old.page(2);
    expect(locatorNear(file, 'old', 3, [0.5, 0.9]).quote!.exact).toBe('Nobody read it.');
    expect(locatorNear(file, 'old', 3, [0.1, 0.16]).quote!.exact).toBe('journal every evening.');
    expect(locatorNear({ ...file, blocks: [] }, 'old', 3, [0.5, 0.5])).toEqual({ build: 'old', page: 2, places: [], spans: [] });
  });
});

describe('stepping through words', async () => {
  const stops = stopsOf(await old.page(2));

  it('takes a divided word as one', () => {
    expect(stops.map(({ text }) => text)).toEqual(['The', 'keeper', 'of', 'the', 'light', 'wrote', 'his', 'journal', 'every', 'evening.', 'Nobody', 'read', 'it.']);
  });

  it('makes one span a block, whichever end comes first', () => {
    expect(spansBetween(stops, 11, 8)).toEqual([{ block: 'p2-b1', from: 42, to: 56 }, { block: 'p2-b2', from: 0, to: 11 }]);
  });

  it('grows and shrinks, and never to nothing', () => {
    const word = spansBetween(stops, 4, 4);
    expect(resized(stops, word, 1)).toEqual(spansBetween(stops, 4, 5));
    expect(resized(stops, word, -1)).toEqual(word);
    expect(whole(stops, word)).toEqual([{ block: 'p2-b1', from: 0, to: 56 }]);
  });

  it('goes up and down to what stands there', () => {
    expect(stops[lineStep(stops, 2, 1)]!.line).toBe('p2-b1/1');
    expect(lineStep(stops, 12, 1)).toBe(12);
  });
});

describe('another build', () => {
  const later = issueOf('new', NEW);
  const mark = async (from: number, to: number): Promise<Annotation> => ({ kind: 'highlight', colour: 'blue', locator: (await locatorOf(old, [{ block: 'p2-b1', from, to }]))!, ...moments });

  it('is searched for the words, however they are broken now', async () => {
    const found = (await placed(await mark(4, 41), later)).locator;
    expect(found).toMatchObject({ build: 'new', page: 3 });
    expect(found.places[0]!.boxes).toHaveLength(2);
    expect(found.quote!.exact).toBe('keeper of the light wrote his journal');
    expect(found.spans).toEqual([{ block: 'p3-b1', from: 15, to: 52 }]);
  });

  it('is told apart by what stands around', async () => {
    const locator = (await locatorOf(old, [{ block: 'p3-b1', from: 11, to: 21 }]))!;
    const found = await placed({ kind: 'highlight', locator, ...moments }, later);
    expect(found.locator.page).toBe(4); // "the light" stands on page 3 too
  });

  it('keeps what it does not have, and brings it back', async () => {
    const lost = await placed({ ...(await mark(0, 3)), locator: (await locatorOf(old, [{ block: 'p2-b2', from: 0, to: 15 }]))! }, later);
    expect(lost.locator).toMatchObject({ build: 'old', page: 2, unplaced: 'new' });
    expect(await placed(lost, later)).toBe(lost);
    expect((await placed(lost, old)).locator.unplaced).toBeUndefined();
  });

  it('takes pins and lines along', () => {
    const locator = { build: 'old', page: 1, spans: [], places: [{ page: 1, boxes: [[0.1, 0.1, 0.2, 0.12] as [number, number, number, number]] }] };
    const to = { ...locator, build: 'new', places: [{ page: 1, boxes: [[0.3, 0.05, 0.4, 0.07] as [number, number, number, number]] }] };
    const note: Annotation = { kind: 'note', at: [0.15, 0.02], strokes: [{ id: 'line', colour: 'red', width: 0.01, points: [0.1, 0.2, 0.7] }], locator, ...moments };
    const after = moved(note, to);
    expect(after.at).toEqual([0.35, 0]);
    expect(after.strokes![0]!.points).toEqual([0.3, 0.15, 0.7]);
  });
});
