/** Cuts an article into sentences for reading aloud, and knows where each stands: in the text, and by its blocks. */

export interface Piece {
  readonly node: Text;
  readonly from: number; // characters of the sentence's paragraph before this node
}

export interface Sentence {
  readonly text: string;
  /** The paragraph, heading, list item or cell that the sentence stands in. */
  readonly part: HTMLElement;
  readonly pieces: readonly Piece[];
  readonly from: number; // characters from the beginning of the paragraph
  readonly to: number;
}

/** A stretch of a block's own text. */
export interface Stretch {
  readonly block: string;
  readonly from: number;
  readonly to: number;
  /** All of the block's own text. */
  readonly text: string;
}

const PARTS = 'h1, h2, h3, h4, h5, h6, p, li, figcaption, caption, th, td, pre';
const LEFT_OUT = '.article-place, .pull-quote, [aria-hidden="true"]'; // a pull quote repeats what the text says
const LONGEST = 320; // characters: some voices stop in longer ones

/** The sentences of an article in the order of reading. */
export function sentencesOf(root: HTMLElement, language: string): Sentence[] {
  const parts = [...root.querySelectorAll<HTMLElement>(PARTS)].filter((part) => !part.closest(LEFT_OUT) && !part.querySelector(PARTS));
  const cut = cutter(language);
  return parts.flatMap((part) => {
    const pieces = piecesOf(part);
    const text = pieces.map(({ node }) => node.data).join('');
    return cut(text).map(([from, to]) => ({ text: text.slice(from, to), part, pieces, from, to }));
  });
}

/** The sentences of a text as [from, to] without the space around them; long ones are cut at a pause. */
export function cutter(language: string): (text: string) => (readonly [number, number])[] {
  const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(language === 'und' ? undefined : language, { granularity: 'sentence' }) : null;
  return (text) => {
    const all = segmenter ? [...segmenter.segment(text)].map(({ index }) => index) : [0];
    const starts = all.filter((start) => start === 0 || begins(text, start));
    return starts.flatMap((start, at) => shortened(text, start, starts[at + 1] ?? text.length));
  };
}

/** Whether a sentence really begins here: not after an initial or a title, nor with a small letter, as “Who?” he said. */
function begins(text: string, start: number): boolean {
  if (/^[\s”’»]*\p{Ll}/u.test(text.slice(start, start + 6))) return false;
  return !/(^|[\s(])(\p{Lu}|Dr|Mr|Mrs|Ms|Prof|St|Nr|No)\.\s*$/u.test(text.slice(Math.max(0, start - 8), start));
}

function shortened(text: string, from: number, to: number): (readonly [number, number])[] {
  const start = from + /^\s*/.exec(text.slice(from, to))![0].length;
  const end = from + text.slice(from, to).trimEnd().length;
  if (start >= end) return [];
  if (end - start <= LONGEST) return [[start, end]];
  const pause = text.slice(start, start + LONGEST).search(/[,;:–—،؛、][^,;:–—،؛、]*$/);
  const space = text.slice(start, start + LONGEST).lastIndexOf(' ');
  const at = start + (pause > LONGEST / 4 ? pause + 1 : space > 0 ? space : LONGEST);
  return [[start, at], ...shortened(text, at, to)];
}

function piecesOf(part: HTMLElement): Piece[] {
  const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const pieces: Piece[] = [];
  let from = 0;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    pieces.push({ node, from });
    from += node.data.length;
  }
  return pieces;
}

/** The range of a sentence in the document, or of the characters in it from `from` up to `to`. */
export function rangeOf(sentence: Sentence, from = 0, to = sentence.to - sentence.from): Range {
  const range = document.createRange();
  const place = (at: number, isEnd: boolean): [Text, number] => {
    const piece = sentence.pieces.findLast((each) => (isEnd ? each.from < at : each.from <= at)) ?? sentence.pieces[0]!;
    return [piece.node, Math.min(piece.node.data.length, at - piece.from)];
  };
  range.setStart(...place(sentence.from + from, false));
  range.setEnd(...place(sentence.from + to, true));
  return range;
}

/** The blocks that a sentence stands in, with the characters of each that it takes. */
export function stretchesOf(sentence: Sentence): Stretch[] {
  const found: Stretch[] = [];
  const read = new Map<string, string>(); // what is passed of each block
  for (const { node, from } of sentence.pieces) {
    const block = node.parentElement?.closest<HTMLElement>('[data-block]')?.dataset.block ?? '';
    const before = read.get(block)?.length ?? 0;
    read.set(block, (read.get(block) ?? '') + node.data);
    const start = Math.max(sentence.from, from) - from;
    const end = Math.min(sentence.to, from + node.data.length) - from;
    if (!block || start >= end) continue;
    const last = found.at(-1);
    if (last?.block === block) found[found.length - 1] = { ...last, to: before + end };
    else found.push({ block, from: before + start, to: before + end, text: '' });
  }
  return found.map((stretch) => ({ ...stretch, text: (read.get(stretch.block) ?? '').trimEnd() }));
}
