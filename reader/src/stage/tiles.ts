/** Sharp tiles over the visible part of a page that is zoomed beyond its largest picture. */

import type { Client } from '../client/client';
import type { PageEntry } from '../contract/manifest';
import { TileLine, type Wish } from './tile-line';

const TILE = 512; // pixels
const WIDTHS = [3200, 4800, 6400];
const MAX_TILES = 48;

/** One line for all pages: the server is one. */
const line = new TileLine();

export class Tiles {
  private width = 0;
  private layer: HTMLElement | null = null;
  /** Tiles of the zoom before: they stay below until the new ones are all there, so that nothing turns soft. */
  private outgoing: HTMLElement | null = null;
  private readonly shown = new Map<string, Wish>();
  private readonly pending = new Set<Wish>();

  constructor(
    private readonly host: HTMLElement,
    private readonly page: PageEntry,
    private readonly client: Client,
  ) {}

  /** Bring the tiles of the part that is seen (0 to 1 of the page), drawn for so many device pixels across. */
  show(pixels: number, seen: { x0: number; y0: number; x1: number; y1: number }): void {
    const width = WIDTHS.find((candidate) => candidate >= pixels * 0.88) ?? WIDTHS.at(-1)!;
    if (width !== this.width) this.changeWidth(width);
    const height = (width * this.page.height) / this.page.width;
    const columns = range(seen.x0 * width, seen.x1 * width, width);
    const rows = range(seen.y0 * height, seen.y1 * height, height);
    for (const row of rows) for (const column of columns) this.add(column, row, width, height);
    const limit = Math.max(MAX_TILES, columns.length * rows.length);
    for (const [key, wish] of this.shown) {
      if (this.shown.size <= limit) break;
      this.forget(key, wish);
    }
  }

  clear(): void {
    for (const [key, wish] of this.shown) this.forget(key, wish);
    this.outgoing?.remove();
    this.layer?.remove();
    this.outgoing = this.layer = null;
    this.width = 0;
  }

  private changeWidth(width: number): void {
    this.outgoing?.remove();
    this.outgoing = this.layer;
    this.layer = null;
    for (const wish of this.pending) wish.cancel();
    this.pending.clear();
    this.shown.clear();
    this.width = width;
  }

  private forget(key: string, wish: Wish): void {
    this.shown.delete(key);
    this.pending.delete(wish);
    wish.cancel();
    wish.image.remove();
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
    const wish = line.ask(address);
    const { style } = wish.image;
    wish.image.className = 'page-tile';
    wish.image.alt = '';
    style.left = `${((column * TILE) / width) * 100}%`;
    style.top = `${((row * TILE) / height) * 100}%`;
    style.width = `${(Math.min(TILE, width - column * TILE) / width) * 100}%`;
    style.height = `${(Math.min(TILE, height - row * TILE) / height) * 100}%`;
    this.shown.set(key, wish);
    this.pending.add(wish);
    void wish.arrived.then((whole) => {
      this.pending.delete(wish);
      if (this.shown.get(key) !== wish) return;
      if (whole) this.place(wish.image);
      else this.shown.delete(key);
      if (this.pending.size === 0) this.retire();
    });
  }

  /** All new tiles are there: the old ones go once these have surely been painted. */
  private retire(): void {
    const old = this.outgoing;
    this.outgoing = null;
    if (old) requestAnimationFrame(() => requestAnimationFrame(() => old.remove()));
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
