/** The words of a block: how they read as a sentence, and where each part of that sentence is printed. No DOM. */

import type { BlockEntry } from '../contract/page';

export type Box = readonly [number, number, number, number];
/** Words as they stand in page files: [text, x0, y0, x1, y1, join]. */
type Word = readonly [string, number, number, number, number, number?];
type Lines = Pick<BlockEntry, 'lines'>;

export interface PlacedWord {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly box: Box;
  /** Whether the next word belongs to it: a word that a line break divides, or marks set without a space. */
  readonly joined: boolean;
}

const HYPHEN = 2; // the word's last character is the hyphen of a line break

/** The block's words as one text, with hyphens of line breaks resolved, and where each word lies in it. */
export function read(block: Lines): { text: string; words: PlacedWord[] } {
  let text = '';
  const words: PlacedWord[] = [];
  block.lines.forEach((line, at) => {
    for (const entry of line.words) {
      const [word, x0, y0, x1, y1, join = 0] = entry as unknown as Word;
      const start = text.length;
      text += join === HYPHEN ? word.slice(0, -1) : word;
      words.push({ start, end: text.length, line: at, box: [x0, y0, x1, y1], joined: join > 0 });
      if (!join) text += ' ';
    }
  });
  return { text: text.trimEnd(), words };
}

/**
 * The boxes of the characters from `from` up to `to`, one for each line. `text` is how the block reads elsewhere: a list
 * item there has lost its bullet, so its characters are counted from the end.
 */
export function boxesOf(block: Lines, from: number, to: number, text = ''): Box[] {
  const printed = read(block);
  const shift = text && printed.text.endsWith(text) ? printed.text.length - text.length : 0;
  const lines = new Map<number, Box>();
  for (const word of printed.words) {
    if (word.end <= from + shift || word.start >= to + shift) continue;
    const before = lines.get(word.line);
    const [x0, y0, x1, y1] = word.box;
    lines.set(word.line, before ? [Math.min(before[0], x0), Math.min(before[1], y0), Math.max(before[2], x1), Math.max(before[3], y1)] : word.box);
  }
  return [...lines.values()];
}

/** How a block reads as a sentence. */
export const textOf = (block: Lines): string => read(block).text;

/** Where the words of a page's search text stand: block and characters in it. One search word may be several printed ones. */
export function searchWords(blocks: readonly BlockEntry[]): { block: BlockEntry; from: number; to: number }[] {
  const found: { block: BlockEntry; from: number; to: number }[] = [];
  let joined = false;
  for (const block of blocks) {
    const { words } = read(block);
    let at = 0;
    for (const line of block.lines) {
      for (const entry of line.words) {
        const { start, end } = words[at++]!;
        if (joined && found.at(-1)?.block === block) found.at(-1)!.to = end;
        else if (!joined) found.push({ block, from: start, to: end });
        joined = Boolean((entry as unknown as Word)[5]);
      }
    }
  }
  return found;
}
