/** Which files of an edition are kept: what reading needs, with one picture of each page and its thumbnail. */

export interface InventoryEntry {
  readonly path: string;
  readonly size: number;
}

/** Sharp on most screens, and a third of the bytes of the widest; pixels. */
const ENOUGH = 1500;
const PICTURE = /^pictures\/(\d+)\/(\d+)\.\w+$/;
const READ = /^(?:(?:pages|text|articles|figures|search)\/[^/]+\.(?:json|html|webp)|cover\.\w+)$/;

/** The files of a build's inventory that are kept. */
export function wantedFiles(inventory: readonly InventoryEntry[]): InventoryEntry[] {
  const widths = new Map<string, number[]>();
  for (const { path } of inventory) {
    const [, width, page] = PICTURE.exec(path) ?? [];
    if (width && page) widths.set(page, [...(widths.get(page) ?? []), Number(width)]);
  }
  const chosen = new Map([...widths].map(([page, all]) => [page, chosenWidths(all)]));
  return inventory.filter(({ path }) => {
    const [, width, page] = PICTURE.exec(path) ?? [];
    return width && page ? chosen.get(page)!.has(Number(width)) : READ.test(path);
  });
}

function chosenWidths(all: readonly number[]): ReadonlySet<number> {
  const sorted = [...all].sort((one, other) => one - other);
  return new Set([sorted[0]!, sorted.find((width) => width >= ENOUGH) ?? sorted.at(-1)!]);
}

/** The files that lie on the pages and are shown there without a network: pictures, sound, documents; films are too large. */
export function laidAddresses(laid: unknown): string[] {
  if (typeof laid === 'string') return /\/overlays\/(?:files\/[^/?#]+\.(?:webp|png|jpe?g|mp3|m4a|ogg|vtt)|[^/]+\/content\.html)$/.test(laid) ? [laid] : [];
  if (laid instanceof Map) return laidAddresses([...laid.values()]);
  return laid !== null && typeof laid === 'object' ? [...new Set(Object.values(laid).flatMap(laidAddresses))] : [];
}

/** The addresses that a style sheet asks for. */
export function addressesInStyle(css: string, at: string): string[] {
  return [...css.matchAll(/url\(\s*["']?([^"')\s]+)["']?\s*\)/g)].map(([, found]) => new URL(found!, at).href).filter((found) => found.startsWith('http'));
}
