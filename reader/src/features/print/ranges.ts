/** Reads page ranges such as "1-4, 8" or "iv–x" into page numbers. */

/** Pages in the order of the edition, each once; or the part that could not be read. */
export type Ranges = { readonly pages: readonly number[]; readonly wrong?: undefined } | { readonly wrong: string; readonly pages?: undefined };

/** Pages in their order as the server reads them: 1-4,8. */
export function writeRanges(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');
}

/** `find` answers the number of a page by what was typed for it (a label or a number), null if there is none. */
export function readRanges(typed: string, find: (page: string) => number | null): Ranges {
  const pages = new Set<number>();
  for (const part of typed.split(/[,;،؛]/u).map((piece) => piece.trim()).filter(Boolean)) {
    const whole = find(part);
    const ends = /^(.+?)\s*[-–—]\s*(.+)$/u.exec(part);
    const from = whole ?? (ends ? find(ends[1]!.trim()) : null);
    const to = whole ?? (ends ? find(ends[2]!.trim()) : null);
    if (from === null || to === null) return { wrong: part };
    for (let page = Math.min(from, to); page <= Math.max(from, to); page++) pages.add(page);
  }
  return { pages: [...pages].sort((a, b) => a - b) };
}
