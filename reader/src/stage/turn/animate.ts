/** Moves a turn on by itself: along an arc, from where it is to one of its ends; can be ended at once. */

import type { Point } from './geometry';

const TURN_MS = 520;
const MIN_MS = 160;

export interface Running {
  /** Jump to the end. */
  finish(): void;
}

/** Ease of paper: quick to lift, soft to land. */
export const ease = (time: number): number => 1 - (1 - time) ** 2.6;

/**
 * Call `draw` each frame with the held corner between `from` and `to`, then `done`. The first frame is drawn at once,
 * a little way in, so that the answer to a key is seen in the very next frame.
 */
export function glide(from: Point, to: Point, path: (share: number) => Point | null, distance: number, draw: (held: Point) => void, done: () => void): Running {
  const duration = Math.max(MIN_MS, TURN_MS * Math.min(1, distance));
  const started = performance.now() - 24;
  let frame = 0;
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    cancelAnimationFrame(frame);
    draw(to);
    done();
  };
  const step = (now: number): void => {
    const time = (now - started) / duration;
    if (time >= 1) return end();
    const share = ease(Math.max(0, time));
    draw(path(share) ?? { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share });
    frame = requestAnimationFrame(step);
  };
  step(performance.now());
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

/** Slide or fade elements with the browser's own animations; resolves at their end. */
export function run(part: HTMLElement, frames: Keyframe[], duration: number): Animation {
  return part.animate(frames, { duration, easing: 'cubic-bezier(0.2, 0.7, 0.2, 1)', fill: 'both' });
}
