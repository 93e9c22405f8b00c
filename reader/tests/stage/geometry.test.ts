/** The fold of a leaf: what must hold for paper wherever the hand is. */

import { describe, expect, it } from 'vitest';

import { constrain, fold, led, mirror, type Placement, type Point } from '../../src/stage/turn/geometry';

const W = 500;
const H = 700;

const apply = (at: Placement, { x, y }: Point): Point => ({
  x: x * Math.cos(at.angle) - y * Math.sin(at.angle) + at.x,
  y: x * Math.sin(at.angle) + y * Math.cos(at.angle) + at.y,
});

/** How far a point lies beyond the fold; what lies flat is below zero. */
const beyond = ({ x, y, angle }: Placement, point: Point): number => (point.x - x) * Math.cos(angle) + (point.y - y) * Math.sin(angle);

const apart = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Places all over where a hand can be, also where paper cannot. */
const hands: Point[] = [];
for (let x = -900; x <= 900; x += 75) for (let y = -900; y <= 1600; y += 125) hands.push({ x, y });

describe('a fold', () => {
  it('lays the held corner where the hand is, as far as paper goes', () => {
    for (const fromTop of [true, false])
      for (const hand of hands) {
        const placed = apply(fold(hand, W, H, fromTop).back, { x: 0, y: fromTop ? 0 : H });
        expect(apart(placed, constrain(hand, W, H, fromTop))).toBeLessThan(1);
      }
  });

  it('joins front and back along the crease', () => {
    for (const hand of hands) {
      const { crease, back } = fold(hand, W, H, false);
      for (const along of [-300, 0, 450]) {
        const point = apply(crease, { x: 0, y: along });
        expect(apart(apply(back, { x: W - point.x, y: point.y }), point)).toBeLessThan(1e-6);
      }
    }
  });

  it('lays what is folded over on what lies flat', () => {
    for (const hand of hands) {
      const { crease, back } = fold(hand, W, H, false);
      for (const point of [{ x: W, y: 0 }, { x: W, y: H }, { x: W / 2, y: H / 2 }]) {
        const away = beyond(crease, point);
        expect(beyond(crease, apply(back, { x: W - point.x, y: point.y }))).toBeCloseTo(-away, 6);
      }
    }
  });

  it('never tears the sheet from its spine', () => {
    for (const fromTop of [true, false])
      for (const hand of hands) {
        const { crease } = fold(hand, W, H, fromTop);
        for (const y of [0, H / 2, H]) expect(beyond(crease, { x: 0, y })).toBeLessThan(1e-6);
      }
  });

  it('begins flat and ends turned', () => {
    const flat = fold({ x: W, y: H }, W, H, false);
    expect(flat.progress).toBeLessThan(0.01);
    for (const y of [0, H]) expect(beyond(flat.crease, { x: W - 1, y })).toBeLessThan(0);
    const turned = fold({ x: -W, y: H }, W, H, false);
    expect(turned.progress).toBe(1);
    expect(beyond(turned.crease, { x: 1, y: H / 2 })).toBeGreaterThan(0);
    expect(apply(turned.back, { x: W, y: H }).x).toBeCloseTo(0, 3);
  });

  it('is the same from the other side, mirrored', () => {
    for (const hand of hands) {
      const folded = fold(hand, W, H, false);
      const other = mirror(folded, W);
      for (const point of [{ x: 0, y: 0 }, { x: W, y: H }, { x: 120, y: 300 }]) {
        const mirrored = { x: W - point.x, y: point.y };
        expect(beyond(other.crease, mirrored)).toBeCloseTo(beyond(folded.crease, point), 6);
        const placed = apply(folded.back, point);
        expect(apart(apply(other.back, mirrored), { x: W - placed.x, y: placed.y })).toBeLessThan(1e-6);
      }
    }
  });
});

describe('a turn that nobody holds', () => {
  it('leads from edge to edge over the sheet', () => {
    expect(led(0, W, H, false)).toEqual({ x: W, y: H });
    expect(led(1, W, H, false).x).toBe(-W);
    for (let share = 0; share <= 1; share += 0.1) expect(led(share, W, H, true).y).toBeGreaterThanOrEqual(0);
  });
});
