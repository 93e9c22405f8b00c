/**
 * The geometry of a leaf that is turned: a flat fold. The corner that is held lies at `held`; the fold is the
 * perpendicular bisector between it and the corner's own place, and what lies beyond the fold is reflected over it.
 * Coordinates are those of the leaf: origin at its top left, the spine on the left (x = 0), the free edge at x = width.
 * For a leaf whose spine is on the right, `mirror` a fold.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where something rigid lies: its origin, and how far it is turned about it in radians, clockwise. */
export interface Placement extends Point {
  readonly angle: number;
}

export interface Fold {
  /** The middle of the fold, and the direction across it from what lies flat to what is folded over. */
  readonly crease: Placement;
  /** Places the back page over the leaf: from coordinates of the back page (its own left edge at x = 0) to the leaf's. */
  readonly back: Placement;
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
  if (Math.hypot(corner.x - x, corner.y - y) < 0.5) [x, y] = [corner.x - 0.5, corner.y];
  const angle = Math.atan2(corner.y - y, corner.x - x);
  const crease = { x: (corner.x + x) / 2, y: (corner.y + y) / 2, angle };
  return { crease, back: placement(crease, width), progress: Math.min(1, Math.max(0, (corner.x - x) / (2 * width))) };
}

/** Mirror the back page onto the sheet (x → width − x), then reflect it over the fold: together they turn it. */
function placement({ x, y, angle }: Placement, width: number): Placement {
  const across = Math.cos(angle);
  const along = Math.sin(angle);
  const distance = x * across + y * along;
  return {
    x: (2 * across * across - 1) * -width + 2 * distance * across,
    y: -2 * across * along * width + 2 * distance * along,
    angle: 2 * angle,
  };
}

/** The same fold of a leaf whose spine is on its right, in the coordinates of that leaf. */
export function mirror({ crease, back, progress }: Fold, width: number): Fold {
  return {
    crease: { x: width - crease.x, y: crease.y, angle: Math.PI - crease.angle },
    back: {
      x: width - width * Math.cos(back.angle) - back.x,
      y: back.y + width * Math.sin(back.angle),
      angle: -back.angle,
    },
    progress,
  };
}

/** By then a corner that is led has come down again, and the leaf falls flat with a straight fold. */
const STRAIGHT_FROM = 0.7;

/** Where the held corner is at `progress` of a turn that nobody holds: an arc, as a hand would lead it. */
export function led(progress: number, width: number, height: number, fromTop: boolean): Point {
  const lift = progress < STRAIGHT_FROM ? Math.sin((Math.PI * progress) / STRAIGHT_FROM) ** 2 * height * 0.16 : 0;
  const y = fromTop ? lift : height - lift;
  return { x: width - 2 * width * progress, y };
}
