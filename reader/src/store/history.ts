/** Keeps the address, the browser's history and the document's title in step with the page or article that is shown. */

import { formatPlace, parsePassage, parsePlace } from '../book/address';
import { articleOf } from '../book/articles';
import type { Book } from '../book/book';
import { t } from '../strings';
import type { ReaderState } from './state';
import type { Store } from './store';

const RAPID_MS = 450; // changes that follow this quickly are one step back
const REST_MS = 400; // reading has come to rest this long: the address names the place

/** `soon` runs a task once what was asked for is begun: the browser takes its time over an address. */
export function mountHistory(store: Store, book: Book, home: string, soon: (task: () => void) => void): () => void {
  let changed = 0;
  let restoring = false;
  let resting = 0;
  let waiting: { replace: boolean } | null = null;
  const put = (state: ReaderState, replace: boolean): void => {
    // A selection that the address names stays in it while its page is shown.
    const selected = !state.article && !state.block && parsePlace(location, home).page === state.page && parsePassage(location.hash);
    const address = formatPlace(state, home, location.search) + (selected ? location.hash : '');
    history[replace ? 'replaceState' : 'pushState']({ page: state.page }, '', address);
    document.title = titleOf(state, book);
  };
  const write = (): void => {
    if (!waiting) return;
    const { replace } = waiting;
    waiting = null;
    put(store.state, replace);
  };
  const stop = store.subscribe((state, before, action) => {
    if (restoring || formatPlace(state, home) === formatPlace(before, home)) return;
    if (state.article === before.article && (state.article || state.page === before.page)) {
      clearTimeout(resting);
      if (state.query === before.query) resting = window.setTimeout(() => put(store.state, true), REST_MS);
      else put(state, true);
      return;
    }
    if (resting && !waiting) put(before, true); // where the reading was is what a step back comes to
    clearTimeout(resting);
    resting = 0;
    const now = performance.now();
    const turned = !state.article && !before.article;
    const replace = turned && ((action.type === 'go' && action.replace === true) || now - changed < RAPID_MS);
    changed = now;
    if (waiting) waiting.replace &&= replace;
    else {
      waiting = { replace };
      if (document.hidden) write();
      else soon(write);
    }
  });
  const onPop = (): void => {
    waiting = null;
    const place = parsePlace(location, home);
    clearTimeout(resting);
    resting = 0;
    restoring = true;
    store.dispatch({ type: 'query', query: place.query });
    if (articleOf(book.manifest, place.article)) store.dispatch({ type: 'article', article: place.article, block: place.block });
    else store.dispatch({ type: 'go', page: place.page, block: place.block });
    restoring = false;
    document.title = titleOf(store.state, book);
  };
  addEventListener('popstate', onPop);
  addEventListener('pagehide', write);
  return () => {
    stop();
    removeEventListener('popstate', onPop);
    removeEventListener('pagehide', write);
  };
}

function titleOf(state: ReaderState, book: Book): string {
  const article = articleOf(book.manifest, state.article);
  return `${article ? article.title : t('Page {label}', { label: book.label(state.page) })} – ${book.manifest.title}`;
}
