/** Measures how long something was really looked at: while the window shows it and somebody is there. No DOM. */

/** Without a key, a touch or a move for so long, nobody is there. */
export const IDLE_MS = 120_000;
/** What was seen for less than this was only passed by. */
export const SEEN_MS = 1_000;

export interface Seen {
  readonly shown: string;
  /** Whether it is told for the first time: later it is only more time. */
  readonly first: boolean;
  readonly seconds: number;
}

export class Meter {
  private shown = '';
  private since = 0; // 0: the window does not show it
  private last = 0;
  private spent = 0;
  private told = false;

  /** Somebody did something. */
  touch(now: number): void {
    this.settle(now);
    this.last = now;
  }

  /** Something else is shown; '' for nothing. Answers what there is to tell of what was shown before. */
  show(shown: string, now: number): Seen | null {
    if (shown === this.shown) return null;
    const seen = this.take(now);
    this.shown = shown;
    this.spent = 0;
    this.told = false;
    this.touch(now);
    return seen;
  }

  /** The window is shown, or hidden. */
  visible(is: boolean, now: number): void {
    this.settle(now);
    this.since = is ? now : 0;
    this.last = now;
  }

  /** What there is to tell by now; parts of seconds are kept for the next time. */
  take(now: number): Seen | null {
    this.settle(now);
    const seconds = Math.floor(this.spent / 1000);
    if (!this.shown || this.spent < SEEN_MS) return null;
    const first = !this.told;
    this.told = true;
    this.spent -= seconds * 1000;
    return { shown: this.shown, first, seconds: Math.min(seconds, 1800) };
  }

  private settle(now: number): void {
    if (!this.since) return;
    this.spent += Math.max(0, Math.min(now, this.last + IDLE_MS) - this.since);
    this.since = now;
  }
}
