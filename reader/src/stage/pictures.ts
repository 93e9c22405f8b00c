/** Page pictures: which width a page needs, and showing it without a flash. */

import type { PageEntry } from '../contract/manifest';
import type { Client } from '../client/client';

/** A picture may be this much smaller than the screen asks for before a larger one is fetched. */
const SLACK = 0.88;
const RETRY_MS = [800, 2500, 6000];

/** The nominal width of the smallest picture that is sharp on `pixels` device pixels; 0 if the page has none. */
export function widthFor(page: PageEntry, pixels: number): number {
  for (const [nominal, width] of page.sizes) if ((width as number) >= pixels * SLACK) return nominal as number;
  return (page.sizes.at(-1)?.[0] as number | undefined) ?? 0;
}

export type PictureState = 'waiting' | 'shown' | 'missing';

/** The picture of one page: holds what is shown, brings a sharper one and swaps when that is decoded. */
export class Picture {
  state: PictureState = 'waiting';
  private image: HTMLImageElement | null = null;
  private width = 0;
  private wanted = 0;
  private attempt = 0;
  private coming: HTMLImageElement | null = null;
  private closed = false;

  constructor(
    private readonly host: HTMLElement,
    private readonly page: PageEntry,
    private readonly client: Client,
    private readonly changed: (state: PictureState) => void,
  ) {}

  /** Take over an image that is already on the page, so that nothing is loaded twice. */
  adopt(image: HTMLImageElement, nominal: number): void {
    image.className = 'page-picture';
    image.alt = '';
    this.image = image;
    this.width = this.wanted = nominal;
    this.host.prepend(image);
    this.set('shown');
  }

  /** Bring a picture that is sharp on so many device pixels. Resolves when it is shown, or it failed. */
  async sharpen(pixels: number): Promise<void> {
    const nominal = widthFor(this.page, pixels);
    if (nominal <= this.wanted) return;
    this.wanted = nominal;
    const image = new Image();
    image.decoding = 'async';
    image.className = 'page-picture';
    image.alt = '';
    image.draggable = false;
    image.src = this.client.picture(this.page.number, nominal);
    this.coming = image;
    try {
      await image.decode();
    } catch {
      this.failed(nominal, pixels);
      return;
    }
    if (this.coming === image) this.coming = null;
    if (this.closed || nominal < this.width) return;
    this.width = nominal;
    this.attempt = 0;
    const old = this.image;
    this.image = image;
    if (old?.parentElement === this.host) old.after(image);
    else this.host.prepend(image);
    // The old one stays below until the new one has surely been painted.
    if (old) requestAnimationFrame(() => requestAnimationFrame(() => old.remove()));
    this.set('shown');
  }

  /** Ask again after a failure. */
  retry(pixels: number): void {
    this.attempt = 0;
    this.wanted = this.width;
    void this.sharpen(pixels);
  }

  close(): void {
    this.closed = true;
    this.coming?.removeAttribute('src'); // ends a download that nobody waits for
    this.coming = null;
    this.image?.remove();
    this.image = null;
  }

  private failed(nominal: number, pixels: number): void {
    if (this.closed || this.wanted !== nominal) return;
    this.wanted = this.width;
    const wait = RETRY_MS[this.attempt++];
    if (wait !== undefined) setTimeout(() => !this.closed && void this.sharpen(pixels), wait);
    if (this.state !== 'shown') this.set('missing');
  }

  private set(state: PictureState): void {
    if (state === this.state) return;
    this.state = state;
    this.changed(state);
  }
}
