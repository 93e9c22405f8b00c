/** Marks a place on its page for a moment: where somebody comes from an article, or what an address names. */

import { pageOfBlock } from '../../book/address';
import { boxesOf } from '../../book/words';
import type { ReaderContext } from '../../store/context';
import type { Mark } from '../../store/state';

const SHOWN_MS = 3200; // the style lets the mark fade within this time

/** Mark a block on its page, or only its characters from `from` up to `to`, and let the mark fade. */
export async function showSpot(context: ReaderContext, block: string, from = 0, to = Infinity): Promise<void> {
  const mark = await markOf(context, block, from, to, 'place');
  const { store } = context;
  // What is read aloud is marked already.
  if (!mark || store.state.article || store.state.block !== block || store.state.marks.some(({ kind }) => kind === 'spoken')) return;
  const marks = [mark];
  store.dispatch({ type: 'spot', marks });
  setTimeout(() => {
    if (store.state.marks.includes(mark)) store.dispatch({ type: 'spot', marks: [] });
  }, SHOWN_MS);
}

/** The boxes on the page that a part of a block is printed in; null if there is no such block. */
export async function markOf(context: ReaderContext, block: string, from: number, to: number, kind: Mark['kind'], text = ''): Promise<Mark | null> {
  const page = pageOfBlock(block);
  if (page < 1 || page > context.book.count) return null;
  const entry = (await context.client.page(page)).blocks.find((each) => each.id === block);
  const boxes = entry ? boxesOf(entry, from, to, text) : [];
  return boxes.length ? { page, boxes, kind } : null;
}
