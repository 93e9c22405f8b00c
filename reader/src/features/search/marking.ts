/** Turns hits into boxes on the page: finds the words of the page file that make up a word of the search text. */

import type { Mark } from '../../store/state';
import type { Hit } from './matching';

type Box = readonly [number, number, number, number];
type Word = readonly [string, number, number, number, number, number?];
/** The part of a page file that marking needs. */
export interface PageWords {
  readonly blocks: readonly { readonly lines: readonly { readonly words: readonly unknown[] }[] }[];
}

/** For each word of the search text the boxes it is printed in: more than one where a line break divides it. */
export function wordBoxes(page: PageWords): Box[][] {
  const boxes: Box[][] = [];
  let joined = false;
  for (const block of page.blocks) {
    for (const line of block.lines) {
      for (const entry of line.words) {
        const [, x0, y0, x1, y1, join] = entry as Word;
        if (joined) boxes[boxes.length - 1]!.push([x0, y0, x1, y1]);
        else boxes.push([[x0, y0, x1, y1]]);
        joined = Boolean(join);
      }
    }
  }
  return boxes;
}

/** The marks of a page's hits. `current` is the hit that is being looked at, if it is on this page. */
export function marksOf(page: number, words: PageWords, hits: readonly Hit[], current: Hit | null): Mark[] {
  const boxes = wordBoxes(words);
  return hits.map((hit) => ({
    page,
    kind: hit === current ? 'current-hit' : 'hit',
    boxes: hit.spans.flatMap(([from, to]) => boxes.slice(from, to + 1).flat()),
  }));
}
