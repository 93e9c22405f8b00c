/** Keys that open panels; the stage has the keys that turn and zoom. */

import type { ReaderContext } from '../store/context';
import type { PanelName } from '../store/state';
import { hasArticle, toggleAloud, toggleArticle } from './article';
import { cart } from './cart';
import { archive, comments, offers, share, takesOut, toggleFullScreen, togglePanel } from './commands';
import { canBeKept } from './keeping';
import { actOnNotes, toggleList } from './notes';
import type { Act } from '../features/notes/notes';

type Wanted = PanelName | 'full-screen' | 'article' | 'aloud';
const KEYS: Readonly<Record<string, Wanted>> = {
  '/': 'search', c: 'contents', p: 'pages', s: 'settings', '?': 'help', t: 'text', f: 'full-screen', a: 'article', l: 'aloud', e: 'archive', r: 'share', k: 'comments', o: 'cart', w: 'keep',
};

/** Keys of what readers add. */
const NOTE_KEYS: Readonly<Record<string, Act>> = { b: 'bookmark', n: 'addNote', h: 'chooseWords', d: 'draw' };

/** Listen for keys until the answer is called. Keys typed into fields are left alone. */
export function mountShortcuts(context: ReaderContext): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || context.store.state.status !== 'ready') return;
    const target = event.target as HTMLElement;
    if (event.key === 'Escape' && context.store.state.panel) {
      context.store.dispatch({ type: 'panel', panel: null });
      return;
    }
    if (event.key === 'Escape' && context.store.state.article) {
      toggleArticle(context);
      return;
    }
    if (noteKey(context, event, target)) {
      event.preventDefault();
      return;
    }
    const panel = wanted(event, target.matches?.('input, textarea, select, [contenteditable]') ?? false);
    if (panel === 'print' && !takesOut(context)) return;
    if (panel === 'aloud' && !offers(context, 'aloud')) return;
    if (panel === 'print' && context.store.state.article) return; // the browser prints an article as it is set
    if (panel === 'full-screen') void toggleFullScreen(context);
    else if (panel === 'search' && context.store.state.panel === 'search') context.element.querySelector<HTMLInputElement>('.search-input')?.select();
    else if (panel === 'article') hasArticleNow() && toggleArticle(context);
    else if (panel === 'aloud') hasArticleNow() && toggleAloud(context, event.shiftKey);
    else if (panel === 'archive') archive(context) && togglePanel(context, panel);
    else if (panel === 'comments') comments(context) && togglePanel(context, panel);
    else if (panel === 'share') share(context) && togglePanel(context, panel);
    else if (panel === 'keep') canBeKept(context) && togglePanel(context, panel);
    else if (panel === 'cart') cart(context) && togglePanel(context, panel);
    else if (panel === 'text') context.store.state.article && togglePanel(context, panel);
    else if (panel) togglePanel(context, panel);
    else return;
    event.preventDefault();
  };
  const hasArticleNow = (): boolean => context.store.state.article !== '' || hasArticle(context, context.store.state);
  const onFullScreen = (): void => context.store.dispatch({ type: 'full-screen', on: document.fullscreenElement === context.element });
  document.addEventListener('keydown', onKey);
  document.addEventListener('fullscreenchange', onFullScreen);
  return () => {
    document.removeEventListener('keydown', onKey);
    document.removeEventListener('fullscreenchange', onFullScreen);
  };
}

/** Whether a key was one of what readers add; then it is done. */
function noteKey(context: ReaderContext, event: KeyboardEvent, target: HTMLElement): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || target.closest?.('input, textarea, select, [contenteditable], dialog')) return false;
  const what = NOTE_KEYS[event.key.toLowerCase()];
  if (what) actOnNotes(context, what);
  else if (event.key.toLowerCase() === 'm') toggleList(context, 'notes');
  else return false;
  return true;
}

function wanted(event: KeyboardEvent, typing: boolean): Wanted | null {
  const key = event.key.toLowerCase();
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
    if (key === 'f') return 'search';
    if (key === 'p') return 'print';
    return null;
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return null;
  return KEYS[key] ?? null;
}
