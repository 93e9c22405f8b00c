/** One edition's search: loads its text chunk by chunk, keeps the hits and the one being looked at, marks them. */

import type { ReaderContext } from '../../store/context';
import { clearHits, paintHits, placeOf } from './in_article';
import { search, type Hit } from './matching';
import { marksOf } from './marking';
import { pausing } from './pausing';
import { TextIndex } from './text_index';

// Pages around the visible one whose marks are kept ready.
const AROUND = 3;
const TYPED_MS = 2000; // words that stand for so long were meant

export class SearchSession {
  readonly index = new TextIndex();
  hits: readonly Hit[] = [];
  current = -1;
  loaded = 0;
  failed = false;
  query = '';
  private readonly texts = new Map<number, string>();
  private markedFor = '';
  private answered = '';
  private told = '';
  private telling = 0;
  private loading = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly context: ReaderContext) {}

  get chunks(): number {
    return this.context.book.manifest.search.chunks;
  }
  get complete(): boolean {
    return this.loaded >= this.chunks;
  }

  /** Hear of every change until the answer is called. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  textOf(page: number): string {
    return this.texts.get(page) ?? '';
  }

  /** Search for a query, loading what is not there yet; results grow as chunks arrive. */
  async ask(query: string): Promise<void> {
    if (query !== this.query) this.current = -1;
    this.query = query;
    this.refresh();
    if (query.trim()) await this.load();
  }

  /** Fetch the missing chunks in turn; after a failure the next call goes on where it stopped. */
  async load(): Promise<void> {
    if (this.loading) return;
    this.loading = true;
    this.failed = false;
    try {
      while (!this.complete) {
        const { pages } = await this.context.client.searchChunk(this.loaded + 1);
        const before = this.index.pages.length;
        const pause = pausing();
        for (const page of pages) {
          await pause();
          this.index.add(page.number, page.text);
          this.texts.set(page.number, page.text);
        }
        this.loaded++;
        this.refresh(before);
      }
    } catch {
      this.failed = true;
      this.refresh();
    } finally {
      this.loading = false;
    }
  }

  /** Search again; `from`: only in the pages that came since, where the query is the same. */
  private refresh(from = 0): void {
    const kept = this.hits[this.current];
    const before = from && this.query === this.answered ? this.hits : [];
    this.hits = this.query.trim() ? [...before, ...search(this.index, this.query, before.length ? from : 0)] : [];
    this.answered = this.query;
    this.current = kept ? this.hits.findIndex((hit) => hit.page === kept.page && hit.spans[0]![0] === kept.spans[0]![0]) : -1;
    this.markedFor = '';
    void this.mark();
    this.tellSoon();
    this.listeners.forEach((listener) => listener());
  }

  /** Say what was looked for and how often it is there, once for each question, to who counts. */
  private tellSoon(): void {
    clearTimeout(this.telling);
    const words = this.query.trim();
    if (!words || words === this.told) return;
    this.telling = window.setTimeout(() => {
      if (!this.complete) return;
      this.told = words;
      const detail = { kind: 'search', words: words.slice(0, 200), hits: this.hits.length };
      this.context.element.dispatchEvent(new CustomEvent('masthead-count', { detail }));
    }, TYPED_MS);
  }

  /** Go to a hit; the first one after the last and the other way round. */
  goTo(at: number): void {
    if (!this.hits.length) return;
    this.current = (at + this.hits.length) % this.hits.length;
    this.markedFor = '';
    void this.open(this.hits[this.current]!);
    void this.mark();
    this.listeners.forEach((listener) => listener());
  }

  /** In the article view a hit opens in its article; in no article, or on the pages, on its page. */
  private async open(hit: Hit): Promise<void> {
    const { store } = this.context;
    const place = store.state.article ? await placeOf(this.context, hit).catch(() => null) : null;
    if (!place) store.dispatch({ type: 'go', page: hit.page });
    else if (place.article !== store.state.article) store.dispatch({ type: 'article', ...place });
    else await this.paint(true);
  }

  /** Mark the hits in the article that is read. */
  async paint(reveal: boolean): Promise<void> {
    if (this.context.store.state.article) await paintHits(this.context, this.hits, this.hits[this.current] ?? null, reveal).catch(clearHits);
    else clearHits();
  }

  /** The next hit or the one before; at first the next one at or after the page on show. */
  step(by: 1 | -1): void {
    if (this.current >= 0) {
      this.goTo(this.current + by);
      return;
    }
    const page = this.context.store.state.page;
    const after = this.hits.findIndex((hit) => hit.page >= page);
    this.goTo(by === 1 ? Math.max(0, after) : (after < 0 ? this.hits.length : after) - 1);
  }

  /** Mark the hits on the pages around the one on show. */
  async mark(): Promise<void> {
    const page = this.context.store.state.page;
    const key = `${page} ${this.current} ${this.hits.length} ${this.query} ${this.context.store.state.article}`;
    if (key === this.markedFor) return;
    this.markedFor = key;
    void this.paint(false);
    const near = this.hits.filter((hit) => Math.abs(hit.page - page) <= AROUND);
    const current = this.hits[this.current] ?? null;
    const numbers = [...new Set(near.map((hit) => hit.page))];
    const files = await Promise.all(numbers.map((number) => this.context.client.page(number).catch(() => null)));
    if (this.markedFor !== key) return;
    const marks = numbers.flatMap((number, at) => {
      const words = files[at];
      return words ? marksOf(number, words, near.filter((hit) => hit.page === number), current) : [];
    });
    if (marks.length || this.context.store.state.marks.length) this.context.store.dispatch({ type: 'mark', marks });
  }

  /** Forget the query and take all marks away. */
  clear(): void {
    this.query = '';
    this.current = -1;
    this.refresh();
    this.context.store.dispatch({ type: 'query', query: '' });
  }
}

const sessions = new WeakMap<ReaderContext, SearchSession>();

/** The search of a reader; the same one each time, so that closing the panel forgets nothing. */
export function sessionOf(context: ReaderContext): SearchSession {
  let session = sessions.get(context);
  if (!session) {
    session = new SearchSession(context);
    sessions.set(context, session);
    const marking = session;
    context.store.subscribe(() => void marking.mark());
    context.element.addEventListener('masthead-article', () => void marking.paint(true));
  }
  return session;
}
