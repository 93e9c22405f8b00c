/**
 * The geometry of a leaf that is turned: a flat fold. The corner that is held lies at `held`; the fold is the
 * perpendicular bisector between it and the corner's own place, and what lies beyond the fold is reflected over it.
 * Coordinates are those of the leaf: origin at its top left, the spine on the left (x = 0), the free edge at x = width.
 * For a leaf whose spine is on the right, mirror x before and after.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Fold {
  /** Polygon of the part that still lies flat, in leaf coordinates. */
  readonly flat: readonly Point[];
  /** Polygon of the part that is folded over, in the coordinates of the back page (its own left edge at x = 0). */
  readonly back: readonly Point[];
  /** Places the back page over the leaf: matrix(a, b, c, d, e, f) of CSS, from back to leaf coordinates. */
  readonly matrix: readonly [number, number, number, number, number, number];
  /** Middle of the fold, and its direction in radians, for the shading. */
  readonly middle: Point;
  readonly angle: number;
  /** 0 the leaf lies flat, 1 it is turned. */
  readonly progress: number;
}

/** Keep the held corner where paper can go: no farther from either end of the spine than the sheet is long. */
export function constrain(held: Point, width: number, height: number, fromTop: boolean): Point {
  const near: Point = { x: 0, y: fromTop ? 0 : height };
  const far: Point = { x: 0, y: fromTop ? height : 0 };
  const first = within(held, near, width);
  return within(first, far, Math.hypot(width, height));
}

function within(point: Point, centre: Point, radius: number): Point {
  const dx = point.x - centre.x;
  const dy = point.y - centre.y;
  const distance = Math.hypot(dx, dy);
  if (distance <= radius) return point;
  return { x: centre.x + (dx * radius) / distance, y: centre.y + (dy * radius) / distance };
}

/** The fold for a corner held at `held`. `fromTop`: the upper free corner is held, else the lower one. */
export function fold(held: Point, width: number, height: number, fromTop: boolean): Fold {
  const corner: Point = { x: width, y: fromTop ? 0 : height };
  let { x, y } = constrain(held, width, height, fromTop);
  // A corner that has not moved has no bisector: fold the last hair of the sheet.
  if (Math.hypot(corner.x - x, corner.y - y) < 0.5) x = corner.x - 0.5;
  const normal = unit({ x: corner.x - x, y: corner.y - y });
  const middle = { x: (corner.x + x) / 2, y: (corner.y + y) / 2 };
  const sheet = [
    { x: 0, y: 0 },
    { x: width, y: 0 },
    { x: width, y: height },
    { x: 0, y: height },
  ];
  const side = (point: Point): number => (point.x - middle.x) * normal.x + (point.y - middle.y) * normal.y;
  const flat = clip(sheet, (point) => -side(point));
  const folded = clip(sheet, side);
  return {
    flat,
    back: folded.map((point) => ({ x: width - point.x, y: point.y })),
    matrix: placement(normal, middle, width),
    middle,
    angle: Math.atan2(normal.y, normal.x),
    progress: Math.min(1, Math.max(0, (corner.x - x) / (2 * width))),
  };
}

/** Mirror the back page onto the sheet (x → width − x), then reflect it over the fold. */
function placement(n: Point, m: Point, width: number): [number, number, number, number, number, number] {
  const d = m.x * n.x + m.y * n.y;
  const a = 1 - 2 * n.x * n.x;
  const b = -2 * n.x * n.y;
  const c = 1 - 2 * n.y * n.y;
  return [-a, -b, b, c, a * width + 2 * d * n.x, b * width + 2 * d * n.y];
}

/** The part of a convex polygon where `side` is positive (Sutherland and Hodgman, 1974). */
function clip(polygon: readonly Point[], side: (point: Point) => number): Point[] {
  const result: Point[] = [];
  polygon.forEach((point, index) => {
    const next = polygon[(index + 1) % polygon.length]!;
    const here = side(point);
    const there = side(next);
    if (here >= 0) result.push(point);
    if (here > 0 !== there > 0 && here !== there) {
      const share = here / (here - there);
      result.push({ x: point.x + (next.x - point.x) * share, y: point.y + (next.y - point.y) * share });
    }
  });
  return result;
}

function unit(vector: Point): Point {
  const length = Math.hypot(vector.x, vector.y) || 1;
  return { x: vector.x / length, y: vector.y / length };
}

/** Where the held corner is at `progress` of a turn that nobody holds: an arc, as a hand would lead it. */
export function led(progress: number, width: number, height: number, fromTop: boolean): Point {
  const lift = Math.sin(Math.PI * progress) * height * 0.16;
  const y = fromTop ? lift : height - lift;
  return { x: width - 2 * width * progress, y };
}
