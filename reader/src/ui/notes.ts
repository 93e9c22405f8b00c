/** The door to annotations: loads them when the first page has long been there, or when somebody asks for them. */

import { bookmarksOn } from '../book/annotations';
import type { ReaderContext } from '../store/context';
import type { ReaderState, TabName } from '../store/state';
import { t } from '../strings';
import type { Act } from '../features/notes/notes';
import type { MenuItem } from './menu';

const WAIT_MS = 1200; // after the reader is ready: nothing of it is needed before the first page
const KNOWN = 'masthead-notes';

const feature = (): Promise<typeof import('../features/notes/notes')> => import('../features/notes/notes');

/** Show annotations as soon as there is time, where there may be some: on this device, or of somebody who has signed in. */
export function mountNotes(context: ReaderContext): void {
  context.store.subscribe((state, before) => state.annotations.length > before.annotations.length && remember());
  const load = (): void => void feature().then(({ start }) => start(context)).catch(() => undefined);
  // Whoever selects words may want to highlight them.
  const onSelection = (): void => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !context.element.contains(selection.anchorNode)) return;
    document.removeEventListener('selectionchange', onSelection);
    load();
  };
  document.addEventListener('selectionchange', onSelection);
  if (!mayHaveSome(context)) return;
  setTimeout(() => {
    if ('requestIdleCallback' in window) requestIdleCallback(load, { timeout: 2000 });
    else load();
  }, WAIT_MS);
}

/** Do what a tool or a key asks for. */
export function actOnNotes(context: ReaderContext, what: Act): void {
  feature().then(({ act }) => act(context, what)).catch(() => {
    context.store.dispatch({ type: 'announce', text: t('This part could not be loaded. Is the device connected?'), toast: true });
  });
}

/** Open the panel of pages at one of its lists, or close it if it shows that. */
export function toggleList(context: ReaderContext, tab: TabName): void {
  const { store } = context;
  const isShown = store.state.panel === 'pages' && store.state.tab === tab;
  store.dispatch({ type: 'tab', tab });
  store.dispatch({ type: 'panel', panel: isShown ? null : 'pages' });
}

export const isBookmarked = (state: ReaderState): boolean => bookmarksOn(state.annotations, state.page).length > 0;

/** What one can add, for menus; one draws on pages only. */
export function noteItems(context: ReaderContext, inArticle = false): MenuItem[] {
  const { state } = context.store;
  return [
    { label: isBookmarked(state) ? t('Remove the bookmark') : t('Bookmark this page'), icon: isBookmarked(state) ? 'bookmarked' : 'bookmark', run: () => actOnNotes(context, 'bookmark') },
    { label: t('Add a note'), icon: 'note', run: () => actOnNotes(context, 'addNote') },
    { label: t('Choose words to highlight'), icon: 'words', run: () => actOnNotes(context, 'chooseWords') },
    ...(inArticle ? [] : [{ label: t('Draw on the page'), icon: 'draw' as const, run: () => actOnNotes(context, 'draw') }]),
    { label: t('My notes'), icon: 'annotate', run: () => toggleList(context, 'notes') },
  ];
}

function mayHaveSome(context: ReaderContext): boolean {
  const hasAccount = context.element.hasAttribute('annotations') && /(^|;\s*)signed-in=1/.test(document.cookie);
  try {
    return hasAccount || localStorage.getItem(KNOWN) !== null;
  } catch {
    return hasAccount;
  }
}

function remember(): void {
  try {
    localStorage.setItem(KNOWN, '1');
  } catch {
    // A browser that keeps nothing has nothing to show at the next visit.
  }
}
