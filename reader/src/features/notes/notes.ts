/** What the rest of the reader asks of annotations: the one door of this folder, and so the one file that is loaded. */

import './notes.css';

import { bookmarksOn, pagesOf, type Kept } from '../../book/annotations';
import type { Span } from '../../contract/annotation';
import type { ReaderContext } from '../../store/context';
import type { ReaderState, TabName, Tool } from '../../store/state';
import { t } from '../../strings';
import { compact, element } from '../../ui/dom';
import { pageLabel } from '../../ui/edition';
import { locatorNear } from './placing/locating';
import { Session } from './session';
import { mountArticleLayer } from './showing/article_layer';
import { Cards } from './showing/card';
import { chooseWords } from './showing/choosing';
import { keepingPart } from './showing/keeping';
import { listOf, type Doing, type ListName } from './showing/lists';
import { mountPageLayers, type PageLayers } from './showing/page_layers';
import { articleText, showChosen } from './showing/painting';
import { draw } from './showing/pen';
import { addNote, mountDragging, moveNote } from './showing/pinning';
import { mountSelectionBar, type SelectionBar } from './showing/selection_bar';
import { rememberedOwner, Synchroniser } from './synchronising';

const SHOWN_MS = 4000; // a page has come by then, or does not
const GREETED_MS = 5000; // a server that does not answer is not waited for

/** Everything that annotations do in one reader. */
class Notes implements Doing {
  private readonly layers: PageLayers;
  private readonly cards: Cards;
  private readonly bar: SelectionBar;
  readonly synchroniser: Synchroniser;

  constructor(
    private readonly context: ReaderContext,
    readonly session: Session,
  ) {
    this.synchroniser = new Synchroniser(session, context.element.getAttribute('annotations'));
    this.layers = mountPageLayers(context, (id, anchor) => this.cards.open(id, anchor));
    this.cards = new Cards(session, (id) => moveNote(session, this.layers, id));
    const article = mountArticleLayer(session, (id, anchor) => this.cards.open(id, anchor));
    const chosen = (spans: readonly Span[]): void => void showChosen(context, session.setting, spans);
    this.bar = mountSelectionBar(session, (id) => this.openCard(id), chosen);
    mountDragging(session, this.layers);
    context.element.addEventListener('click', (event) => this.onClick(event, article.highlightUnder));
    context.element.addEventListener('masthead-notes-unkept', () => context.store.dispatch({ type: 'announce', text: t('This device could not keep what you added: perhaps its storage is full.'), toast: true }));
    context.store.subscribe((state, before) => state.tool !== before.tool && this.take(state.tool));
    if (!session.shelf.lasting) this.sayPassing();
    this.take(context.store.state.tool);
  }

  /** Bookmark the page that is read, or take the bookmark away. */
  bookmark(): void {
    void this.toggleBookmark();
  }

  addNote(): void {
    this.tool('note');
  }

  draw(): void {
    if (this.context.store.state.article) this.context.store.dispatch({ type: 'announce', text: t('One draws on pages: go back to the page first.'), toast: true });
    else this.tool('draw');
  }

  /** Highlight what is selected; where nothing is, words are chosen by keys. */
  chooseWords(): void {
    if (this.bar.hasSelection()) void this.bar.highlight('yellow');
    else this.tool('words');
  }

  /** Go to an annotation and open it. In an article one stays in the article where it stands there. */
  open({ id, content }: Kept): void {
    const { store } = this.context;
    const block = content.locator.spans[0]?.block ?? '';
    if (content.kind === 'bookmark') {
      store.dispatch({ type: 'go', page: content.locator.page });
      return;
    }
    const article = store.state.article && this.context.book.manifest.articles.find((each) => each.id === content.locator.article);
    if (article && content.kind !== 'drawing') store.dispatch({ type: 'article', article: article.slug, block });
    else store.dispatch({ type: 'go', page: pagesOf(content)[0] ?? content.locator.page });
    void this.whenShown(id).then((button) => button && this.cards.open(id, button));
  }

  private tool(tool: Tool): void {
    const { store } = this.context;
    if (compact() && store.state.panel) store.dispatch({ type: 'panel', panel: null });
    this.cards.close();
    store.dispatch({ type: 'tool', tool });
  }

  private take(tool: Tool): void {
    if (tool === 'note') addNote(this.session, this.layers, this.cards);
    else if (tool === 'draw') draw(this.session, this.layers);
    else if (tool === 'words') void chooseWords(this.session);
  }

  private async toggleBookmark(): Promise<void> {
    const { store, book } = this.context;
    const page = this.page();
    const there = bookmarksOn(store.state.annotations, page);
    const label = pageLabel(this.context, page);
    if (there.length) {
      this.session.remove(there.map(({ id }) => id));
      store.dispatch({ type: 'announce', text: t('Page {label}: bookmark removed', { label }), toast: true });
      return;
    }
    const { setting } = this.session;
    const locator = await setting.page(page).then(
      (file) => locatorNear(file, setting.build, book.count, null),
      () => ({ build: setting.build, page, places: [], spans: [] }),
    );
    this.session.add({ kind: 'bookmark', locator });
    store.dispatch({ type: 'announce', text: t('Page {label}: bookmarked', { label }), toast: true });
  }

  /** The page that is read now, also in an article. */
  private page(): number {
    const { store } = this.context;
    return Number(/^p(\d+)-/.exec(store.state.article ? store.state.block : '')?.[1] ?? 0) || store.state.page;
  }

  private openCard(id: string): void {
    void this.whenShown(id).then((button) => this.cards.open(id, button ?? this.context.element.getBoundingClientRect()));
  }

  /** The button of an annotation, as soon as its page or article is there. */
  private async whenShown(id: string): Promise<HTMLElement | null> {
    for (const end = performance.now() + SHOWN_MS; performance.now() < end; ) {
      const within = articleText(this.context) ? '.article-notes' : '.page:not(.is-away) .page-notes';
      const button = this.context.element.querySelector<HTMLElement>(`${within} [data-annotation="${CSS.escape(id)}"]`);
      if (button) return button;
      await new Promise((resolve) => setTimeout(resolve, 80));
    }
    return null;
  }

  /** A press on highlighted words opens them, unless it selected something or was meant for a link. */
  private onClick(event: MouseEvent, inArticle: (x: number, y: number) => string | null): void {
    const target = event.target as Element;
    if (this.context.store.state.tool !== 'read' || target.closest('a, button, input, textarea, select, .reader-panel, .notes-floor')) return;
    if (document.getSelection()?.isCollapsed === false) return;
    const id = target.closest('.article-text') ? inArticle(event.clientX, event.clientY) : target.closest('.reader-stage') ? this.layers.highlightUnder(event.clientX, event.clientY) : null;
    if (id) this.cards.open(id, new DOMRect(event.clientX, event.clientY, 1, 1));
  }

  private sayPassing(): void {
    const stop = this.context.store.subscribe((state, before) => {
      if (state.annotations.length <= before.annotations.length) return;
      stop();
      this.context.store.dispatch({ type: 'announce', text: t('This browser keeps nothing here, as in a private window: what you add lasts until you close this page.'), toast: true });
    });
  }
}

const all = new WeakMap<ReaderContext, Promise<Notes>>();

/** Begin: show what there is. Later calls answer the same. */
export function start(context: ReaderContext): Promise<Notes> {
  let notes = all.get(context);
  if (!notes) {
    notes = begin(context);
    all.set(context, notes);
  }
  return notes;
}

async function begin(context: ReaderContext): Promise<Notes> {
  const notes = new Notes(context, await Session.open(context, rememberedOwner()));
  const greeted = notes.synchroniser.refresh();
  // Whoever has signed in, on a device that does not know yet as whom, adds nothing before that is settled.
  if (notes.synchroniser.possible && !rememberedOwner() && /(^|;\s*)signed-in=1/.test(document.cookie)) {
    await Promise.race([greeted, new Promise((resolve) => setTimeout(resolve, GREETED_MS))]);
  }
  return notes;
}

export type Act = 'bookmark' | 'addNote' | 'draw' | 'chooseWords';

/** Do what a tool or a key asks for. */
export async function act(context: ReaderContext, what: Act): Promise<void> {
  (await start(context))[what]();
}

/** A list for the panel. */
export async function openList(context: ReaderContext, name: Exclude<TabName, 'pages'>): Promise<{ part: HTMLElement; update: (state: ReaderState) => void; close: () => void }> {
  const notes = await start(context);
  const list = listOf(notes.session, name satisfies ListName, notes);
  const keeping = keepingPart(notes.session, notes.synchroniser);
  const stop = notes.synchroniser.subscribe(() => keeping.update());
  void notes.synchroniser.refresh();
  let shown = context.store.state.annotations;
  return {
    part: element('div', { class: 'notes-list' }, list.part, keeping.part),
    update: (state) => {
      if (state.annotations !== shown) list.update();
      shown = state.annotations;
      keeping.update();
    },
    close: stop,
  };
}

