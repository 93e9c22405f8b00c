/** A small issue for tests of annotations: blocks of lines, words eight points wide a letter. */

import type { PageFile, SearchChunk } from '../../../src/contract/page';
import { textOf } from '../../../src/book/words';
import type { Text } from '../../../src/features/notes/placing/finding';

/** Pages as lists of blocks, these as lists of lines; a line that ends in a hyphen goes on in the next. */
export function issueOf(build: string, pages: readonly (readonly (readonly string[])[])[]): Text {
  const files = pages.map((blocks, at) => pageOf(at + 1, blocks));
  const chunk: SearchChunk = { pages: files.map((file) => ({ number: file.number, text: file.blocks.map(textOf).join(' ') })) };
  return { build, pages: pages.length, chunks: 1, page: async (number) => files[number - 1]!, chunk: async () => chunk };
}

function pageOf(number: number, blocks: readonly (readonly string[])[]): PageFile {
  let y = 40;
  return {
    number, width: 400, height: 500, links: [], figures: [],
    blocks: blocks.map((lines, at) => ({
      id: `p${number}-b${at + 1}`, role: 'paragraph', box: [20, y, 380, y + 20 * lines.length], article: 'a1',
      lines: lines.map((line) => {
        let x = 20;
        y += 20;
        const words = line.split(' ').map((word, index, all) => {
          const from = x;
          x += 8 * word.length + 4;
          const ends = index === all.length - 1 && word.endsWith('-');
          return [word, from, y, x - 4, y + 10, ...(ends ? [2] : [])] as unknown;
        });
        return { box: [20, y, x, y + 10], words };
      }),
    })) as unknown as PageFile['blocks'],
  };
}
