/** Keeps long work from holding up the window: it stops for a moment whenever it has gone on for too long. */

const LONGEST_MS = 8;

/** A pause for one piece of work: it gives way only when its time is up, so that short work is not drawn out. */
export function pausing(): () => Promise<void> | void {
  let ends = performance.now() + LONGEST_MS;
  return () => {
    if (performance.now() < ends) return;
    return new Promise<void>((resume) =>
      setTimeout(() => {
        ends = performance.now() + LONGEST_MS;
        resume();
      }),
    );
  };
}
