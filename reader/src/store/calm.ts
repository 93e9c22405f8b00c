/** Waits for moments in which nothing moves: work that can wait is done then, in slices too short to be felt. */

/** How long a slice may take, in milliseconds: what it changes has to be laid out and painted in the same frame. */
const SLICE_MS = 6;
/** Idle moments do not come where frames are always asked for; after so long a slice is done anyway. */
const LONGEST_WAIT_MS = 300;

export class Calm {
  private moving = 0;
  private waiting: (() => void)[] = [];

  /** Something begins to move; answers what to call when it rests. */
  moves(): () => void {
    this.moving += 1;
    let rested = false;
    return () => {
      if (rested) return;
      rested = true;
      this.moving -= 1;
      if (this.moving > 0) return;
      const waiting = this.waiting;
      this.waiting = [];
      waiting.forEach((resume) => resume());
    };
  }

  /** Resolves in an idle moment while nothing moves. The answer says whether the slice is still within its time. */
  async slice(): Promise<() => boolean> {
    do {
      if (this.moving) await new Promise<void>((resolve) => this.waiting.push(resolve));
      await idle();
    } while (this.moving);
    const ends = performance.now() + SLICE_MS;
    return () => performance.now() < ends;
  }
}

/** One for all: there is one thread for everything. */
export const calm = new Calm();

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: LONGEST_WAIT_MS });
    else setTimeout(resolve, 8);
  });

/** Runs a task when the next frame is shown: soon enough for a hand that goes back at once, too late to hold up the answer. */
export const afterNextFrame = (task: () => void): void => void requestAnimationFrame(() => setTimeout(task));
