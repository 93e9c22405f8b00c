/** Puts the interface around the stage: bars, panels, notes, guide. The one door of this folder. */

import '../styles/reader.css';

import type { ReaderContext } from '../store/context';
import { chosenLanguage, direction, language, loadStrings } from '../strings';
import { mountArticle } from './article';
import { mountAsking } from './asking';
import { mountCart } from './cart';
import { offers } from './commands';
import { mountEdges } from './edges';
import { mountFooter } from './footer';
import { mountKeeping } from './keeping';
import { mountNotes } from './notes';
import { mountNotices } from './notices';
import { mountOverlays } from './overlays';
import { mountPanels } from './panels';
import { guideSeen, rememberedTheme, rememberedView, rememberTheme, rememberView } from './preferences';
import { mountShortcuts } from './shortcuts';
import { mountStates } from './states';
import { mountToolbar } from './toolbar';

const GUIDE_DELAY = 900;

/** Build the interface once the sentences are there, and keep it up to date with the store. Answers how to take it away. */
export async function mountInterface(context: ReaderContext): Promise<() => void> {
  const { element, store } = context;
  restore(context);
  await loadStrings(element.getAttribute('strings'), chosenLanguage(element.getAttribute('language') ?? 'en'));
  let draw = build(context);
  draw.update();
  const article = mountArticle(context);
  article(store.state);
  const overlays = mountOverlays(context);
  const soon = afterNextFrame(() => draw.update());
  const stop = [
    store.subscribe((state) => article(state)),
    store.subscribe((state) => overlays(state)),
    store.subscribe((_state, _before, action) => (TURNS.has(action.type) ? soon() : draw.update())),
    mountShortcuts(context),
  ];
  const onLanguage = (): void => {
    draw.remove();
    draw = build(context);
    draw.update();
  };
  element.addEventListener('masthead-language', onLanguage);
  mountNotes(context);
  void mountKeeping(context).catch(() => undefined).then(() => draw.update());
  if (element.hasAttribute('overlays')) mountAsking(context).catch(() => undefined);
  mountCart(context);
  if (store.state.query) void import('../features/search/panel').then(({ resume }) => resume(context));
  if (offers(context, 'guide') && !guideSeen() && store.state.status === 'ready') {
    // It speaks of turning pages: who begins with an article meets it another time.
    setTimeout(() => {
      if (!store.state.article) void import('../features/help/guide').then(({ showGuide }) => showGuide(context));
    }, GUIDE_DELAY);
  }
  return () => {
    stop.forEach((each) => each());
    element.removeEventListener('masthead-language', onLanguage);
    draw.remove();
  };
}

/** Actions that turn pages: the page answers first, the bars a frame later. */
const TURNS: ReadonlySet<string> = new Set(['go', 'next', 'previous', 'first', 'last']);

/** Runs `task` once after the next frame is painted, however often it is asked for until then. */
function afterNextFrame(task: () => void): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() =>
      setTimeout(() => {
        waiting = false;
        task();
      }),
    );
  };
}

/** What was chosen on an earlier visit. */
function restore({ element, store }: ReaderContext): void {
  const theme = rememberedTheme();
  const view = rememberedView(element.getAttribute('view'));
  if (theme !== store.state.theme) store.dispatch({ type: 'theme', theme });
  if (view !== store.state.viewChoice) store.dispatch({ type: 'choose-view', view });
}

function build(context: ReaderContext): { update: () => void; remove: () => void } {
  const { element, store, slots } = context;
  const edges = mountEdges(context);
  const notices = mountNotices(context);
  const states = mountStates(context);
  element.dataset.direction = direction();
  const extra = [edges.part, notices.part, states.part];
  for (const part of [...Object.values(slots), ...extra]) {
    part.lang = language();
    if (part !== edges.part) part.dir = direction();
  }
  const panels = mountPanels(context);
  const updates = [mountToolbar(context), mountFooter(context), panels, edges.update, notices.update, states.update];
  slots.footer.before(...extra);
  return {
    update: () => {
      const state = store.state;
      element.setAttribute('theme', state.theme);
      element.dataset.view = state.view;
      rememberTheme(state.theme);
      rememberView(state.viewChoice, element.getAttribute('view'));
      updates.forEach((update) => update(state));
    },
    remove: () => {
      panels({ ...store.state, panel: null });
      extra.forEach((part) => part.remove());
      Object.values(slots).forEach((slot) => slot.replaceChildren());
    },
  };
}
