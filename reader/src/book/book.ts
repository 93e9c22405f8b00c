/** An edition as something with pages: sizes, labels, direction, spreads. No DOM. */

import type { Manifest, PageEntry } from '../contract/manifest';

/** One page, or two that face each other, in the order of reading. */
export type Spread = readonly [number] | readonly [number, number];

export interface Book {
  readonly manifest: Manifest;
  readonly count: number;
  readonly direction: 'ltr' | 'rtl';
  /** Page by its 1-based number; the nearest existing one for numbers outside. */
  page(number: number): PageEntry;
  label(number: number): string;
  /** Whether the page may be read here: a server that keeps some from this reader names the others. */
  isReadable(number: number): boolean;
  /** The next page behind this one that may be read; null if there is none. */
  nextReadable(number: number): number | null;
  /** The page whose printed label or number somebody typed; null if there is none. Labels win over numbers. */
  find(text: string): number | null;
  spreads(view: 'spread' | 'single'): readonly Spread[];
  /** Index of the spread that holds a page. */
  spreadIndex(view: 'spread' | 'single', page: number): number;
}

/** A page this much wider than high is a double page saved as one. */
const WIDE = 1.15;

export function makeBook(manifest: Manifest): Book {
  const pages = manifest.pages;
  const count = pages.length;
  const runs = manifest.readable?.pages;
  const clamp = (number: number): number => Math.min(count, Math.max(1, Math.round(number) || 1));
  const layouts = { spread: pair(pages), single: pages.map((page): Spread => [page.number]) };
  const places = { spread: index(layouts.spread, count), single: index(layouts.single, count) };
  const labels = new Map<string, number>();
  for (const page of pages) {
    const label = page.label.toLowerCase();
    if (!labels.has(label)) labels.set(label, page.number);
  }
  return {
    manifest,
    count,
    direction: manifest.direction,
    page: (number) => pages[clamp(number) - 1]!,
    label: (number) => pages[clamp(number) - 1]!.label,
    isReadable: (number) => runs?.some(([first, last]) => first! <= number && number <= last!) ?? true,
    nextReadable(number) {
      if (!runs) return number < count ? number + 1 : null;
      const run = runs.find(([, last]) => last! > number);
      return run ? Math.max(run[0]!, number + 1) : null;
    },
    find(text) {
      const wanted = text.trim().toLowerCase();
      const byLabel = labels.get(wanted);
      if (byLabel !== undefined) return byLabel;
      const number = /^\d+$/.test(wanted) ? Number(wanted) : 0;
      return number >= 1 && number <= count ? number : null;
    },
    spreads: (view) => layouts[view],
    spreadIndex: (view, page) => places[view][clamp(page)]!,
  };
}

/** The cover alone, then two by two; a wide page is a spread by itself, and what follows pairs anew. */
function pair(pages: readonly PageEntry[]): Spread[] {
  const spreads: Spread[] = [];
  let at = 0;
  while (at < pages.length) {
    const page = pages[at]!;
    const next = pages[at + 1];
    const alone = at === 0 || isWide(page) || !next || isWide(next);
    spreads.push(alone ? [page.number] : [page.number, next.number]);
    at += alone ? 1 : 2;
  }
  return spreads;
}

export const isWide = (page: PageEntry): boolean => page.width > WIDE * page.height;

function index(spreads: readonly Spread[], count: number): Int32Array {
  const places = new Int32Array(count + 1);
  spreads.forEach((spread, place) => spread.forEach((page) => (places[page] = place)));
  return places;
}
