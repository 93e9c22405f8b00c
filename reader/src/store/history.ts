/** Keeps the address, the browser's history and the document's title in step with the page or article that is shown. */

import { formatPlace, parsePlace } from '../book/address';
import { articleOf } from '../book/articles';
import type { Book } from '../book/book';
import { t } from '../strings';
import type { ReaderState } from './state';
import type { Store } from './store';

const RAPID_MS = 450; // changes that follow this quickly are one step back
const REST_MS = 400; // reading has come to rest this long: the address names the place

export function mountHistory(store: Store, book: Book, home: string): () => void {
  let changed = 0;
  let restoring = false;
  let resting = 0;
  const write = (state: ReaderState, replace: boolean): void => {
    history[replace ? 'replaceState' : 'pushState']({ page: state.page }, '', formatPlace(state, home, location.search));
  };
  const stop = store.subscribe((state, before, action) => {
    if (restoring || formatPlace(state, home) === formatPlace(before, home)) return;
    if (state.article === before.article && (state.article || state.page === before.page)) {
      clearTimeout(resting);
      if (state.query === before.query) resting = window.setTimeout(() => write(store.state, true), REST_MS);
      else write(state, true);
      return;
    }
    if (resting) write(before, true); // where the reading was is what a step back comes to
    clearTimeout(resting);
    resting = 0;
    const now = performance.now();
    const turned = !state.article && !before.article;
    write(state, turned && ((action.type === 'go' && action.replace === true) || now - changed < RAPID_MS));
    changed = now;
    document.title = titleOf(state, book);
  });
  const onPop = (): void => {
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
  return () => {
    stop();
    removeEventListener('popstate', onPop);
  };
}

function titleOf(state: ReaderState, book: Book): string {
  const article = articleOf(book.manifest, state.article);
  return `${article ? article.title : t('Page {label}', { label: book.label(state.page) })} – ${book.manifest.title}`;
}
