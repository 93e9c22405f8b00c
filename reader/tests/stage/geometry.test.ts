/** The fold of a turning leaf, as geometry: areas, places and limits. */

import { describe, expect, it } from 'vitest';
import { constrain, fold, led, type Point } from '../../src/stage/turn/geometry';
import { held, seenPart, zoomAround } from '../../src/stage/viewport';

const WIDTH = 300;
const HEIGHT = 400;

const area = (points: readonly Point[]): number =>
  Math.abs(points.reduce((sum, point, index) => {
    const next = points[(index + 1) % points.length]!;
    return sum + point.x * next.y - next.x * point.y;
  }, 0)) / 2;

describe('fold', () => {
  const places = [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1].flatMap((share) => [true, false].map((top) => [share, top] as const));

  it.each(places)('keeps all the paper at %f (from the top: %s)', (share, top) => {
    const folded = fold(led(share, WIDTH, HEIGHT, top), WIDTH, HEIGHT, top);
    expect(area(folded.flat) + area(folded.back)).toBeCloseTo(WIDTH * HEIGHT, 1);
  });

  it('puts the held corner where the hand is', () => {
    const hand = { x: 120, y: 330 };
    const { matrix } = fold(hand, WIDTH, HEIGHT, false);
    const [a, b, c, d, e, f] = matrix;
    // The corner of the back page that was held is its lower left one.
    expect(a * 0 + c * HEIGHT + e).toBeCloseTo(hand.x, 3);
    expect(b * 0 + d * HEIGHT + f).toBeCloseTo(hand.y, 3);
  });

  it('moves the back page without stretching it', () => {
    const [a, b, c, d] = fold({ x: 40, y: 300 }, WIDTH, HEIGHT, false).matrix;
    expect(Math.hypot(a, b)).toBeCloseTo(1, 6);
    expect(Math.hypot(c, d)).toBeCloseTo(1, 6);
    expect(a * d - b * c).toBeCloseTo(1, 6);
  });

  it('lies flat on the other side when turned', () => {
    const { matrix, progress } = fold({ x: -WIDTH, y: HEIGHT }, WIDTH, HEIGHT, false);
    expect(progress).toBeCloseTo(1, 3);
    [1, 0, 0, 1, -WIDTH, 0].forEach((value, index) => expect(matrix[index]).toBeCloseTo(value, 2));
  });

  it('never lets the corner go farther than the paper reaches', () => {
    for (const hand of [{ x: 900, y: -500 }, { x: -900, y: 900 }, { x: 10, y: -2000 }]) {
      const kept = constrain(hand, WIDTH, HEIGHT, false);
      expect(Math.hypot(kept.x, kept.y - HEIGHT)).toBeLessThanOrEqual(WIDTH + 0.01);
    }
  });
});

describe('the viewport', () => {
  it('keeps the point under the pointer', () => {
    const at = { x: 100, y: -40 };
    const before = { zoom: 1, x: 0, y: 0 };
    const after = zoomAround(before, 3, at);
    expect((at.x - after.x) / after.zoom).toBeCloseTo((at.x - before.x) / before.zoom, 6);
    expect((at.y - after.y) / after.zoom).toBeCloseTo((at.y - before.y) / before.zoom, 6);
  });
  it('shows no gap beside a page that is larger than the stage', () => {
    const view = held({ zoom: 2, x: 5000, y: -5000 }, { width: 600, height: 500 }, { width: 800, height: 600 });
    expect(view.x).toBe(200);
    expect(view.y).toBe(-200);
  });
  it('says which part of a page is seen', () => {
    const part = seenPart({ x: -300, y: -250, width: 600, height: 500 }, { zoom: 2, x: 200, y: 0 }, { width: 800, height: 600 });
    expect(part).toEqual({ x0: 0, y0: 0.2, x1: expect.closeTo(0.667, 2) as number, y1: 0.8 });
    expect(seenPart({ x: 2000, y: 0, width: 10, height: 10 }, { zoom: 1, x: 0, y: 0 }, { width: 800, height: 600 })).toBeNull();
  });
});
