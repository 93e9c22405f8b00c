/** Chooses words by keys, on pages and in articles: arrows move, with Shift they select, Enter highlights. */

import { COLOURS, type Colour } from '../../../book/annotations';
import type { Span } from '../../../contract/annotation';
import { direction, t } from '../../../strings';
import { element } from '../../../ui/dom';
import { locatorOf, pageOf } from '../placing/locating';
import { lineStep, spansBetween, stopsOf, type Stop } from '../placing/stepping';
import type { Session } from '../session';
import { colourButtons, colourOfKey } from './colours';
import { float } from './floating';
import { articleText, showChosen } from './painting';

/** Begin to choose; ends by itself when somebody turns the page, highlights or leaves. */
export async function chooseWords(session: Session): Promise<void> {
  const { context } = session;
  const stops = await reachable(session);
  if (!stops.length) {
    context.store.dispatch({ type: 'announce', text: t('There are no words here to choose.'), toast: true });
    context.store.dispatch({ type: 'tool', tool: 'read' });
    return;
  }
  new Choosing(session, stops).begin();
}

/** The words that can be chosen: of the article that is shown, else of the pages that are seen. */
async function reachable(session: Session): Promise<Stop[]> {
  const text = articleText(session.context);
  const blocks = text ? [...text.querySelectorAll<HTMLElement>('[data-block]')].map((part) => part.dataset.block!) : null;
  const pages = blocks ? [...new Set(blocks.map(pageOf))] : session.context.stage.visiblePages();
  const all = (await Promise.all(pages.map(async (page) => stopsOf(await session.setting.page(page))))).flat();
  const order = blocks ? new Map(blocks.map((block, at) => [block, at])) : null;
  const able = order ? all.filter(({ block }) => order.has(block)).sort((one, other) => order.get(one.block)! - order.get(other.block)! || one.from - other.from) : all;
  return able.map((stop, index) => ({ ...stop, index }));
}

class Choosing {
  private at = 0;
  private anchor: number | null = null;
  private readonly over = new AbortController();

  constructor(
    private readonly session: Session,
    private readonly stops: readonly Stop[],
  ) {}

  begin(): void {
    const { context } = this.session;
    const before = document.activeElement as HTMLElement | null;
    const status = element('p', { class: 'choosing-words', id: 'choosing-words', role: 'status' });
    const part = element('div', { class: 'choosing', role: 'application', tabindex: 0, 'aria-label': t('Choose words'), 'aria-describedby': 'choosing-help' },
      element('p', { class: 'choosing-help', id: 'choosing-help' }, t('Arrow keys go from word to word; with Shift they select. Enter or 1 to 4 highlights, Escape ends.')),
      status,
      element('div', { class: 'choosing-tools', dir: direction() },
        ...colourButtons((colour) => void this.highlight(colour)),
        element('button', { type: 'button', class: 'button button-outline', onclick: () => this.end() }, t('Done'))));
    const floating = float(context, part, () => this.end());
    const stop = context.store.subscribe((state, earlier) => {
      if (state.page !== earlier.page || state.article !== earlier.article || state.tool !== 'words') this.end();
    });
    this.over.signal.addEventListener('abort', () => {
      stop();
      void showChosen(context, this.session.setting, []);
      floating.close();
      if (context.store.state.tool === 'words') context.store.dispatch({ type: 'tool', tool: 'read' });
      if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true });
      else context.stage.focus();
    });
    part.addEventListener('keydown', (event) => this.onKey(event));
    part.focus();
    this.show();
  }

  private end(): void {
    this.over.abort();
  }

  private get spans(): Span[] {
    return spansBetween(this.stops, this.anchor ?? this.at, this.at);
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Tab') return;
    const onButton = (event.target as Element).closest('button') !== null;
    const colour = event.key === 'Enter' && !onButton ? COLOURS[0]! : colourOfKey(event.key);
    const to = this.target(event.key);
    event.stopPropagation();
    if (colour) void this.highlight(colour);
    else if (to !== null) {
      if (event.shiftKey) this.anchor ??= this.at;
      else this.anchor = null;
      this.at = to;
      this.show();
    } else return;
    event.preventDefault();
  }

  private target(key: string): number | null {
    const onward = this.session.context.book.direction === 'rtl' ? -1 : 1;
    const last = this.stops.length - 1;
    const bound = (at: number): number => Math.min(last, Math.max(0, at));
    switch (key) {
      case 'ArrowRight':
        return bound(this.at + onward);
      case 'ArrowLeft':
        return bound(this.at - onward);
      case 'ArrowDown':
        return lineStep(this.stops, this.at, 1);
      case 'ArrowUp':
        return lineStep(this.stops, this.at, -1);
      case 'PageDown':
        return this.paragraph(1);
      case 'PageUp':
        return this.paragraph(-1);
      case 'Home':
        return 0;
      case 'End':
        return last;
      default:
        return null;
    }
  }

  /** The first word of the next or this block. */
  private paragraph(step: 1 | -1): number {
    const { block } = this.stops[this.at]!;
    if (step > 0) return Math.max(this.at, this.stops.findIndex((stop, at) => at > this.at && stop.block !== block));
    const first = this.stops.findIndex((stop) => stop.block === block);
    return first < this.at ? first : this.stops.findIndex(({ block: other }) => other === this.stops[Math.max(0, first - 1)]!.block);
  }

  private show(): void {
    const { context, setting } = this.session;
    const words = this.stops.slice(Math.min(this.anchor ?? this.at, this.at), Math.max(this.anchor ?? this.at, this.at) + 1).map(({ text }) => text);
    const status = context.element.querySelector('#choosing-words');
    if (status) status.textContent = words.length > 12 ? `${words.slice(0, 5).join(' ')} … ${words.slice(-5).join(' ')}` : words.join(' ');
    void showChosen(context, setting, this.spans).then((range) => {
      const scroller = context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-scroll');
      const box = range?.getBoundingClientRect();
      const window = scroller?.getBoundingClientRect();
      if (scroller && box && window && (box.top < window.top + 40 || box.bottom > window.bottom - 140)) scroller.scrollBy({ top: box.top - window.top - window.height * 0.35 });
    });
  }

  private async highlight(colour: Colour): Promise<void> {
    const { session } = this;
    const locator = await locatorOf(session.setting, this.spans);
    if (!locator) return;
    session.add({ kind: 'highlight', locator, colour });
    session.context.store.dispatch({ type: 'announce', text: t('Highlighted: {words}', { words: locator.quote!.exact.slice(0, 80) }) });
    this.anchor = null;
    this.at = Math.min(this.stops.length - 1, this.at + 1);
    this.show();
  }
}
