/** Brings what will be wanted next: words of the pages shown, then the neighbours' pictures; forgets the rest. */

import type { Spread } from '../book/book';
import type { Views } from './views';

const QUIET_MS = 90;

export class Prefetch {
  private timer = 0;
  private run = 0;

  constructor(
    private readonly views: Views,
    /** Places a page and brings its picture. */
    private readonly picture: (page: number) => Promise<void>,
    /** Called when the next spread (1) or the one before (-1) has its pictures. */
    private readonly ready: (step: number) => Promise<void>,
  ) {}

  /** Around spread `index`; waits while `busy` says that something moves. */
  around(spreads: readonly Spread[], index: number, busy: () => boolean): void {
    clearTimeout(this.timer);
    const run = ++this.run;
    this.timer = window.setTimeout(() => {
      if (busy()) this.around(spreads, index, busy);
      else void this.bring(spreads, index, run);
    }, QUIET_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.run += 1;
  }

  private async bring(spreads: readonly Spread[], index: number, run: number): Promise<void> {
    const near = (step: number): readonly number[] => spreads[index + step] ?? [];
    this.views.keep(new Set([-2, -1, 0, 1, 2].flatMap((step) => near(step))));
    for (const page of near(0)) await this.picture(page);
    if (run !== this.run) return;
    // Words are small: they and the next pictures come side by side.
    const words = (async () => {
      for (const page of near(0)) if (run === this.run) await this.views.get(page).showText();
    })();
    for (const step of [1, -1]) {
      if (run !== this.run) return;
      await Promise.all(near(step).map((page) => this.picture(page)));
      if (run !== this.run) return;
      await this.ready(step);
      if (step === 1) await words;
    }
    if (run !== this.run) return;
    for (const page of near(2)) await this.picture(page);
  }
}
