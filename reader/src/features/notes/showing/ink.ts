/** Lines drawn by hand: thinned while they are drawn, smoothed when they are shown, found again by the eraser. Pure. */

import type { Stroke } from '../../../contract/annotation';

const DECIMALS = 1e4;

/**
 * A stroke as SVG path data in a space 1000 wide; `ratio` is the page's height by its width. Curves go through the middle
 * between points, so that a hand's line has no corners.
 */
export function pathOf(points: readonly number[], ratio: number): string {
  const at = (index: number): [number, number] => [points[index * 3]! * 1000, points[index * 3 + 1]! * 1000 * ratio];
  const count = Math.floor(points.length / 3);
  const say = (value: number): string => value.toFixed(1);
  if (!count) return '';
  const [x, y] = at(0);
  let path = `M${say(x)} ${say(y)}`;
  if (count === 1) return `${path}l0.1 0`; // a dot
  for (let index = 1; index < count - 1; index += 1) {
    const [cx, cy] = at(index);
    const [nx, ny] = at(index + 1);
    path += `Q${say(cx)} ${say(cy)} ${say((cx + nx) / 2)} ${say((cy + ny) / 2)}`;
  }
  const [ex, ey] = at(count - 1);
  return `${path}L${say(ex)} ${say(ey)}`;
}

/** The points without those that a straight line explains as well (Ramer, Douglas and Peucker), rounded. */
export function thinned(points: readonly number[], slack = 0.0008): number[] {
  const count = Math.floor(points.length / 3);
  const keep = new Uint8Array(count);
  if (count) keep[0] = keep[count - 1] = 1;
  const waiting: [number, number][] = [[0, count - 1]];
  for (let span = waiting.pop(); span; span = waiting.pop()) {
    const [from, to] = span;
    let far = -1;
    let most = slack;
    for (let index = from + 1; index < to; index += 1) {
      const away = distance(points, index, from, to);
      if (away > most) [far, most] = [index, away];
    }
    if (far < 0) continue;
    keep[far] = 1;
    waiting.push([from, far], [far, to]);
  }
  return points.filter((_, index) => keep[Math.floor(index / 3)]).map((value) => Math.round(value * DECIMALS) / DECIMALS);
}

function distance(points: readonly number[], index: number, from: number, to: number): number {
  const [x, y] = [points[index * 3]!, points[index * 3 + 1]!];
  return toSegment(x, y, points[from * 3]!, points[from * 3 + 1]!, points[to * 3]!, points[to * 3 + 1]!);
}

function toSegment(x: number, y: number, ax: number, ay: number, bx: number, by: number): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2;
  const along = length ? Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
  return Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay));
}

/** The strokes that pass within `reach` of a point; all in parts of the page. */
export function strokesAt(strokes: readonly Stroke[], x: number, y: number, reach: number): readonly Stroke[] {
  return strokes.filter(({ points, width }) => {
    for (let index = 0; index < points.length; index += 3) {
      const next = Math.min(index + 3, points.length - 3);
      if (toSegment(x, y, points[index]!, points[index + 1]!, points[next]!, points[next + 1]!) <= reach + width / 2) return true;
    }
    return false;
  });
}
