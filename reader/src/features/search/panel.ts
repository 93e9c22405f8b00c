/** The search panel: a field, what was found as it is typed, and the ways from hit to hit. */

import type { ReaderContext } from '../../store/context';
import { t, tn } from '../../strings';
import { button } from '../../ui/button';
import { compact, element, uniqueId } from '../../ui/dom';
import { pageLabel } from '../../ui/edition';
import { icon } from '../../ui/icons';
import type { Panel } from '../../ui/panels';
import { thumbnail } from '../../ui/thumbnail';
import { snippet, type Hit } from './matching';
import { pausing } from './pausing';
import { sessionOf, type SearchSession } from './session';
import { suggestion } from './spelling';

const AT_ONCE = 60;
const TYPING = 90;

/** Open the search; what was searched before is still there. */
export function open(context: ReaderContext): Panel {
  const session = sessionOf(context);
  const list = element('ol', { class: 'hits' });
  const summary = element('p', { class: 'hits-summary', role: 'status' });
  const extra = element('div', { class: 'hits-extra' });
  const field = searchField(context, session, summary.id);
  const steps = element('div', { class: 'hit-steps' },
    button({ icon: 'up', label: t('Previous hit'), keys: 'Shift+F3', run: () => session.step(-1) }),
    button({ icon: 'down', label: t('Next hit'), keys: 'F3', run: () => session.step(1) }));
  let limit = AT_ONCE;
  let asked = '';
  let drawing = 0;
  /** Whether nothing was drawn since. */
  const freshly = (): (() => boolean) => {
    const run = ++drawing;
    return () => run === drawing;
  };
  const draw = (): void => {
    if (session.query !== asked) {
      asked = session.query;
      limit = AT_ONCE;
    }
    steps.hidden = !session.hits.length;
    summary.textContent = summaryText(session);
    void fill(list, session.hits.slice(0, limit), (hit, at) => entry(context, session, hit, at), freshly());
    extra.replaceChildren(...extras(session, field, limit, () => {
      limit += 200;
      draw();
    }));
  };
  const stop = session.subscribe(draw);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'F3') return;
    event.preventDefault();
    session.step(event.shiftKey ? -1 : 1);
  };
  document.addEventListener('keydown', onKey);
  draw();
  if (context.store.state.query && context.store.state.query !== session.query) {
    field.value = context.store.state.query;
    void session.ask(field.value);
  }
  return {
    content: element('div', { class: 'search' }, element('div', { class: 'search-head' }, fieldForm(field, session), element('div', { class: 'hits-bar' }, summary, steps)), list, extra),
    focus: () => field,
    close: () => {
      stop();
      document.removeEventListener('keydown', onKey);
    },
  };
}

/** The search that an address names: its hits are marked before anybody opens the panel. */
export const resume = (context: ReaderContext): Promise<void> => sessionOf(context).ask(context.store.state.query);

/** Fill the list anew, a few entries at a time; what was begun for an earlier answer stops. */
async function fill(list: HTMLElement, hits: readonly Hit[], entry: (hit: Hit, at: number) => HTMLElement, fresh: () => boolean): Promise<void> {
  const pause = pausing();
  list.replaceChildren();
  for (const [at, hit] of hits.entries()) {
    await pause();
    if (!fresh()) return;
    list.append(entry(hit, at));
  }
  list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
}

function searchField(context: ReaderContext, session: SearchSession, _summary: string): HTMLInputElement {
  let timer = 0;
  const field = element('input', {
    type: 'search', class: 'search-input', 'aria-label': t('Search this edition'), placeholder: t('Words, or a "phrase"'),
    autocomplete: 'off', autocapitalize: 'off', spellcheck: 'false', enterkeyhint: 'search',
  });
  field.value = session.query;
  const ask = (): void => {
    clearTimeout(timer);
    timer = 0;
    context.store.dispatch({ type: 'query', query: field.value.trim() });
    void session.ask(field.value);
  };
  field.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(ask, TYPING);
  });
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      if (timer) ask();
      session.step(event.shiftKey ? -1 : 1);
    }
    if (event.key === 'Escape' && field.value) {
      event.preventDefault();
      field.value = '';
      ask();
    }
    if (event.key !== 'F3' && event.key !== 'Escape') event.stopPropagation();
  });
  return field;
}

const fieldForm = (field: HTMLInputElement, session: SearchSession): HTMLElement =>
  element('form', { class: 'search-field', role: 'search', 'aria-label': t('Search this edition'), onsubmit: (event: Event) => { event.preventDefault(); session.step(1); } }, icon('search'), field);

function summaryText(session: SearchSession): string {
  if (!session.query.trim()) return '';
  const count = session.hits.length;
  if (session.failed) return t('Part of the text could not be loaded.');
  if (!session.complete) return `${tn('{count} result so far', '{count} results so far', count)} · ${t('{percent}% searched', { percent: Math.round((100 * session.loaded) / session.chunks) })}`;
  if (!count) return t('Nothing found');
  const pages = new Set(session.hits.map((hit) => hit.page)).size;
  const found = tn('{count} result', '{count} results', count);
  return session.current >= 0 ? t('{at} of {found}', { at: session.current + 1, found }) : `${found} · ${tn('on {count} page', 'on {count} pages', pages)}`;
}

function extras(session: SearchSession, field: HTMLInputElement, limit: number, more: () => void): HTMLElement[] {
  if (!session.query.trim()) {
    return [element('p', { class: 'panel-hint' }, t('Finds words as they are spoken: case, accents and line breaks do not matter. Put a phrase in quotes.'))];
  }
  if (session.failed) return [button({ icon: 'retry', label: t('Try again'), named: true, class: 'button-solid', run: () => void session.load() })];
  if (session.hits.length > limit) return [button({ icon: 'down', label: t('Show more'), named: true, class: 'button-outline', run: more })];
  return session.hits.length || !session.complete ? [] : [nothingFound(session, field)];
}

function nothingFound(session: SearchSession, field: HTMLInputElement): HTMLElement {
  const advice = element('p', {}, t('Try fewer words, or only the beginning of one.'));
  const { query } = session;
  void suggestion(session.index, query, pausing()).then((near) => {
    if (!near || session.query !== query) return;
    const take = (): void => {
      field.value = near;
      field.focus();
      field.dispatchEvent(new Event('input'));
    };
    advice.replaceChildren(`${t('Did you mean')} `, element('button', { type: 'button', class: 'text-button', dir: 'auto', onclick: take }, near), '?');
  });
  return element('div', { class: 'nothing' }, element('p', { class: 'nothing-head' }, t('These words do not stand in this edition.')), advice);
}

function entry(context: ReaderContext, session: SearchSession, hit: Hit, at: number): HTMLElement {
  const id = uniqueId('hit');
  const pieces = snippet(session.textOf(hit.page), hit).flatMap((piece) => [
    ' ', piece.marked ? element('mark', {}, piece.text) : piece.text,
  ]);
  const go = (): void => {
    session.goTo(at);
    if (compact()) context.store.dispatch({ type: 'panel', panel: null });
  };
  return element('li', {},
    element('button', { type: 'button', class: 'hit', id, 'aria-current': at === session.current ? 'true' : null, onclick: go },
      thumbnail(context, hit.page, 160),
      element('span', { class: 'hit-text' },
        element('span', { class: 'hit-page' }, t('Page {label}', { label: pageLabel(context, hit.page) })),
        element('span', { class: 'hit-snippet', dir: 'auto', lang: context.book.manifest.language === 'und' ? null : context.book.manifest.language }, ...pieces))));
}
