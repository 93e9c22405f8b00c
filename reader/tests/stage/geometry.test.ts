/** The fold of a leaf: what must hold for paper wherever the hand is. */

import { describe, expect, it } from 'vitest';

import { constrain, fold, led, type Point } from '../../src/stage/turn/geometry';

const W = 500;
const H = 700;

const area = (polygon: readonly Point[]): number =>
  Math.abs(
    polygon.reduce((sum, { x, y }, index) => {
      const next = polygon[(index + 1) % polygon.length]!;
      return sum + x * next.y - next.x * y;
    }, 0),
  ) / 2;

const apply = ([a, b, c, d, e, f]: readonly number[], { x, y }: Point): Point => ({ x: a! * x + c! * y + e!, y: b! * x + d! * y + f! });

/** Places all over where a hand can be, also where paper cannot. */
const hands: Point[] = [];
for (let x = -900; x <= 900; x += 75) for (let y = -900; y <= 1600; y += 125) hands.push({ x, y });

describe('a fold', () => {
  it('parts the sheet in two that are the whole', () => {
    for (const fromTop of [true, false])
      for (const hand of hands) {
        const { flat, back } = fold(hand, W, H, fromTop);
        expect(area(flat) + area(back)).toBeCloseTo(W * H, 3);
      }
  });

  it('lays the held corner where the hand is, as far as paper goes', () => {
    for (const fromTop of [true, false])
      for (const hand of hands) {
        const { matrix } = fold(hand, W, H, fromTop);
        const placed = apply(matrix, { x: 0, y: fromTop ? 0 : H });
        const wanted = constrain(hand, W, H, fromTop);
        expect(Math.hypot(placed.x - wanted.x, placed.y - wanted.y)).toBeLessThan(1);
      }
  });

  it('moves paper without stretching or mirroring it', () => {
    for (const hand of hands) {
      const [a, b, c, d] = fold(hand, W, H, false).matrix;
      expect(a * d - b * c).toBeCloseTo(1, 6);
      expect(a * a + b * b).toBeCloseTo(1, 6);
    }
  });

  it('never tears the sheet from its spine', () => {
    for (const hand of hands) {
      const { flat } = fold(hand, W, H, false);
      const onSpine = flat.filter(({ x }) => Math.abs(x) < 1e-6).map(({ y }) => y);
      expect(Math.max(...onSpine) - Math.min(...onSpine)).toBeGreaterThan(H - 1e-3);
    }
  });

  it('begins flat and ends turned', () => {
    expect(fold({ x: W, y: H }, W, H, false).progress).toBeLessThan(0.01);
    const turned = fold({ x: -W, y: H }, W, H, false);
    expect(turned.progress).toBe(1);
    expect(area(turned.flat)).toBeLessThan(1);
    expect(apply(turned.matrix, { x: W, y: H }).x).toBeCloseTo(0, 3);
  });
});

describe('a turn that nobody holds', () => {
  it('leads from edge to edge over the sheet', () => {
    expect(led(0, W, H, false)).toEqual({ x: W, y: H });
    expect(led(1, W, H, false).x).toBe(-W);
    for (let share = 0; share <= 1; share += 0.1) expect(led(share, W, H, true).y).toBeGreaterThanOrEqual(0);
  });
});
