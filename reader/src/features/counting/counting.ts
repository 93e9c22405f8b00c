/** Tells the server what is read: no cookie, no name, a few hundred bytes when the reader is left or once a minute. */

import type { ReaderContext } from '../../store/context';
import { visiblePages } from '../../ui/edition';
import { Meter, type Seen } from './meter';

const SETTLED_MS = 150; // after a turn, until the pages on screen are those that stay
const MOST = 20; // events of a batch
const LONGEST_MS = 60_000; // that an event waits

type Event = { kind: string; page?: number; article?: string; seconds?: number } & Record<string, string | number>;

/** Begin to count, at the address that the element names. */
export function count(context: ReaderContext, address: string): void {
  const { element, store, stage } = context;
  const meter = new Meter();
  const host = /^https?:\/\/([^/:?#]+)/.exec(document.referrer)?.[1] ?? '';
  const referrer = host === location.hostname ? '' : host.slice(0, 100);
  let waiting: { at: number; event: Event }[] = [];
  let timer = 0;

  const send = (): void => {
    clearTimeout(timer);
    timer = 0;
    if (!waiting.length) return;
    const batch = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const now = performance.now();
    const events = waiting.map(({ at, event }) => ({ ...event, ago: Math.max(0, Math.round((now - at) / 100) / 10) }));
    waiting = [];
    navigator.sendBeacon(address, JSON.stringify({ batch, referrer, events }));
  };
  const tell = (event: Event, at = performance.now()): void => {
    waiting.push({ at, event });
    if (waiting.length >= MOST) send();
    else timer ||= window.setTimeout(() => (take(), send()), LONGEST_MS);
  };
  const take = (): void => told(meter.take(performance.now()));
  let known = new Set<number>(); // pages that were told of and have been on screen since
  /** Two pages side by side are both seen; the time is shared among them. */
  const told = (seen: Seen | null): void => {
    if (!seen) return;
    if (seen.shown.startsWith('/')) return tell({ kind: seen.first ? 'article' : 'time', article: seen.shown.slice(1), seconds: seen.seconds });
    const pages = seen.shown.split(' ').map(Number);
    pages.forEach((page, at) => {
      const seconds = Math.floor((seen.seconds + at) / pages.length);
      tell({ kind: known.has(page) ? 'time' : 'page', page, seconds });
      known.add(page);
    });
  };

  const look = (): void => {
    const { article, view } = store.state;
    // While a page turns the stage still shows the one before; where pages scroll only the stage knows.
    const pages = article ? [] : view === 'scroll' ? stage.visiblePages() : visiblePages(context, store.state);
    told(meter.show(article ? `/${article}` : pages.join(' '), performance.now()));
    known = new Set(pages.filter((page) => known.has(page)));
  };
  let settling = 0;
  store.subscribe(() => {
    clearTimeout(settling);
    settling = window.setTimeout(look, SETTLED_MS);
  });
  const touch = (): void => meter.touch(performance.now());
  for (const name of ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchmove', 'scroll']) {
    addEventListener(name, touch, { passive: true, capture: true });
  }
  const leave = (): void => {
    meter.visible(document.visibilityState === 'visible', performance.now());
    if (document.visibilityState === 'visible') return;
    take();
    send();
  };
  document.addEventListener('visibilitychange', leave);
  addEventListener('pagehide', () => (take(), send()));

  const follow = (event: MouseEvent): void => {
    const link = (event.target as Element | null)?.closest?.<HTMLAnchorElement>('a[href]');
    if (!link || event.button > 1) return;
    const from = Number(link.closest<HTMLElement>('.page')?.dataset.page);
    if (from && link.matches('.page-link[data-page]')) return tell({ kind: 'overlay', page: from, to: Number(link.dataset.page) });
    if (link.origin === location.origin) return;
    const page = from || store.state.page;
    tell({ kind: 'link', page, address: link.href.slice(0, 1000) });
  };
  element.addEventListener('click', follow, true);
  element.addEventListener('auxclick', follow, true);
  // Other features say what they did, by an event on the element.
  element.addEventListener('masthead-count', (event) => tell((event as CustomEvent<Event>).detail));

  tell({ kind: 'open' });
  meter.visible(document.visibilityState === 'visible', performance.now());
  look();
}
