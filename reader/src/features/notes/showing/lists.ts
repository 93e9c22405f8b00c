/** The lists of the panel: bookmarks, highlights with drawings, notes; searched, filtered, opened, deleted. */

import { COLOURS, inOrder, isUnplaced, type Colour, type Kept } from '../../../book/annotations';
import type { TabName } from '../../../store/state';
import { t, tn } from '../../../strings';
import { button } from '../../../ui/button';
import { compact, element } from '../../../ui/dom';
import { pageLabel } from '../../../ui/edition';
import { icon } from '../../../ui/icons';
import { thumbnail } from '../../../ui/thumbnail';
import { plain } from '../placing/finding';
import type { Session } from '../session';
import { deleteAsked } from './card';
import { BIN } from './icons';
import { COLOUR_NAMES, shortened, summary } from './words';

export type ListName = Exclude<TabName, 'pages'>;

const KINDS: Readonly<Record<ListName, readonly Kept['content']['kind'][]>> = { bookmarks: ['bookmark'], highlights: ['highlight', 'drawing'], notes: ['note'] };
const MANY = 6; // entries from which on one searches

/** What the lists can ask for. */
export interface Doing {
  /** Go to an annotation and open it. */
  open(kept: Kept): void;
  bookmark(): void;
  addNote(): void;
  chooseWords(): void;
  draw(): void;
}

/** A list that follows the annotations. */
export function listOf(session: Session, name: ListName, doing: Doing): { part: HTMLElement; update: () => void } {
  const { context } = session;
  let wanted = '';
  let colour: Colour | '' = '';
  const search = element('input', { type: 'search', class: 'field list-search', 'aria-label': t('Search in your notes'), placeholder: t('Search in your notes'), oninput: () => {
    wanted = plain(search.value);
    draw();
  } });
  const colours = element('select', { class: 'field', 'aria-label': t('Colour'), onchange: () => {
    colour = colours.value as Colour | '';
    draw();
  } }, element('option', { value: '' }, t('All colours')), ...COLOURS.map((each) => element('option', { value: each }, t(COLOUR_NAMES[each]))));
  const filters = element('div', { class: 'list-filters' }, search, name === 'highlights' ? colours : null);
  const summaryLine = element('p', { class: 'list-summary', role: 'status' });
  const entries = element('ul', { class: 'annotation-list' });
  const part = element('div', {}, actions(name, doing), filters, summaryLine, entries);

  const draw = (): void => {
    const all = inOrder(context.store.state.annotations).filter(({ content }) => KINDS[name].includes(content.kind));
    const found = all.filter((kept) => (!colour || kept.content.colour === colour) && (!wanted || plain(`${kept.content.text ?? ''} ${kept.content.locator.quote?.exact ?? ''}`).includes(wanted)));
    filters.hidden = all.length < MANY && !wanted && !colour;
    summaryLine.hidden = !wanted && !colour;
    summaryLine.textContent = tn('{count} found', '{count} found', found.length);
    const had = (document.activeElement as HTMLElement | null)?.closest<HTMLElement>('.annotation-entry')?.dataset.annotation;
    entries.replaceChildren(...(all.length ? groups(session, found, doing) : [element('li', { class: 'list-empty' }, emptyOf(name))]));
    if (had) (entries.querySelector<HTMLElement>(`[data-annotation="${CSS.escape(had)}"] .entry-open`) ?? entries.querySelector<HTMLElement>('.entry-open'))?.focus();
  };
  draw();
  return { part, update: draw };
}

function actions(name: ListName, doing: Doing): HTMLElement {
  const made = {
    bookmarks: [button({ icon: 'bookmark', label: t('Bookmark this page'), keys: 'B', named: true, class: 'button-outline', run: () => doing.bookmark() })],
    highlights: [
      button({ icon: 'words', label: t('Choose words'), keys: 'H', named: true, class: 'button-outline', run: () => doing.chooseWords() }),
      button({ icon: 'draw', label: t('Draw on the page'), keys: 'D', named: true, class: 'button-outline', run: () => doing.draw() }),
    ],
    notes: [button({ icon: 'note', label: t('Add a note'), keys: 'N', named: true, class: 'button-outline', run: () => doing.addNote() })],
  };
  return element('div', { class: 'panel-actions list-actions' }, ...made[name]);
}

const emptyOf = (name: ListName): string =>
  ({
    bookmarks: t('No bookmarks yet. Bookmark a page that you want to find again.'),
    highlights: t('No highlights yet. Select words on a page or in an article, with the mouse or a finger.'),
    notes: t('No notes yet. Add one, then tap or click where it belongs.'),
  })[name];

/** Entries, with a heading where those begin that have lost their place. */
function groups(session: Session, found: readonly Kept[], doing: Doing): HTMLElement[] {
  const lost = found.findIndex(({ content }) => isUnplaced(content));
  const parts = found.map((kept) => entryOf(session, kept, doing));
  if (lost >= 0) {
    parts.splice(lost, 0, element('li', { class: 'list-lost' },
      element('h3', { class: 'panel-section' }, t('Not found in this edition any more')),
      element('p', { class: 'panel-hint' }, t('The edition was replaced, and these words are no longer in it. They stay here until you delete them.'))));
  }
  return parts;
}

function entryOf(session: Session, kept: Kept, doing: Doing): HTMLElement {
  const { context } = session;
  const { content, id } = kept;
  const lost = isUnplaced(content);
  const label = t('Page {label}', { label: pageLabel(context, Math.min(context.book.count, content.locator.page)) });
  const words = summary(kept);
  const inside = [
    content.kind === 'bookmark' && !lost ? thumbnail(context, content.locator.page, 240) : element('span', { class: 'entry-sign', 'data-kind': content.kind, 'data-colour': content.colour, 'aria-hidden': 'true' }, content.kind === 'highlight' ? 'A' : icon(content.kind === 'bookmark' ? 'bookmark' : content.kind === 'drawing' ? 'draw' : 'note')),
    element('span', { class: 'entry-text' },
      element('span', { class: 'entry-page' }, lost ? '' : label, content.kind === 'highlight' ? element('span', { class: 'visually-hidden' }, `, ${t(COLOUR_NAMES[content.colour ?? 'yellow'])}`) : null),
      content.kind === 'highlight' && content.locator.quote ? element('q', { class: 'entry-quote', dir: 'auto' }, shortened(content.locator.quote.exact)) : null,
      content.kind === 'highlight' && content.locator.withheld ? element('span', { class: 'entry-quote' }, t('The words are on a page that you cannot read now.')) : null,
      content.kind !== 'highlight' || content.text ? element('span', { class: 'entry-words', dir: 'auto' }, content.kind === 'highlight' ? shortened(content.text ?? '') : words || t('Empty note')) : null),
  ];
  const open = lost
    ? element('div', { class: 'entry-open' }, ...inside)
    : element('button', { type: 'button', class: 'entry-open', onclick: () => {
        if (compact()) context.store.dispatch({ type: 'panel', panel: null });
        doing.open(kept);
      } }, ...inside);
  return element('li', { class: 'annotation-entry', 'data-annotation': id }, open,
    button({ icon: BIN, label: `${t('Delete')}: ${shortened(words, 60) || label}`, class: 'entry-delete', run: () => deleteAsked(session, [kept]) }));
}
