/** Keeps the address, the browser's history and the document's title in step with the page that is shown. */

import { formatPlace, parsePlace } from '../book/address';
import type { Book } from '../book/book';
import { t } from '../strings';
import type { Store } from './store';

const RAPID_MS = 450; // changes that follow this quickly are one step back

export function mountHistory(store: Store, book: Book, home: string): () => void {
  let changed = 0;
  let restoring = false;
  const stop = store.subscribe((state, before, action) => {
    if (restoring || (state.page === before.page && state.query === before.query)) return;
    const address = formatPlace({ page: state.page, query: state.query }, home, location.search);
    const now = performance.now();
    const replace = (action.type === 'go' && action.replace) || state.page === before.page || now - changed < RAPID_MS;
    changed = now;
    history[replace ? 'replaceState' : 'pushState']({ page: state.page }, '', address);
    document.title = `${t('Page {label}', { label: book.label(state.page) })} – ${book.manifest.title}`;
  });
  const onPop = (): void => {
    const place = parsePlace(location, home);
    restoring = true;
    store.dispatch({ type: 'query', query: place.query });
    store.dispatch({ type: 'go', page: place.page });
    restoring = false;
    document.title = `${t('Page {label}', { label: book.label(place.page) })} – ${book.manifest.title}`;
  };
  addEventListener('popstate', onPop);
  return () => {
    stop();
    removeEventListener('popstate', onPop);
  };
}
