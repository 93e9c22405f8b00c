/** Shows what is being spoken: the sentence and its word in the article, the sentence's lines on the page. */

import type { ReaderContext } from '../../../store/context';
import { markOf } from '../spot';
import { rangeOf, stretchesOf } from './sentences';
import type { AloudSession } from './session';

const HIGH = 0.18; // of the window's height: a spoken sentence is kept between these
const LOW = 0.72;

/** Mark and follow what a session speaks, in whichever view is shown, until it ends. */
export function showSpoken(context: ReaderContext, session: AloudSession): () => void {
  const over = new AbortController();
  const article = inArticle(context, session, over.signal);
  const page = onPage(context, session);
  const draw = (): void => {
    if (context.store.state.article) article.draw();
    else page.draw();
  };
  const stops = [
    session.subscribe(draw),
    context.store.subscribe((state, before) => {
      if (state.article === before.article) return;
      page.clear();
      article.clear();
      draw();
    }),
  ];
  return () => {
    over.abort();
    stops.forEach((stop) => stop());
    article.clear();
    page.clear();
  };
}

interface Marker {
  readonly draw: () => void;
  readonly clear: () => void;
}

function inArticle(context: ReaderContext, session: AloudSession, signal: AbortSignal): Marker {
  const scroller = (): HTMLElement | null => context.element.querySelector<HTMLElement>('.article-view:not([hidden]) .article-scroll');
  let shown = -1;
  let follows = true;
  const away = (): void => void (follows = false); // who scrolls by hand is not pulled back
  for (const name of ['wheel', 'touchmove'] as const) context.element.addEventListener(name, away, { passive: true, signal });
  const clear = (): void => {
    shown = -1;
    paint('masthead-sentence', null);
    paint('masthead-word', null);
    context.element.querySelector('.article-text .is-spoken')?.classList.remove('is-spoken');
  };
  return {
    clear,
    draw: () => {
      const { sentence, word } = session;
      const view = scroller();
      if (!sentence || !view || session.doing === 'silent') return clear();
      const range = rangeOf(sentence);
      paint('masthead-word', word ? rangeOf(sentence, word[0], word[1]) : null);
      if (session.at === shown) return;
      const stepped = Math.abs(session.at - shown) !== 1;
      shown = session.at;
      if (!paint('masthead-sentence', range)) {
        context.element.querySelector('.article-text .is-spoken')?.classList.remove('is-spoken');
        sentence.part.classList.add('is-spoken');
      }
      const box = range.getBoundingClientRect();
      const window = view.getBoundingClientRect();
      const isSeen = box.bottom > window.top && box.top < window.bottom;
      if (isSeen || stepped) follows = true;
      if (follows && (box.top < window.top + window.height * HIGH || box.bottom > window.top + window.height * LOW)) {
        view.scrollBy({ top: box.top - window.top - window.height * 0.25, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth' });
      }
    },
  };
}

/** Paint a range without changing the text; false where the browser cannot. */
function paint(name: string, range: Range | null): boolean {
  if (!('highlights' in CSS)) return false;
  if (range) CSS.highlights.set(name, new Highlight(range));
  else CSS.highlights.delete(name);
  return true;
}

function onPage(context: ReaderContext, session: AloudSession): Marker {
  const { store } = context;
  let shown = -1;
  let page = 0; // where the sentence before stood
  return {
    clear: () => {
      shown = -1;
      if (store.state.marks.some((mark) => mark.kind === 'spoken')) store.dispatch({ type: 'spot', marks: [] });
    },
    draw: () => {
      const { sentence } = session;
      if (!sentence || session.at === shown) return;
      const at = (shown = session.at);
      const stretches = stretchesOf(sentence);
      void Promise.all(stretches.map(({ block, from, to, text }) => markOf(context, block, from, to, 'spoken', text))).then((found) => {
        const marks = found.filter((mark) => mark !== null);
        if (session.at !== at || store.state.article || !marks.length) return;
        const seen = context.stage.visiblePages();
        const next = marks[0]!.page;
        // The pages follow the voice, unless somebody looks elsewhere.
        if (!seen.includes(next) && seen.includes(page)) store.dispatch({ type: 'go', page: next });
        page = next;
        store.dispatch({ type: 'spot', marks });
      });
    },
  };
}
