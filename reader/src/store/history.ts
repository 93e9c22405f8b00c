/** Keeps the address, the browser's history and the document's title in step with the page that is shown. */

import { formatPlace, parsePlace } from '../book/address';
import type { Book } from '../book/book';
import { t } from '../strings';
import type { Store } from './store';

const RAPID_MS = 450; // changes that follow this quickly are one step back

export function mountHistory(store: Store, book: Book, home: string): () => void {
  let changed = 0;
  let restoring = false;
  let waiting: { replace: boolean } | null = null;
  const entitle = (): void => {
    document.title = `${t('Page {label}', { label: book.label(store.state.page) })} – ${book.manifest.title}`;
  };
  const write = (): void => {
    if (!waiting) return;
    const { page, query } = store.state;
    const shown = parsePlace(location, home);
    const hash = shown.page === page ? location.hash : '';
    const address = formatPlace({ page, query }, home, location.search) + hash;
    history[waiting.replace ? 'replaceState' : 'pushState']({ page }, '', address);
    waiting = null;
    entitle();
  };
  const stop = store.subscribe((state, before, action) => {
    if (restoring || (state.page === before.page && state.query === before.query)) return;
    const now = performance.now();
    const replace = (action.type === 'go' && action.replace) || state.page === before.page || now - changed < RAPID_MS;
    changed = now;
    if (waiting) waiting.replace &&= replace;
    else {
      waiting = { replace };
      afterNextFrame(write);
    }
  });
  const onPop = (): void => {
    waiting = null;
    const place = parsePlace(location, home);
    restoring = true;
    store.dispatch({ type: 'query', query: place.query });
    store.dispatch({ type: 'go', page: place.page });
    restoring = false;
    entitle();
  };
  addEventListener('popstate', onPop);
  addEventListener('pagehide', write);
  return () => {
    stop();
    removeEventListener('popstate', onPop);
    removeEventListener('pagehide', write);
  };
}

/** The browser takes its time over an address: the page that was asked for is painted first. */
function afterNextFrame(task: () => void): void {
  if (document.hidden) task();
  else requestAnimationFrame(() => setTimeout(task));
}
