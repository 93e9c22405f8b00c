/** Moves things on by themselves: a leaf along an arc, a slide, a fade, a page that runs on after a flick. */

import type { Fold, Point } from './geometry';
import type { Part } from './curl';

const TURN_MS = 520;
const MIN_MS = 160;
/** Between key frames the browser moves everything evenly; so near to each other they cannot be told from the curve. */
const SAMPLE_MS = 26;
/** Animations begin so far in: the first frame after a key must already show that the page moves. */
const HEAD_START_MS = 16;

export interface Running {
  /** Jump to the end. */
  finish(): void;
}

/** Ease of paper: quick to lift, soft to land. */
export const ease = (time: number): number => 1 - (1 - time) ** 2.6;

/**
 * Prepare to lead the held corner along `path` (0 its beginning, 1 its end) for a way of `distance` (1 is a whole turn).
 * The way is given to the browser as key frames, so that it moves even while scripts are busy.
 */
export function rehearse(parts: readonly Part[], path: (share: number) => Fold, distance: number): readonly Animation[] {
  const duration = Math.max(MIN_MS, TURN_MS * Math.min(1, distance));
  const count = Math.ceil(duration / SAMPLE_MS);
  const folds = Array.from({ length: count + 1 }, (_, index) => path(ease(index / count)));
  return parts.map(
    ({ element, style }) => new Animation(new KeyframeEffect(element, columns(folds.map(style)), { duration, fill: 'both' })),
  );
}

/** Key frames by property: the browser reads them in half the time. */
function columns(styles: readonly Readonly<Record<string, string>>[]): PropertyIndexedKeyframes {
  return Object.fromEntries(Object.keys(styles[0]!).map((name) => [name, styles.map((style) => style[name]!)]));
}

/** Slide or fade; `frames` of one element each. */
export function run(frames: readonly (readonly [HTMLElement, Keyframe[]])[], duration: number, done: () => void): Running {
  const options = { duration, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)', fill: 'both' } as const;
  return play(
    frames.map(([element, keys]) => element.animate(keys, options)),
    done,
  );
}

/** Play what was prepared. */
export function play(animations: readonly Animation[], done: () => void): Running {
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    done();
    animations.forEach((animation) => animation.cancel());
  };
  for (const animation of animations) {
    animation.play();
    animation.currentTime = HEAD_START_MS;
  }
  animations[0]?.finished.then(end, () => undefined);
  return { finish: end };
}

const FRICTION_MS = 325; // after this time a third of the speed is left
const STILL = 0.02; // pixels a millisecond

/** Move on by itself after a flick, ever slower, until it rests or `moved` says that it cannot move on. */
export function coast(velocity: Point, moved: (by: Point) => boolean): Running {
  let { x, y } = velocity;
  let before = performance.now();
  let frame = 0;
  const step = (now: number): void => {
    const elapsed = Math.min(64, Math.max(0, now - before));
    before = now;
    const rest = Math.exp(-elapsed / FRICTION_MS);
    const way = FRICTION_MS * (1 - rest);
    const goes = moved({ x: x * way, y: y * way }) || elapsed === 0;
    x *= rest;
    y *= rest;
    if (goes && Math.hypot(x, y) > STILL) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return { finish: () => cancelAnimationFrame(frame) };
}
