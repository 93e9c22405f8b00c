/** The article view: the text of an article in place of the pages, from the sentence that was read on the page. */

import '../../styles/article.css';
import './article_view.css';

import { articleOf } from '../../book/articles';
import { formatPlace, parsePlace } from '../../book/address';
import { neighbour } from '../../book/order';
import type { ArticleEntry } from '../../contract/manifest';
import type { ReaderContext } from '../../store/context';
import type { Action, ReaderState } from '../../store/state';
import { direction, language, t, tn } from '../../strings';
import { element } from '../../ui/dom';
import { commentsBelow } from '../../ui/comments';
import { overlayList } from '../../ui/overlay_list';
import { active } from './aloud/session';
import { footBar, pageOf, topBar } from './bars';
import { mountArticleKeys } from './keys';
import { blockAtTop, partOf, progress, scrollToPart } from './places';
import { articleText, placeLine } from './text';
import { follow, setting, show } from './type';

const ASKED_MS = 2600; // the style lets the mark of the place fade within this time

const views = new WeakMap<ReaderContext, Promise<ArticleView>>();

/** Put the article view over the pages, once; from then on it follows the state. Thrown if the article cannot be had. */
export async function mountView(context: ReaderContext): Promise<void> {
  let view = views.get(context);
  if (!view) {
    view = Promise.resolve(new ArticleView(context));
    views.set(context, view);
  }
  await (await view).open(context.store.state);
}

class ArticleView {
  private readonly part = element('div', { class: 'article-view', hidden: true });
  private readonly scroller = element('main', { class: 'article-scroll', tabindex: 0 });
  private readonly bar = element('div', { class: 'article-progress', 'aria-hidden': 'true' });
  private top!: ReturnType<typeof topBar>;
  private foot!: ReturnType<typeof footBar>;
  private entry: ArticleEntry | null = null;
  private text: HTMLElement | null = null;
  private wanted = '';
  private left = { slug: '', block: '', at: 0 };
  private frame = 0;

  constructor(private readonly context: ReaderContext) {
    const { element: root, store } = context;
    this.dress();
    root.querySelector('.reader-shell')!.append(this.part);
    this.scroller.addEventListener('scroll', () => this.onScroll(), { passive: true });
    this.scroller.addEventListener('click', (event) => this.onClick(event));
    new ResizeObserver(() => this.onScroll()).observe(this.scroller);
    store.subscribe((state, before, action) => this.changed(state, before, action));
    root.addEventListener('masthead-language', () => this.dress());
    root.addEventListener('masthead-page', () => this.leave());
    show(root, setting());
    follow((next) => this.keeping(() => show(root, next)));
    mountArticleKeys(context);
    document.addEventListener('keydown', (event) => event.key === 'Tab' && root.setAttribute('data-tabbing', ''));
    document.addEventListener('pointerdown', () => root.removeAttribute('data-tabbing'));
  }

  /** Show the article of a state; the page stays until its text is there. */
  async open(state: ReaderState): Promise<void> {
    const entry = articleOf(this.context.book.manifest, state.article);
    this.wanted = state.article;
    if (!entry) return;
    const written = this.context.element.querySelector<HTMLElement>('.frame-article');
    const scrolled = written?.scrollTop ?? 0;
    const text = await articleText(this.context, entry);
    if (this.wanted !== state.article) return;
    const again = this.left.slug === entry.slug && this.left.block === state.block && this.text === text;
    this.entry = entry;
    this.text = text;
    this.fill();
    this.part.hidden = false;
    this.context.element.dataset.article = '';
    this.context.element.querySelectorAll(':scope > [class^="frame-"]').forEach((part) => part.remove());
    if (again) this.scroller.scrollTop = this.left.at;
    else if (scrolled && !state.block) this.scroller.scrollTop = scrolled;
    else this.goTo(state.block);
    this.top.update(this.context.store.state);
    this.foot.update(this.context.store.state);
    this.onScroll();
    if (!this.context.element.querySelector('.reader-panel')?.contains(document.activeElement)) this.scroller.focus({ preventScroll: true });
    const minutes = entry.minutes ? `. ${tn('{count} minute', '{count} minutes', entry.minutes)}` : '';
    this.context.element.dispatchEvent(new CustomEvent('masthead-article'));
    this.context.store.dispatch({ type: 'announce', text: `${t('Article')}: ${entry.title}${minutes}` });
  }

  /** Back to the page, to the block that is being read. */
  private leave(): void {
    const { store } = this.context;
    if (!store.state.article) return;
    const spoken = active(this.context)?.place();
    const block = spoken || (this.text && blockAtTop(this.scroller, this.text)) || store.state.block;
    if (block !== store.state.block) store.dispatch({ type: 'place', block });
    store.dispatch({ type: 'go', page: pageOf(this.context, store.state), block });
  }

  private changed(state: ReaderState, before: ReaderState, action: Action): void {
    if (state.article !== before.article) {
      if (before.article) this.left = { slug: before.article, block: before.block, at: this.scroller.scrollTop };
      if (!state.article) return this.hide();
      void this.open(state).catch(() => this.failed(state.article));
    } else if (action.type === 'article' && this.text) this.goTo(state.block);
    if (!state.article) return;
    this.top.update(state);
    this.foot.update(state);
  }

  private hide(): void {
    const inside = this.part.contains(document.activeElement) || document.activeElement === document.body;
    this.wanted = '';
    this.part.hidden = true;
    delete this.context.element.dataset.article;
    if (inside) this.context.stage.focus();
  }

  private failed(slug: string): void {
    const { store } = this.context;
    if (store.state.article !== slug) return;
    store.dispatch({ type: 'announce', text: t('The text of this article could not be loaded.'), toast: true });
    store.dispatch({ type: 'go', page: pageOf(this.context, store.state) });
  }

  /** Bars in the language of the tools, around the text. */
  private dress(): void {
    this.part.lang = language();
    this.part.dir = direction();
    this.top = topBar(this.context, () => this.leave());
    this.foot = footBar(this.context);
    const at = this.scroller.scrollTop;
    this.part.replaceChildren(this.top.part, this.bar, this.scroller, this.foot.part);
    if (!this.entry) return;
    this.fill();
    this.scroller.scrollTop = at;
    this.top.update(this.context.store.state);
    this.foot.update(this.context.store.state);
    this.onScroll();
  }

  private fill(): void {
    const { entry, text } = this;
    if (!entry || !text) return;
    text.querySelector('.article-place')?.remove();
    text.prepend(placeLine(this.context, entry, text.querySelector('.kicker ~ h1') !== null));
    this.scroller.setAttribute('aria-label', entry.title);
    const neighbours = this.neighbours(entry);
    const said = commentsBelow(this.context, entry.slug, this.scroller);
    this.scroller.replaceChildren(text, ...(neighbours.childElementCount ? [neighbours] : []), ...(said ? [said] : []));
    void overlayList(this.context, entry.pages).then((list) => {
      if (!list || this.entry !== entry) return;
      this.scroller.querySelector('.article-overlays')?.remove();
      text.after(list);
    });
  }

  private neighbours(entry: ArticleEntry): HTMLElement {
    const { manifest } = this.context.book;
    const card = (step: 1 | -1, name: string): HTMLElement | null => {
      const to = neighbour(manifest, entry.slug, step);
      return to && element('a', { href: formatPlace({ article: to.slug }, this.context.home, location.search), rel: step > 0 ? 'next' : 'prev' },
        element('span', {}, name), ' ', element('strong', { dir: 'auto', lang: manifest.language === 'und' ? null : manifest.language }, to.title));
    };
    return element('nav', { class: 'article-neighbours', 'aria-label': t('More articles') }, card(-1, t('Previous article')), card(1, t('Next article')));
  }

  private goTo(block: string): void {
    const part = this.text && partOf(this.text, block);
    if (!part || !this.text) {
      this.scroller.scrollTop = 0;
      return;
    }
    scrollToPart(this.scroller, this.text, part);
    part.classList.add('is-asked');
    setTimeout(() => part.classList.remove('is-asked'), ASKED_MS);
  }

  /** To a note, or from it back to the words that refer to it; the focus goes along. */
  private goToNote(id: string): void {
    const part = this.text?.querySelector<HTMLElement>(`[id="${CSS.escape(id)}"]`);
    if (!part) return;
    if (part.tagName !== 'A') part.tabIndex = -1;
    part.focus({ preventScroll: true });
    part.scrollIntoView({ block: 'center' });
  }

  /** Do what sets the text anew; what was read at the upper edge stays there. */
  private keeping(change: () => void): void {
    const block = this.text && blockAtTop(this.scroller, this.text);
    const at = this.scroller.scrollTop;
    change();
    const part = block && this.text ? partOf(this.text, block) : null;
    if (part && this.text && at > 0) scrollToPart(this.scroller, this.text, part);
  }

  private onScroll(): void {
    if (this.frame) return;
    this.frame = requestAnimationFrame(() => {
      this.frame = 0;
      if (!this.text || this.part.hidden) return;
      const share = progress(this.scroller, this.text);
      this.bar.style.setProperty('--read', share.toFixed(4));
      this.foot.read(share);
      const title = this.text.querySelector('h1');
      this.part.classList.toggle('is-past-title', !!title && title.getBoundingClientRect().bottom < this.scroller.getBoundingClientRect().top);
      const block = blockAtTop(this.scroller, this.text);
      const { store } = this.context;
      if (block && block !== store.state.block && store.state.article === this.entry?.slug) store.dispatch({ type: 'place', block });
    });
  }

  /** Links to pages and articles stay inside the reader. */
  private onClick(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>('a[href]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const own = link.getAttribute('href')!;
    if (own.startsWith('#')) {
      event.preventDefault();
      this.goToNote(own.slice(1));
      return;
    }
    const address = new URL(link.href);
    const { home, store } = this.context;
    if (address.origin !== location.origin || !address.pathname.startsWith(home) || !/^(page|article)\//.test(address.pathname.slice(home.length))) return;
    event.preventDefault();
    const place = parsePlace(address, home);
    if (place.article) store.dispatch({ type: 'article', article: place.article, block: place.block });
    else store.dispatch({ type: 'go', page: place.page, block: place.block });
  }
}
