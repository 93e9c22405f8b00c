/** From words to a locator: which characters of which blocks, in which boxes, with what they say and what stands around. */

import { read, textOf, type Box, type PlacedWord } from '../../../book/words';
import type { Locator, Place, Span } from '../../../contract/annotation';
import type { BlockEntry, PageFile } from '../../../contract/page';

const CONTEXT = 32; // characters before and after, as masthead.edition.anchoring keeps them
const LONGEST = 11_000; // characters of a quote
const NEAR = 140; // characters by which a note or a drawing is found again

/** What locators need to know of the edition. */
export interface Setting {
  /** The build whose pages these are. */
  readonly build: string;
  readonly pages: number;
  page(number: number): Promise<PageFile>;
}

/** Widen spans to whole words; what holds none goes. */
export function snapped(file: PageFile, spans: readonly Span[]): Span[] {
  return spans.flatMap((span) => {
    const block = file.blocks.find(({ id }) => id === span.block);
    if (!block) return [];
    const { words } = read(block);
    let first = words.findIndex(({ end }) => end > span.from);
    let last = words.findLastIndex(({ start }) => start < span.to);
    if (first < 0 || last < first) return [];
    while (words[first - 1]?.joined) first -= 1;
    while (words[last]?.joined && words[last + 1]) last += 1;
    return [{ block: span.block, from: words[first]!.start, to: words[last]!.end }];
  });
}

/** The locator of spans in the order of reading; null where no word is meant. Spans may stand on several pages. */
export async function locatorOf(setting: Setting, wanted: readonly Span[]): Promise<Locator | null> {
  const numbers = [...new Set(wanted.map(({ block }) => pageOf(block)))].filter((page) => page >= 1 && page <= setting.pages);
  const files = new Map(await Promise.all(numbers.map(async (page) => [page, await setting.page(page)] as const)));
  const spans = numbers.flatMap((page) => snapped(files.get(page)!, wanted.filter(({ block }) => pageOf(block) === page)));
  const first = spans[0];
  const last = spans.at(-1);
  if (!first || !last) return null;
  const places = numbers.map((page) => placeOf(files.get(page)!, spans)).filter(({ boxes }) => boxes.length > 0);
  const page = pageOf(first.block);
  const article = blockOf(files.get(page)!, first.block)?.article;
  return {
    build: setting.build,
    page,
    places,
    spans,
    ...(article ? { article } : {}),
    quote: {
      exact: spans.map((span) => wordsOf(files.get(pageOf(span.block))!, span)).join(' ').slice(0, LONGEST),
      prefix: around(files.get(page)!, first, -1),
      suffix: around(files.get(pageOf(last.block))!, last, 1),
      position: position(files.get(page)!, first, setting.pages),
    },
  };
}

/** The locator of a point on a page, or of the page as a whole: by the words that stand nearest. */
export function locatorNear(file: PageFile, build: string, pages: number, at: readonly [number, number] | null): Locator {
  const block = at ? nearest(file, at) : (longest(file) ?? null);
  const bare: Locator = { build, page: file.number, places: [], spans: [] };
  if (!block) return bare;
  const { words } = read(block);
  const begin = at ? beginNear(file, words, at) : 0;
  const end = words.findLast(({ start }) => start < words[begin]!.start + NEAR)!;
  const [span] = snapped(file, [{ block: block.id, from: words[begin]!.start, to: end.end }]);
  if (!span) return bare;
  return {
    ...bare,
    places: [placeOf(file, [span])],
    spans: [span],
    ...(block.article ? { article: block.article } : {}),
    quote: { exact: wordsOf(file, span), prefix: around(file, span, -1), suffix: around(file, span, 1), position: position(file, span, pages) },
  };
}

/** The boxes of spans on their page, one for each line, in parts of the page. */
export function placeOf(file: PageFile, spans: readonly Span[]): Place {
  const boxes = spans.flatMap((span) => {
    const block = blockOf(file, span.block);
    return block ? linesOf(read(block).words.filter(({ start, end }) => end > span.from && start < span.to)) : [];
  });
  return { page: file.number, boxes: boxes.map((box) => inParts(box, file)) };
}

/** What a span says. */
export function wordsOf(file: PageFile, { block, from, to }: Span): string {
  const found = blockOf(file, block);
  return found ? textOf(found).slice(from, to) : '';
}

export const pageOf = (block: string): number => Number(/^p(\d+)-/.exec(block)?.[1] ?? 0);

const blockOf = (file: PageFile, id: string): BlockEntry | undefined => file.blocks.find((block) => block.id === id);

function linesOf(words: readonly PlacedWord[]): Box[] {
  const lines = new Map<number, Box>();
  for (const { line, box } of words) {
    const before = lines.get(line);
    lines.set(line, before ? [Math.min(before[0], box[0]), Math.min(before[1], box[1]), Math.max(before[2], box[2]), Math.max(before[3], box[3])] : box);
  }
  return [...lines.values()];
}

const rounded = (value: number): number => Math.round(Math.min(2, Math.max(-1, value)) * 1e5) / 1e5;

const inParts = ([x0, y0, x1, y1]: Box, { width, height }: PageFile): [number, number, number, number] => [
  rounded(x0 / width), rounded(y0 / height), rounded(x1 / width), rounded(y1 / height),
];

/** What stands before or after a span, in its block and those beside it. */
function around(file: PageFile, span: Span, side: -1 | 1): string {
  const at = file.blocks.findIndex(({ id }) => id === span.block);
  const own = textOf(file.blocks[at]!);
  let text = side < 0 ? own.slice(0, span.from) : own.slice(span.to);
  for (let next = at + side; text.length < CONTEXT && file.blocks[next]; next += side) {
    text = side < 0 ? `${textOf(file.blocks[next]!)} ${text}` : `${text} ${textOf(file.blocks[next]!)}`;
  }
  return side < 0 ? text.slice(-CONTEXT) : text.slice(0, CONTEXT);
}

/** Where in the edition's text a span begins, from 0 to 1. */
function position(file: PageFile, { block, from }: Span, pages: number): number {
  let before = 0;
  let whole = 0;
  for (const each of file.blocks) {
    if (each.id === block) before = whole + from;
    whole += textOf(each).length + 1;
  }
  return Math.round(((file.number - 1 + before / Math.max(1, whole)) / Math.max(1, pages)) * 1e6) / 1e6;
}

function nearest(file: PageFile, [x, y]: readonly [number, number]): BlockEntry | null {
  const away = ({ box: [x0, y0, x1, y1] }: BlockEntry): number =>
    Math.hypot(Math.max(0, x0 - x * file.width, x * file.width - x1), Math.max(0, y0 - y * file.height, y * file.height - y1));
  const able = file.blocks.filter((block) => read(block).words.length > 0);
  return able.sort((one, other) => away(one) - away(other))[0] ?? null;
}

const longest = (file: PageFile): BlockEntry | undefined => [...file.blocks].sort((one, other) => textOf(other).length - textOf(one).length)[0];

/** The index of the first word of the line that lies nearest to a point. */
function beginNear(file: PageFile, words: readonly PlacedWord[], [, y]: readonly [number, number]): number {
  let best = 0;
  let least = Infinity;
  words.forEach(({ box, line }, index) => {
    if (line === words[index - 1]?.line) return;
    const away = Math.abs((box[1] + box[3]) / 2 - y * file.height);
    if (away < least) [best, least] = [index, away];
  });
  return best;
}
