/** Sharp tiles over the visible part of a page that is zoomed beyond its largest picture. */

import type { Client } from '../client/client';
import type { PageEntry } from '../contract/manifest';

const TILE = 512; // pixels
const WIDTHS = [3200, 4800, 6400];
const MAX_TILES = 48;

export class Tiles {
  private width = 0;
  private layer: HTMLElement | null = null;
  private readonly shown = new Map<string, HTMLImageElement>();

  constructor(
    private readonly host: HTMLElement,
    private readonly page: PageEntry,
    private readonly client: Client,
  ) {}

  /** Bring the tiles of the part that is seen (0 to 1 of the page), drawn for so many device pixels across. */
  show(pixels: number, seen: { x0: number; y0: number; x1: number; y1: number }): void {
    const width = WIDTHS.find((candidate) => candidate >= pixels * 0.88) ?? WIDTHS.at(-1)!;
    if (width !== this.width) {
      this.clear();
      this.width = width;
    }
    const height = (width * this.page.height) / this.page.width;
    const columns = range(seen.x0 * width, seen.x1 * width, width);
    const rows = range(seen.y0 * height, seen.y1 * height, height);
    for (const row of rows) for (const column of columns) this.add(column, row, width, height);
    for (const [key, image] of this.shown) {
      if (this.shown.size <= MAX_TILES) break;
      image.remove();
      this.shown.delete(key);
    }
  }

  clear(): void {
    this.layer?.remove();
    this.layer = null;
    this.shown.clear();
    this.width = 0;
  }

  private add(column: number, row: number, width: number, height: number): void {
    const key = `${column}/${row}`;
    const known = this.shown.get(key);
    if (known) {
      this.shown.delete(key); // to the young end of the map
      this.shown.set(key, known);
      return;
    }
    const address = this.client.tile(this.page.number, width, column, row);
    if (!address) return;
    const image = new Image();
    image.className = 'page-tile';
    image.alt = '';
    image.src = address;
    image.style.left = `${((column * TILE) / width) * 100}%`;
    image.style.top = `${((row * TILE) / height) * 100}%`;
    image.style.width = `${(Math.min(TILE, width - column * TILE) / width) * 100}%`;
    image.style.height = `${(Math.min(TILE, height - row * TILE) / height) * 100}%`;
    this.shown.set(key, image);
    image.decode().then(
      () => this.shown.get(key) === image && this.place(image),
      () => this.shown.delete(key),
    );
  }

  private place(image: HTMLImageElement): void {
    if (!this.layer) {
      this.layer = document.createElement('div');
      this.layer.className = 'page-tiles';
      this.host.querySelector('.page-marks')?.before(this.layer);
    }
    this.layer.append(image);
  }
}

function range(from: number, to: number, whole: number): number[] {
  const first = Math.max(0, Math.floor(from / TILE));
  const last = Math.min(Math.ceil(whole / TILE) - 1, Math.floor(Math.max(0, to - 1) / TILE));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}
