/** Brings tiles a few at a time, those asked for last first, because the server draws them while one waits. */

const AT_ONCE = 3;
const RETRY_MS = [400, 1200, 3000, 6000];

/** A tile that was asked for. */
export interface Wish {
  readonly image: HTMLImageElement;
  /** True when the picture is there and decoded, false if it does not come or nobody wants it any more. */
  readonly arrived: Promise<boolean>;
  /** Nobody wants it any more. */
  cancel(): void;
}

export class TileLine {
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  ask(address: string): Wish {
    const image = new Image();
    let wanted = true;
    let giveUp = (): void => {};
    // A browser need not tell that a picture ended whose address was taken away; its place in the line is free at once.
    const givenUp = new Promise<boolean>((resolve) => {
      giveUp = () => resolve(false);
    });
    const fetchIt = async (): Promise<boolean> => {
      for (let attempt = 0; wanted; attempt += 1) {
        image.src = address;
        try {
          await image.decode();
          return wanted;
        } catch {
          const wait = RETRY_MS[attempt];
          if (wait === undefined || !wanted) return false;
          image.removeAttribute('src');
          await new Promise((resolve) => setTimeout(resolve, wait));
        }
      }
      return false;
    };
    const arrived = new Promise<boolean>((resolve) => {
      this.waiting.push(() => {
        void Promise.race([fetchIt(), givenUp]).then((whole) => {
          this.running -= 1;
          resolve(whole);
          this.next();
        });
      });
    });
    this.next();
    return {
      image,
      arrived,
      cancel: () => {
        wanted = false;
        image.removeAttribute('src');
        giveUp();
      },
    };
  }

  private next(): void {
    while (this.running < AT_ONCE) {
      const start = this.waiting.pop();
      if (!start) return;
      this.running += 1;
      start();
    }
  }
}
