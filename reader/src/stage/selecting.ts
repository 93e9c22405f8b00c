/** Keeps the selected words in the address, and selects the words that an address names. */

import { formatPassage, parsePassage, type Passage, type WordPlace } from '../book/address';
import type { Store } from '../store/store';

const REST_MS = 250; // a selection that still grows is not written

export function mountSelecting(host: HTMLElement, store: Store): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  let writing = 0;
  let observer: MutationObserver | null = null;

  const write = (): void => {
    const selection = document.getSelection();
    const passage = selection && !selection.isCollapsed ? passageOf(selection.getRangeAt(0), host) : null;
    if (!passage && !parsePassage(location.hash)) return;
    if (!passage && observer) return; // the words that the address names are still on their way
    const address = `${location.pathname}${location.search}${passage ? formatPassage(passage) : ''}`;
    if (address !== `${location.pathname}${location.search}${location.hash}`) history.replaceState(history.state, '', address);
  };
  document.addEventListener('selectionchange', () => {
    clearTimeout(writing);
    writing = window.setTimeout(write, REST_MS);
  }, { signal });

  /** Go to the words that the address names, and select them as soon as they are there. */
  const read = (): void => {
    observer?.disconnect();
    observer = null;
    const passage = parsePassage(location.hash);
    if (!passage) return;
    const attempt = (): void => {
      if (!select(passage, host)) return;
      observer?.disconnect();
      observer = null;
    };
    observer = new MutationObserver(attempt);
    observer.observe(host, { subtree: true, attributes: true, attributeFilter: ['data-text'] });
    store.dispatch({ type: 'go', page: passage.from.page, replace: true });
    attempt();
  };
  addEventListener('hashchange', read, { signal });
  // Somebody who goes on elsewhere does not wait for these words any more.
  const stop = store.subscribe((state, before, action) => {
    if (state.page === before.page || action.type === 'go') return;
    observer?.disconnect();
    observer = null;
  });
  read();
  return () => {
    ends.abort();
    stop();
    observer?.disconnect();
    clearTimeout(writing);
  };
}

/** The words of a page in reading order; none unless all are there. */
function wordsOf(page: number, host: HTMLElement): HTMLElement[] {
  return [...host.querySelectorAll<HTMLElement>(`.page[data-page="${page}"][data-text="ready"] .word`)];
}

function select({ from, to }: Passage, host: HTMLElement): boolean {
  const first = wordsOf(from.page, host)[from.word - 1];
  const last = wordsOf(to.page, host)[to.word - 1];
  if (!first || !last) return false;
  const range = document.createRange();
  range.setStart(first, 0);
  range.setEnd(last, last.childNodes.length);
  const selection = document.getSelection();
  selection?.removeAllRanges();
  selection?.addRange(range);
  return true;
}

/** The first and the last word that a range covers on the pages of `host`. */
function passageOf(range: Range, host: HTMLElement): Passage | null {
  if (!host.contains(range.commonAncestorContainer)) return null;
  const pages = [...host.querySelectorAll<HTMLElement>('.page[data-text="ready"]')].filter((page) => range.intersectsNode(page));
  const covered = pages.flatMap((page): WordPlace[] => {
    const number = Number(page.dataset.page);
    const words = wordsOf(number, host);
    const first = words.findIndex((word) => covers(range, word));
    const last = words.findLastIndex((word) => covers(range, word));
    return first < 0 ? [] : [{ page: number, word: first + 1 }, { page: number, word: last + 1 }];
  });
  return covered.length ? { from: covered[0]!, to: covered.at(-1)! } : null;
}

/** Whether a range covers a part of a word, not only one of its ends. */
function covers(range: Range, word: HTMLElement): boolean {
  if (!range.intersectsNode(word)) return false;
  const whole = document.createRange();
  whole.selectNodeContents(word);
  return range.compareBoundaryPoints(Range.END_TO_START, whole) < 0 && range.compareBoundaryPoints(Range.START_TO_END, whole) > 0;
}
