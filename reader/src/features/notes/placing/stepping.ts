/** Goes from word to word in the order of reading: by keys while words are chosen, and to make a selection longer or shorter. */

import { read, textOf, type Box } from '../../../book/words';
import type { Span } from '../../../contract/annotation';
import type { PageFile } from '../../../contract/page';

/** A word of a page: its place in the page's reading order, its block, its characters, its box in points. */
export interface Stop {
  readonly index: number;
  readonly block: string;
  /** The block in which its paragraph begins. */
  readonly paragraph: string;
  readonly from: number;
  readonly to: number;
  readonly line: string;
  readonly box: Box;
  readonly text: string;
}

const FURNITURE = new Set(['running_head', 'folio']);

/** All words of a page; a word that a line break divides is one. Running heads and page numbers are left out. */
export function stopsOf(file: PageFile): Stop[] {
  const stops: Stop[] = [];
  const begins = new Map<string, string>();
  for (const block of file.blocks) {
    const paragraph = (block.continues && begins.get(block.continues)) || block.continues || block.id;
    begins.set(block.id, paragraph);
    if (FURNITURE.has(block.role)) continue;
    const text = textOf(block);
    let open = false;
    for (const { start, end, line, box, joined } of read(block).words) {
      const last = stops.at(-1);
      if (open && last) stops[stops.length - 1] = { ...last, to: end, text: text.slice(last.from, end) };
      else stops.push({ index: stops.length, block: block.id, paragraph, from: start, to: end, line: `${block.id}/${line}`, box, text: text.slice(start, end) });
      open = joined;
    }
  }
  return stops;
}

/** One span for each block from one word to another, both included, whichever comes first. */
export function spansBetween(stops: readonly Stop[], one: number, other: number): Span[] {
  const spans: Span[] = [];
  for (const { block, from, to } of stops.slice(Math.min(one, other), Math.max(one, other) + 1)) {
    const last = spans.at(-1);
    if (last?.block === block) last.to = to;
    else spans.push({ block, from, to });
  }
  return spans;
}

/** The word above or below: on the next line of the same column, the one that stands most nearly over or under. */
export function lineStep(stops: readonly Stop[], at: number, step: 1 | -1): number {
  const here = stops[at]!;
  let next = at;
  while (stops[next] && stops[next]!.line === here.line) next += step;
  const line = stops[next]?.line;
  if (line === undefined) return at;
  const middle = (here.box[0] + here.box[2]) / 2;
  return stops
    .filter((stop) => stop.line === line)
    .reduce((best, stop) => (away(stop, middle) < away(best, middle) ? stop : best)).index;
}

const away = ({ box }: Stop, middle: number): number => Math.abs((box[0] + box[2]) / 2 - middle);

/** The spans one word longer or shorter at their end; the same where that cannot be. */
export function resized(stops: readonly Stop[], spans: readonly Span[], by: 1 | -1): Span[] {
  const [first, last] = endsOf(stops, spans);
  if (first < 0 || last < 0) return [...spans];
  const next = Math.min(stops.length - 1, Math.max(first, last + by));
  return spansBetween(stops, first, next);
}

/** The whole paragraphs that the spans stand in, as far as they are on this page. */
export function whole(stops: readonly Stop[], spans: readonly Span[]): Span[] {
  const blocks = new Set(spans.map(({ block }) => block));
  const paragraphs = new Set(stops.filter(({ block }) => blocks.has(block)).map(({ paragraph }) => paragraph));
  const first = stops.findIndex(({ paragraph }) => paragraphs.has(paragraph));
  const last = stops.findLastIndex(({ paragraph }) => paragraphs.has(paragraph));
  return first < 0 ? [...spans] : spansBetween(stops, first, last);
}

function endsOf(stops: readonly Stop[], spans: readonly Span[]): [number, number] {
  const [begin, end] = [spans[0], spans.at(-1)];
  if (!begin || !end) return [-1, -1];
  return [
    stops.findIndex(({ block, to }) => block === begin.block && to > begin.from),
    stops.findLastIndex(({ block, from }) => block === end.block && from < end.to),
  ];
}
